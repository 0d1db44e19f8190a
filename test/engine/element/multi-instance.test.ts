// Multi-instance: one inner instance per item, one after the other or all at once.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import type { ScopeBuilder } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const each = (loop: Parameters<ScopeBuilder['each']>[0]) => buildProcess('all', (p) => p.start().service('work').each(loop).end());

test('works on all items at once and collects what they give in the order of the items', async () => {
  const engine = startEngine();
  await engine.deploy(each({ over: '=items', as: 'item', collect: ['results', '=result'] }));
  const key = await engine.start('all', { items: ['a', 'b', 'c'] });
  const jobs = await engine.activate('work');
  expect(jobs.map((job) => [job.variables['item'], job.variables['loopCounter']])).toEqual([['a', 1], ['b', 2], ['c', 3]]);
  for (const job of jobs.toReversed()) await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: { result: [job.variables['item'] ?? null] } });
  expect(engine.variables(key)).toEqual({ items: ['a', 'b', 'c'], results: [['a'], ['b'], ['c']] });
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.rows('SELECT element_id, loop_counter FROM element_instances ORDER BY key').filter((row) => row['element_id'] === 'work').map((row) => row['loop_counter'])).toEqual([0, 1, 2, 3]);
});

test('works on one item after the other, on the items as they were at first', async () => {
  const engine = startEngine();
  await engine.deploy(each({ over: '=items', as: 'item', sequential: true }));
  const key = await engine.start('all', { items: ['a', 'b'] });
  expect((await engine.oneJob('work')).variables['item']).toBe('a');
  const [first] = engine.rows(`SELECT key FROM jobs`);
  await engine.accepted({ type: 'job.complete', jobKey: Number(first!['key']), variables: { items: null } });
  expect((await engine.work('work')).variables['item']).toBe('b');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('ends the others when enough is done', async () => {
  const engine = startEngine();
  await engine.deploy(each({ over: '=[1,2,3]', until: '=numberOfInstances = 3 and numberOfActiveInstances = 1 and numberOfCompletedInstances = 2 and numberOfTerminatedInstances = 0' }));
  const key = await engine.start('all');
  await engine.work('work');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('work');
  expect(engine.path(key)).toEqual(['start', 'work', 'work', 'work', 'work:TERMINATED', 'end']);
});

test('does nothing for no items, and collects an empty list', async () => {
  const engine = startEngine();
  await engine.deploy(each({ over: '=[]', collect: ['results', '=x'] }));
  const key = await engine.start('all');
  expect(engine.path(key)).toEqual(['start', 'work', 'end']);
  expect(engine.variables(key)).toEqual({ results: [] });
});

test('input mappings of the inner activity see the item and may set it anew', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('all', (p) => p.start().service('work', {}, { inputs: { item: '=item * 10' } }).each({ over: '=[1,2]', as: 'item' }).end()));
  await engine.start('all');
  expect((await engine.activate('work')).map((job) => job.variables['item'])).toEqual([10, 20]);
});

test.each([
  ['a collection that is none', { over: '=items' }, 'EXTRACT_VALUE_ERROR', `Expected result of the expression 'items' to be 'ARRAY'`],
  ['an output that cannot be read', { over: '=[1]', collect: ['results', '=assert(nothing, nothing != null)'] as const }, 'EXTRACT_VALUE_ERROR', ''],
  ['a condition that is neither true nor false', { over: '=[1]', until: '=5' }, 'EXTRACT_VALUE_ERROR', `'BOOLEAN'`],
])('raises an incident for %s', async (_what, loop, type, message) => {
  const engine = startEngine();
  await engine.deploy(each(loop));
  await engine.start('all');
  const [job] = await engine.activate('work');
  if (job !== undefined) await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type, element: 'work' });
  expect(incident?.message).toContain(message);
});

test('a sub-process runs whole for each item, and the boundary event of the body ends all of them', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('all', (p) => p.start().sub('inner', (s) => s.start('s').service('work').end('e')).each({ over: '=[1,2]' }).end().boundary('failed', 'inner', { error: 'E' }).end('sorry')));
  const key = await engine.start('all');
  const [first] = await engine.activate('work');
  await engine.accepted({ type: 'job.throw-error', jobKey: first!.key, errorCode: 'E', errorMessage: '', variables: {} });
  expect(engine.path(key).filter((step) => String(step).endsWith('TERMINATED'))).toHaveLength(5);
  expect(engine.path(key).slice(-2)).toEqual(['failed', 'sorry']);
});

