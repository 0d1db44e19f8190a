// Long turns: what follows from one command without end goes on in slices, and nobody else waits for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { STEPS_AT_ONCE, STEPS_BEFORE_REST } from '../../../engine/turn/pause.ts';
import { buildProcess } from '../build-process.ts';
import { dumpRebuilt, dumpTables } from '../dump-store.ts';
import { startEngine } from '../engine-under-test.ts';
import type { EngineUnderTest } from '../engine-under-test.ts';

/** Two gateways in a ring: a loop that deployment does not see, as on a cluster. */
const endless = buildProcess('endless', (p) => p.start().exclusive('merge').exclusive('spin').connect('spin', 'merge'));
const other = buildProcess('other', (p) => p.start().service('work').catch('pause', { timer: { duration: 'PT1H' } }).end());

const batches = (engine: EngineUnderTest) => engine.core.metrics().batches;
const steps = (engine: EngineUnderTest) => engine.core.metrics().longestTurnSteps;
async function untilSteps(engine: EngineUnderTest, wanted: number) {
  while (steps(engine) < wanted) await new Promise(setImmediate);
}
function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'turns-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'engine.db');
}

test('while instances loop without end, another one is served within two batches a command', async () => {
  const engine = startEngine();
  await engine.deploy(endless, other);
  for (let count = 0; count < 30; count++) await engine.start('endless');
  const timer = await engine.start('other');
  await engine.work('work');
  const before = batches(engine);
  const key = await engine.start('other');
  await engine.work('work');
  // Three commands: start, activate, complete.
  expect(batches(engine) - before).toBeLessThanOrEqual(6);
  expect(engine.path(key)).toEqual(['start', 'work', 'pause:ACTIVE']);
  const { events } = engine.core.metrics();
  const [eventsBefore, batchesBefore] = [events, batches(engine)];
  engine.clock.pin(engine.clock.now() + 3_600_000);
  while (engine.stateOf(timer) === 'ACTIVE') await new Promise(setImmediate);
  expect(batches(engine) - batchesBefore).toBeLessThanOrEqual(3);
  // One slice a batch, and each of its steps states a handful of events.
  expect((engine.core.metrics().events - eventsBefore) / (batches(engine) - batchesBefore)).toBeLessThan(STEPS_AT_ONCE * 6);
  expect(engine.core.metrics().unfinishedTurns).toBe(30);
  expect(engine.core.metrics().defects).toBe(0);
});

test('turns that wait have their slices one after the other', async () => {
  const engine = startEngine();
  await engine.deploy(endless);
  await Promise.all(Array.from({ length: 5 }, () => engine.start('endless')));
  await untilSteps(engine, STEPS_AT_ONCE * 20);
  const [spread] = engine.rows('SELECT max(steps) - min(steps) AS spread FROM unfinished_turns');
  expect(spread).toEqual({ spread: STEPS_AT_ONCE });
});

test('an instance that loops can be canceled, and its state is what the log says', async () => {
  const engine = startEngine();
  await engine.deploy(endless, other);
  const [first, second] = [await engine.start('endless'), await engine.start('endless')];
  await untilSteps(engine, 3_000);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: first });
  await untilSteps(engine, steps(engine) + 1_000);
  expect([engine.stateOf(first), engine.stateOf(second)]).toEqual(['TERMINATED', 'ACTIVE']);
  expect(engine.core.metrics().unfinishedTurns).toBe(1);
  expect(dumpRebuilt(engine.core.db)).toEqual(dumpTables(engine.core.db));
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: second });
  await engine.core.settled();
  expect(engine.core.metrics().unfinishedTurns).toBe(0);
  expect(engine.rows(`SELECT count(*) AS running FROM element_instances WHERE state = 'ACTIVE'`)).toEqual([{ running: 0 }]);
  expect(engine.rows('SELECT count(*) AS left FROM turn_follow_ups')).toEqual([{ left: 0 }]);
});

test('after a restart in the midst of a loop it goes on, others work, and it can be canceled', async () => {
  const file = newFile();
  const first = startEngine({ file });
  await first.deploy(endless, other);
  const loop = await first.start('endless');
  await untilSteps(first, 2_000);
  const done = steps(first);
  await first.core.close();

  const second = startEngine({ file });
  expect(steps(second)).toBeGreaterThanOrEqual(done);
  await untilSteps(second, done + 2_000);
  const key = await second.start('other');
  await second.work('work');
  expect(second.path(key)).toEqual(['start', 'work', 'pause:ACTIVE']);
  await second.accepted({ type: 'process-instance.cancel', processInstanceKey: loop });
  await second.core.settled();
  expect(second.stateOf(loop)).toBe('TERMINATED');
});

