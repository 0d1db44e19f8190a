// What multi-instance collects, item by item: order, places without an outcome, what others see meanwhile, and how it is kept.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import type { ScopeBuilder } from '../build-process.ts';
import { dumpRebuilt, dumpTables } from '../dump-store.ts';
import { startEngine } from '../engine-under-test.ts';
import type { EngineUnderTest } from '../engine-under-test.ts';

type Loop = Parameters<ScopeBuilder['each']>[0];
const collecting = (more: Partial<Loop> = {}) => buildProcess('all', (p) => p.start().service('work').each({ over: '=items', as: 'item', collect: ['results', '=result'], ...more }).end());
const body = (engine: EngineUnderTest) => Number(engine.rows(`SELECT key FROM element_instances WHERE loop_counter = 0`)[0]?.['key']);
const keptItems = (engine: EngineUnderTest) => engine.rows('SELECT count(*) AS n FROM variable_items')[0]?.['n'];

test.each([[false], [true]])('outcomes stand in the order of the items, whatever came first (sequential: %s)', async (sequential) => {
  const engine = startEngine();
  await engine.deploy(collecting({ sequential }));
  const key = await engine.start('all', { items: [3, 1, 2] });
  for (let done = 0; done < 3; ) {
    const jobs = (await engine.activate('work')).toReversed();
    for (const job of jobs) await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: { result: { of: job.variables['item'] ?? null, text: '"ä", [' } } });
    done += jobs.length;
  }
  expect(engine.variables(key)['results']).toEqual([3, 1, 2].map((of) => ({ of, text: '"ä", [' })));
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(keptItems(engine)).toBe(0);
  expect(dumpRebuilt(engine.core.db)).toEqual(dumpTables(engine.core.db));
});

test('meanwhile everybody sees the list with null where nothing has come yet; a log replayed then has it too', async () => {
  const engine = startEngine();
  await engine.deploy(collecting());
  await engine.start('all', { items: [1, 2, 3] });
  const [first, second, third] = await engine.activate('work');
  await engine.accepted({ type: 'job.complete', jobKey: second!.key, variables: { result: 'two' } });
  expect(engine.variables(body(engine))).toEqual({ results: [null, 'two', null] });
  expect(keptItems(engine)).toBe(3);
  await engine.accepted({ type: 'job.fail', jobKey: third!.key, retries: 1, retryBackOff: 0, errorMessage: '', variables: {} });
  expect((await engine.activate('work'))[0]?.variables['results']).toEqual([null, 'two', null]);
  expect(dumpRebuilt(engine.core.db)).toEqual(dumpTables(engine.core.db));
  await engine.accepted({ type: 'job.complete', jobKey: first!.key, variables: { result: null } });
  expect(engine.variables(body(engine))).toEqual({ results: [null, 'two', null] });
});

test.each([[false], [true]])('the completion condition sees what was collected; places that were not reached stay null (sequential: %s)', async (sequential) => {
  const engine = startEngine();
  await engine.deploy(collecting({ sequential, until: '=results[2] = "enough"' }));
  const key = await engine.start('all', { items: [1, 2, 3, 4] });
  await engine.work('work', { result: 'more' });
  await engine.work('work', { result: 'enough' });
  // The condition is asked with what was collected before this step, as on a cluster: see the conformance corpus.
  while (engine.stateOf(key) === 'ACTIVE') await engine.work('work', { result: 'late' });
  const results = engine.variables(key)['results'] as unknown[];
  expect(results.slice(0, 2)).toEqual(['more', 'enough']);
  expect(results).toHaveLength(4);
  expect(results.at(-1)).toBeNull();
});

test('whoever writes the list as a whole meanwhile is collected into from then on', async () => {
  const engine = startEngine();
  await engine.deploy(collecting());
  const key = await engine.start('all', { items: [1, 2, 3] });
  await engine.work('work', { result: 1 });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: body(engine), variables: { results: ['x', 'y', 'z', 'more'] }, local: true });
  expect(keptItems(engine)).toBe(0);
  await engine.work('work', { result: 2 });
  expect(engine.variables(body(engine))).toEqual({ results: ['x', 2, 'z', 'more'] });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: body(engine), variables: { results: 'no list' }, local: true });
  await engine.work('work', { result: 3 });
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', message: expect.stringContaining(`'results' because the type of the output collection is: STRING`) }]);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: body(engine), variables: { results: [0, 0, 0] }, local: true });
  await engine.accepted({ type: 'incident.resolve', incidentKey: engine.incidents()[0]!.key });
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.variables(key)['results']).toEqual([0, 0, 3]);
});

test('an instance that is canceled in the midst keeps what it had collected', async () => {
  const engine = startEngine();
  await engine.deploy(collecting());
  const key = await engine.start('all', { items: [1, 2] });
  await engine.work('work', { result: 1 });
  const scope = body(engine);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.variables(scope)).toEqual({ results: [1, null] });
});

test('variables that are deleted take their items along', async () => {
  const engine = startEngine();
  await engine.deploy(collecting());
  await engine.start('all', { items: [1, 2] });
  await engine.work('work', { result: 1 });
  expect(keptItems(engine)).toBe(2);
  engine.rows('DELETE FROM variables');
  expect(keptItems(engine)).toBe(0);
});

test('an outcome costs the same however many there are: the log grows by the item, not by the list', async () => {
  const engine = startEngine();
  await engine.deploy(collecting());
  await engine.start('all', { items: Array.from({ length: 2_000 }, (_, index) => index) });
  await engine.core.settled();
  const before = Number(engine.rows('SELECT max(position) AS last FROM log')[0]?.['last']);
  const [job] = await engine.activate('work', { maxJobs: 1, fetchVariables: ['item'] });
  await engine.accepted({ type: 'job.complete', jobKey: job!.key, variables: { result: 1 } });
  const sizes = engine.rows('SELECT max(length(events)) AS bytes FROM log WHERE position > ?', before);
  expect(Number(sizes[0]?.['bytes'])).toBeLessThan(2_000);
});