test('calls a process for each item', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('child', (p) => p.start().script('double', '=item * 2', 'result').end()),
    buildProcess('all', (p) => p.start().call('call', 'child').each({ over: '=[1,2,3]', as: 'item', collect: ['results', '=result'], sequential: true }).end()));
  const key = await engine.start('all');
  // The child hands back what it was given; equal values go on outwards, as in Zeebe (see propagate).
  expect(engine.variables(key)).toEqual({ results: [2, 4, 6], item: 3, loopCounter: 3 });
});

test('keeps an output of an inner instance in it when it knows the name, and collects it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('all', (p) => p.start().service('work', {}, { outputs: { last: '=r + item', seen: '=item' } }).each({ over: '=items', as: 'item', collect: ['results', '=last'] }).end()));
  const key = await engine.start('all', { items: [1, 2] });
  await engine.work('work', { r: 10 });
  await engine.work('work', { r: 20 });
  expect(engine.variables(key)).toEqual({ items: [1, 2], results: [11, 22], seen: 2 });
});

test('collects into what a called process hands back under the same name', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('child', (p) => p.start().service('work').end()), buildProcess('all', (p) => p.start().call('call', 'child').each({ over: '=[1,2]', collect: ['results', '=r'] }).end()));
  const key = await engine.start('all');
  await engine.work('work', { r: 1 });
  await engine.work('work', { r: 2 });
  expect(engine.variables(key)['results']).toEqual([null, 2]);
});

test('an inner instance keeps what its outputs change among its own variables; a new name goes out', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('all', (p) => p.start().service('work', {}, { outputs: { y: '=x', z: '=x' } }).each({ over: '=[1]' }).end()));
  const key = await engine.start('all');
  await engine.work('work', { x: 2, y: true });
  const inner = Number(engine.rows('SELECT key FROM element_instances WHERE loop_counter = 1')[0]?.['key']);
  expect(engine.variables(inner)).toMatchObject({ x: 2, y: 2 });
  expect(engine.variables(key)).toEqual({ z: 2 });
});

test('keeps what a job brought and what was collected when the condition cannot be read', async () => {
  const engine = startEngine();
  await engine.deploy(each({ over: '=[1, 2]', collect: ['results', '=loopCounter'], until: '=x > 1' }));
  const key = await engine.start('all', { x: 0 });
  await engine.work('work', { x: 'text' });
  expect(engine.incidents()).toMatchObject([{ element: 'work' }]);
  expect(engine.variables(key)).toEqual({ x: 'text' });
  expect(engine.variables(Number(engine.rows('SELECT key FROM element_instances WHERE loop_counter = 0')[0]?.['key']))).toMatchObject({ results: [1, null] });
});

test('collects into the list that a called process hands back with all its variables, be it an older one', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('all', (p) => p.start().call('call', 'child').each({ over: '=[1, 2]', as: 'item', collect: ['results', '=item'] }).end()), buildProcess('child', (p) => p.start().service('work').end()));
  const key = await engine.start('all');
  await engine.work('work');
  await engine.work('work');
  expect(engine.variables(key)).toMatchObject({ results: [null, 2] });
});

test.each([
  [[], 'at position 1 because the size of the collection is: 0'], [null, 'because the type of the output collection is: NIL'], ['text', 'is: STRING'], [{ a: 1 }, 'is: MAP'], [5, 'is: INTEGER'], [true, 'is: BOOLEAN'],
])('raises an incident when somebody has put %j in the place of the output collection', async (results, reason) => {
  const engine = startEngine();
  await engine.deploy(each({ over: '=[1, 2]', as: 'item', collect: ['results', '=item'] }));
  await engine.start('all');
  await engine.work('work', { results });
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', element: 'work', message: expect.stringContaining(reason) }]);
});

test('an inner scope whose completion condition cannot be read awaits its events no longer', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('all', (p) => p.start().sub('scope', (s) => s.start('s').service('work').end('e').onEvent('late', { timer: { duration: 'PT1H' } }, (l) => l.end('le'), { nonInterrupting: true })).each({ over: '=[1]', until: '=x > 1' }).end()));
  await engine.start('all', { x: 'text' });
  expect(engine.rows('SELECT element_id FROM timers')).toHaveLength(1);
  await engine.work('work');
  expect(engine.incidents()).toMatchObject([{ element: 'scope' }]);
  expect(engine.rows('SELECT element_id FROM timers')).toEqual([]);
});