test('a loop is told to a person, with its instance, and rests ever longer', async () => {
  const warnings: { fields: object; message: string }[] = [];
  const logger = { info: () => undefined, warn: (fields: object, message: string) => void warnings.push({ fields, message }), error: () => undefined };
  const engine = startEngine({ logger });
  await engine.deploy(endless);
  const key = await engine.start('endless');
  for (const atSteps of [99_999, 150_000, 250_000, STEPS_BEFORE_REST - 1]) {
    // As if it had gone on so long already.
    engine.rows('UPDATE unfinished_turns SET steps = ?', atSteps);
    await untilSteps(engine, atSteps + STEPS_AT_ONCE);
  }
  expect(warnings.map(({ fields }) => fields)).toMatchObject([99_999, 250_000, STEPS_BEFORE_REST - 1].map((atSteps) => ({ processInstanceKey: key, steps: atSteps + STEPS_AT_ONCE })));
  expect(warnings[0]?.message).toMatch(/goes on and on without waiting.*cancel it/);
  // Nothing is due now: the clock stands still.
  await engine.core.settled();
  const resting = steps(engine);
  expect(resting).toBe(STEPS_BEFORE_REST - 1 + STEPS_AT_ONCE);
  await engine.passTime(999);
  expect(steps(engine)).toBe(resting);
  await engine.passTime(1);
  expect(steps(engine)).toBe(resting + STEPS_AT_ONCE);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  await engine.passTime(10_000);
  expect(engine.core.metrics().unfinishedTurns).toBe(0);
});

/** Branches, joins, a multi-instance, an event sub-process that ends it all, a called process. */
const busy = [
  buildProcess('child', (p) => p.start().script('square', '=n * n', 'n').end()),
  buildProcess('busy', (p) => p.start().inclusive('split', 'c').connect('split', 'a', '=true').from().script('a', '=1', 'a').inclusive('meet').from('split').connect('split', 'b', '=true').from()
    .script('b', '=2', 'b').script('b2', '=b + 1', 'b').connect('b2', 'meet').from('split').otherwise('split', 'c').from().script('c', '=3', 'c').connect('c', 'meet')
    .from('meet').call('each', 'child').each({ over: '=[1,2,3,4]', as: 'n', collect: ['squares', '=n'] }).service('wait').end()),
];

test.each([1, 2, 3, 7])('slices of %i steps lead to the same end as one turn', async (stepsAtOnce) => {
  const outcomes = await Promise.all([stepsAtOnce, 100_000].map(async (slice) => {
    const engine = startEngine({ stepsAtOnce: slice });
    await engine.deploy(...busy);
    const key = await engine.start('busy');
    await engine.core.settled();
    await engine.work('wait');
    await engine.core.settled();
    return { path: engine.path(key), variables: engine.variables(key), state: engine.stateOf(key), same: dumpRebuilt(engine.core.db), as: dumpTables(engine.core.db) };
  }));
  for (const { same, as } of outcomes) expect(same).toEqual(as);
  expect(outcomes[0]).toMatchObject({ state: 'COMPLETED', variables: { squares: { length: 4 } } });
  expect({ ...outcomes[0], same: null, as: null }).toEqual({ ...outcomes[1], same: null, as: null });
});

test('an inclusive join waits for a token that another turn still has on its way', async () => {
  const engine = startEngine({ stepsAtOnce: 1 });
  await engine.deploy(buildProcess('p', (p) => p.start().parallel('split').service('slow').inclusive('meet').service('after').end()
    .from('split').service('quick').add('task', 't1').add('task', 't2').add('task', 't3').add('task', 't4').connect('t4', 'meet')));
  const key = await engine.start('p');
  await engine.core.settled();
  const [slow, quick] = [await engine.oneJob('slow'), await engine.oneJob('quick')];
  await Promise.all([quick, slow].map((job) => engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} })));
  await engine.core.settled();
  expect(engine.path(key).filter((id) => id === 'after:ACTIVE')).toHaveLength(1);
  await engine.work('after');
  await engine.core.settled();
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

/** What waits beside the one way through it: a second one may begin while the first is at its end. */
const beside = [
  buildProcess('process', (p) => p.start().end().onEvent('more', { signal: 'more' }, (s) => s.service('work').end('done'), { nonInterrupting: true })),
  buildProcess('scope', (p) => p.start().sub('inner', (s) => s.start('begin').end('finish').onEvent('more', { signal: 'more' }, (e) => e.service('work').end('done'), { nonInterrupting: true })).end()),
];

