// Retention: what ended long enough ago goes, whole, out of rows and log; everything else stays, and can be rebuilt from the log.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLogSweep } from '../../../engine/log/sweep.ts';
import { buildDecisions } from '../build-decision.ts';
import { buildProcess } from '../build-process.ts';
import { dumpRebuilt, dumpTables, stateOf } from '../dump-store.ts';
import { startEngine, type EngineUnderTest } from '../engine-under-test.ts';
import { fillEveryTable } from '../fill-every-table.ts';

const HOUR = 3_600_000;
const one = buildProcess('one', (p) => p.start().service('work').end());

/** Tables that do not belong to instances, or empty themselves. */
const others = ['log', 'deployments', 'process_definitions', 'elements', 'forms', 'decision_requirements', 'decision_definitions', 'message_start_subscriptions', 'messages', 'message_correlations'];

function expectRebuilt(engine: EngineUnderTest): void {
  const [original, again] = [stateOf(dumpTables(engine.core.db)), stateOf(dumpRebuilt(engine.core.db))];
  for (const table of Object.keys(original)) expect(again[table], table).toEqual(original[table]);
}

const logText = (engine: EngineUnderTest) => engine.rows('SELECT CAST(events AS TEXT) AS events FROM log').map((row) => String(row['events'])).join('\n');

async function cancelAll(engine: EngineUnderTest): Promise<void> {
  for (const { key } of engine.rows('SELECT key FROM process_instances WHERE end_date IS NULL AND parent_process_instance_key IS NULL')) {
    await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: Number(key) });
  }
  while (engine.rows('SELECT 1 FROM process_instances WHERE end_date IS NULL').length > 0) {
    for (const type of ['x', 'e0', 'e1']) for (const job of await engine.activate(type)) await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} });
  }
}

test('without a time to keep, nothing is ever purged', async () => {
  const engine = startEngine();
  await engine.deploy(one);
  const key = await engine.start('one');
  await engine.work('work');
  await engine.passTime(1_000_000 * HOUR);
  expect(await engine.core.purgeHistory()).toBe(0);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('what ended before the time is gone with all that belongs to it, from rows and log; what ended later and what runs stays', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  await engine.deploy(one);
  const old = await engine.start('one', { name: 'old-secret' });
  await engine.work('work');
  const running = await engine.start('one', { name: 'running-value' });
  await engine.passTime(HOUR - 1);
  expect(await engine.core.purgeHistory()).toBe(0);
  const young = await engine.start('one', { name: 'young-value' });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: young });
  await engine.passTime(1);

  expect(await engine.core.purgeHistory()).toBe(1);
  expect([old, running, young].map((key) => engine.stateOf(key))).toEqual([undefined, 'ACTIVE', 'TERMINATED']);
  for (const table of ['element_instances', 'variables', 'jobs', 'taken_sequence_flows']) expect(engine.rows(`SELECT * FROM ${table} WHERE process_instance_key = ?`, old), table).toEqual([]);
  expect(logText(engine)).not.toContain('old-secret');
  expect(logText(engine)).toContain('running-value');
  expectRebuilt(engine);
  await engine.work('work');
  expect(engine.stateOf(running)).toBe('COMPLETED');
});

test('a called process stays as long as its caller, and goes with it', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  await engine.deploy(one, buildProcess('caller', (p) => p.start().call('call', 'one').service('after').end()));
  const caller = await engine.start('caller');
  await engine.work('work');
  await engine.passTime(2 * HOUR);
  expect(await engine.core.purgeHistory()).toBe(0);
  await engine.work('after');
  expect(engine.stateOf(caller)).toBe('COMPLETED');
  await engine.passTime(HOUR);
  expect(await engine.core.purgeHistory()).toBe(2);
  expect(engine.rows('SELECT * FROM process_instances')).toEqual([]);
});

test('what is completed but can still be compensated stays until its instance has ended', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  await engine.deploy(buildProcess('trip', (p) => p.start().service('book').compensated('book').service('pay').end('undo', { throws: { compensation: null } })));
  const key = await engine.start('trip');
  await engine.work('book');
  await engine.passTime(2 * HOUR);
  expect(await engine.core.purgeHistory()).toBe(0);
  await engine.work('pay');
  expect(engine.rows(`SELECT type FROM jobs WHERE end_date IS NULL`)).toHaveLength(1);
  expect(engine.stateOf(key)).toBe('ACTIVE');
  expectRebuilt(engine);
});

test('an instance that a batch operation has before itself stays until it had its turn', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  await engine.deploy(one);
  const key = await engine.start('one');
  const { batchOperationKey } = await engine.accepted({ type: 'batch-operation.create', plan: { type: 'CANCEL_PROCESS_INSTANCE' }, items: Array.from({ length: 300 }, (_, n) => ({ itemKey: n === 299 ? key : n, processInstanceKey: n === 299 ? key : n })) });
  await engine.accepted({ type: 'batch-operation.suspend', batchOperationKey });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  await engine.passTime(2 * HOUR);
  expect(await engine.core.purgeHistory()).toBe(0);
  await engine.accepted({ type: 'batch-operation.cancel', batchOperationKey });
  await engine.passTime(2 * HOUR);
  expect(await engine.core.purgeHistory()).toBe(1);
  expect(engine.rows('SELECT * FROM batch_operations')).toEqual([]);
  expect(engine.rows('SELECT * FROM batch_operation_items')).toEqual([]);
  expectRebuilt(engine);
});