test.each(['process', 'scope'])('a %s does not complete over what begins in it between two slices', async (id) => {
  const engine = startEngine({ stepsAtOnce: 1 });
  await engine.deploy(...beside);
  for (let batchesBefore = 0; batchesBefore < 12; batchesBefore++) {
    const key = await engine.start(id);
    for (let count = 0; count < batchesBefore; count++) await new Promise(setImmediate);
    await engine.accepted({ type: 'signal.broadcast', signalName: 'more', variables: {} });
    await engine.core.settled();
    for (const job of await engine.activate('work')) await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} });
    await engine.core.settled();
    expect([engine.stateOf(key), ...engine.path(key).filter((element) => String(element).includes(':'))], `a signal after ${batchesBefore} batches`).toEqual(['COMPLETED']);
    expect(engine.rows(`SELECT element_id FROM element_instances e JOIN process_instances p ON p.key = e.process_instance_key WHERE e.end_date > p.end_date`)).toEqual([]);
  }
});

test('a scope that is being ended ends also when a person ends the last in it between two slices', async () => {
  const engine = startEngine({ stepsAtOnce: 1 });
  await engine.deploy(buildProcess('p', (p) => p.start().sub('inner', (s) => s.start('begin').service('work').end('finish')).boundary('stop', 'inner', { signal: 'stop' }).end('stopped').from('inner').end()));
  let accepted = 0;
  for (let batchesBefore = 0; batchesBefore < 8; batchesBefore++) {
    const key = await engine.start('p');
    await engine.core.settled();
    await engine.accepted({ type: 'signal.broadcast', signalName: 'stop', variables: {} });
    for (let count = 0; count < batchesBefore; count++) await new Promise(setImmediate);
    const { ok } = await engine.core.submit({ type: 'process-instance.modify', processInstanceKey: key, activate: [], terminate: [engine.elementKey(key, 'work')] });
    if (ok) accepted += 1;
    await engine.core.settled();
    expect(engine.rows('SELECT element_id, phase FROM element_instances WHERE end_date IS NULL'), `a modification after ${batchesBefore} batches`).toEqual([]);
    expect(engine.stateOf(key)).not.toBe('ACTIVE');
  }
  expect(accepted).toBeGreaterThan(0);
});

test('a message starts no second instance for its key while the first one is still to be started in a later slice', async () => {
  const engine = startEngine({ stepsAtOnce: 1 });
  await engine.deploy(buildProcess('order', (p) => p.start('start', { message: { name: 'go' } }).service('work').end()));
  const publish = () => engine.accepted({ type: 'message.publish', name: 'go', correlationKey: 'a', timeToLive: 60_000, variables: {} });
  const work = async () => {
    await engine.core.settled();
    await engine.work('work');
  };
  let started = 0;
  for (let batchesBefore = 0; batchesBefore < 12; batchesBefore++) {
    // The second one is buffered and starts its instance when the first one is done.
    await publish();
    await publish();
    await work();
    for (let count = 0; count < batchesBefore; count++) await new Promise(setImmediate);
    await publish();
    await work();
    await work();
    await engine.core.settled();
    started += 3;
    expect(engine.rows('SELECT state, count(*) AS number FROM process_instances GROUP BY state'), `a message after ${batchesBefore} batches`).toEqual([{ state: 'COMPLETED', number: started }]);
  }
  expect(engine.core.metrics().defects).toBe(0);
});

test('an instance in the midst of a turn is not migrated', async () => {
  const engine = startEngine();
  await engine.deploy(endless);
  const key = await engine.start('endless');
  const target = Number(engine.rows('SELECT key FROM process_definitions')[0]?.['key']);
  const refusal = await engine.refused({ type: 'process-instance.migrate', processInstanceKey: key, targetProcessDefinitionKey: target, mapping: [] });
  expect(refusal).toEqual({ code: 'INVALID_STATE', reason: `Expected to migrate process instance '${key}' but a concurrent command was executed on the process instance. Please retry the migration.` });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
});

test('many callers with much to do share one batch only as far as it has steps', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('long', (p) => {
    p.start();
    for (let index = 0; index < 100; index++) p.add('task', `t${index}`);
    return p.end();
  }));
  const before = batches(engine);
  const keys = await Promise.all(Array.from({ length: 60 }, () => engine.start('long')));
  expect(batches(engine) - before).toBeGreaterThanOrEqual(4);
  expect(new Set(keys.map((key) => engine.stateOf(key)))).toEqual(new Set(['COMPLETED']));
});