test('decisions evaluated outside processes go by their age, too', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  await engine.deploy({ name: 'routing.dmn', content: buildDecisions() });
  const evaluate = () => engine.accepted({ type: 'decision.evaluate', decision: { decisionId: 'route' }, variables: { score: 7 } });
  await evaluate();
  await engine.passTime(HOUR);
  await evaluate();
  const before = engine.rows('SELECT DISTINCT evaluation_key FROM decision_instances').length;
  await engine.core.purgeHistory();
  expect([before, engine.rows('SELECT DISTINCT evaluation_key FROM decision_instances').length]).toEqual([2, 1]);
  expectRebuilt(engine);
});

test('of every kind of row nothing is left once all has ended, and what is deployed is', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  await fillEveryTable(engine);
  await cancelAll(engine);
  await engine.passTime(2 * HOUR);
  const before = dumpTables(engine.core.db);
  await engine.core.purgeHistory();
  const after = dumpTables(engine.core.db);
  for (const [table, rows] of Object.entries(after)) {
    if (others.includes(table)) continue;
    // Of signal and timer start events.
    const left = rows.filter((row) => (row as Record<string, unknown>)['element_instance_key'] !== null);
    expect(left, table).toEqual([]);
  }
  for (const table of ['deployments', 'process_definitions', 'elements', 'forms', 'decision_definitions']) expect(after[table]).toEqual(before[table]);
  expectRebuilt(engine);
});

test('wide instances do not go all in one command', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('wide', (p) => p.start().script('each', '=1', 'x').each({ over: '=for i in 1..1500 return i' }).end()));
  for (let count = 0; count < 3; count += 1) await engine.start('wide');
  await engine.passTime(HOUR);
  const purge = (after: { endDate: number; key: number } | null) => engine.accepted({ type: 'history.purge', endedBefore: engine.clock.now(), most: 20, after });
  const first = await purge(null);
  expect(first).toMatchObject({ processInstances: 2, next: expect.anything() });
  expect(await purge(first.next)).toEqual({ processInstances: 1, next: null });
});

test('at every step of the way, the log rebuilds what is not purged', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  await fillEveryTable(engine);
  await engine.deploy(one);
  const { db } = engine.core;
  // Half of what runs ends now and is purged, the rest lives on.
  const running = engine.rows('SELECT key FROM process_instances WHERE end_date IS NULL AND parent_process_instance_key IS NULL ORDER BY key');
  for (const [index, { key }] of running.entries()) if (index % 2 === 0) await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: Number(key) });
  await engine.passTime(2 * HOUR);
  let after: { endDate: number; key: number } | null = null;
  do {
    after = (await engine.accepted({ type: 'history.purge', endedBefore: engine.clock.now() - HOUR, most: 1, after })).next;
    expectRebuilt(engine);
  } while (after !== null);

  const sweep = createLogSweep(db, { machineTime: () => 0, readAtOnce: 5 });
  const length = () => Number(db.prepare('SELECT sum(length(events)) AS bytes FROM log').get()?.['bytes']);
  const before = length();
  await engine.start('one');
  sweep.begin();
  let slices = 0;
  // A budget of 0 takes one reading each time. Commands go on meanwhile.
  while (sweep.slice(0)) {
    if (slices++ % 7 === 0) await engine.accepted({ type: 'message.publish', name: 'go', correlationKey: `k${slices}`, timeToLive: 10, messageId: '', variables: { n: 4, id: `k${slices}`, again: false } });
    if (slices % 11 === 0) await engine.passTime(HOUR);
    expectRebuilt(engine);
  }
  expect(slices).toBeGreaterThan(20);
  expect(length()).toBeLessThan(before * 2);
  expect(logText(engine).includes('process-instances.purged')).toBe(false);
}, 60_000);

test('after all was purged and the engine was restarted, keys go on where they were, and the space is used again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'engine.db');
  const pages: number[] = [];
  let last = 0;
  for (let round = 0; round < 4; round++) {
    const engine = startEngine({ file, keepHistoryMs: HOUR });
    engine.clock.pin(engine.clock.now() + round * 10 * HOUR);
    if (round === 0) await engine.deploy(one);
    const first = await engine.start('one');
    expect(first).toBeGreaterThan(last);
    await Promise.all(Array.from({ length: 150 }, () => engine.start('one', { text: 'x'.repeat(2_000) })));
    await Promise.all((await engine.activate('work', { maxJobs: 200 })).map((job) => engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} })));
    await engine.passTime(2 * HOUR);
    expect(await engine.core.purgeHistory()).toBe(151);
    last = engine.core.metrics().lastKey;
    pages.push(Number(engine.rows('PRAGMA page_count')[0]?.['page_count']));
    await engine.core.close();
  }
  expect(pages.at(-1), `pages after each round: ${pages.join(', ')}`).toBeLessThanOrEqual(pages[0]! * 1.05);
});

test('what a message started stays in the log while the start is still to come', async () => {
  const engine = startEngine({ stepsAtOnce: 1, keepHistoryMs: HOUR });
  await engine.deploy(...['one-starts', 'another-starts'].map((id) => buildProcess(id, (p) => p.start('start', { message: { name: 'go' } }).service('work').end())));
  const publish = (correlationKey: string) => engine.accepted({ type: 'message.publish', name: 'go', correlationKey, timeToLive: 0, variables: {} });
  await Promise.all([publish('a'), publish('b'), publish('c')]);
  expect(engine.rows('SELECT count(*) AS n FROM process_instances')).not.toEqual([{ n: 6 }]);
  const sweep = createLogSweep(engine.core.db);
  sweep.begin();
  while (sweep.slice(1_000));
  await engine.core.settled();
  expect(engine.rows('SELECT count(*) AS n FROM correlated_messages')).toEqual([{ n: 6 }]);
  expectRebuilt(engine);
});
