// Process instances: start, await, cancel, and variables set from outside.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const diagram = buildProcess('one', (p) => p.start().parallel('split').service('work').end('a').from('split').user('review').end('b'));

test('answers with key, definition and version, and keeps tags', async () => {
  const engine = startEngine();
  const { key } = (await engine.deploy(diagram)).deployed[0]!;
  const answer = await engine.accepted({ type: 'process-instance.create', definition: { bpmnProcessId: 'one' }, variables: {}, tags: ['vip'] });
  expect(answer).toMatchObject({ processDefinitionKey: key, bpmnProcessId: 'one', version: 1, tags: ['vip'] });
  expect((await engine.oneJob('work')).tags).toEqual(['vip']);
});

test('refuses unknown definitions and those without a none start event', async () => {
  const engine = startEngine();
  await engine.deploy(diagram, buildProcess('by-message', (p) => p.start('start', { message: { name: 'm' } }).end()));
  const create = (definition: { bpmnProcessId: string; version?: number } | { processDefinitionKey: number }) => engine.refused({ type: 'process-instance.create', definition, variables: {} });
  expect(await create({ bpmnProcessId: 'none' })).toEqual({ code: 'NOT_FOUND', reason: `Expected to find process definition with process ID 'none', but none found` });
  expect(await create({ bpmnProcessId: 'one', version: 2 })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await create({ processDefinitionKey: 7 })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await create({ bpmnProcessId: 'by-message' })).toMatchObject({ code: 'INVALID_STATE' });
});

test('cancelling ends all that runs in it, once', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  const key = await engine.start('one');
  const job = await engine.oneJob('work');
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.path(key)).toEqual(['start', 'split', 'review:TERMINATED', 'work:TERMINATED']);
  expect(engine.stateOf(key)).toBe('TERMINATED');
  expect(await engine.refused({ type: 'process-instance.cancel', processInstanceKey: key })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await engine.refused({ type: 'job.complete', jobKey: job.key, variables: {} })).toMatchObject({ code: 'NOT_FOUND' });
});

test('cancelling resolves the incidents of the instance', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('stuck', (p) => p.start().service('work', { type: '=1' }).end()));
  const key = await engine.start('stuck');
  expect(engine.incidents()).toHaveLength(1);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.incidents()).toEqual([]);
});

test('awaiting answers with the variables when the instance ends, also when it has ended already', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end()));
  const key = await engine.start('one', { a: 1 });
  const all = engine.core.awaitResult(key, { timeoutMs: 60_000 });
  const some = engine.core.awaitResult(key, { timeoutMs: 60_000, fetchVariables: ['b', 'c'] });
  await engine.work('work', { b: 2 });
  expect(await all).toEqual({ kind: 'completed', variables: { a: 1, b: 2 } });
  expect(await some).toEqual({ kind: 'completed', variables: { b: 2 } });
  expect(await engine.core.awaitResult(key, { timeoutMs: 0 })).toMatchObject({ kind: 'completed' });
});

test('awaiting tells when the time is over, the caller gone, or the instance cancelled', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end()));
  const key = await engine.start('one');
  expect(await engine.core.awaitResult(key, { timeoutMs: 1 })).toEqual({ kind: 'timeout' });
  const caller = new AbortController();
  const gone = engine.core.awaitResult(key, { timeoutMs: 60_000, signal: caller.signal });
  caller.abort();
  expect(await gone).toEqual({ kind: 'timeout' });
  const cancelled = engine.core.awaitResult(key, { timeoutMs: 60_000 });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(await cancelled).toEqual({ kind: 'terminated' });
  expect(engine.core.metrics().waitingResults).toBe(0);
});

test('variables are set where they are known, or locally', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { inputs: { own: '=1' } }).end()));
  const key = await engine.start('one', { a: 1 });
  const element = engine.elementKey(key, 'work');
  await engine.accepted({ type: 'variable.set', elementInstanceKey: element, variables: { own: 2, a: 2, b: 2 }, local: false });
  expect(engine.variables(element)).toEqual({ own: 2 });
  expect(engine.variables(key)).toEqual({ a: 2, b: 2 });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: element, variables: { a: 3 }, local: true });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { b: { deep: [1, null] } }, local: true });
  expect(engine.variables(element)).toEqual({ a: 3, own: 2 });
  expect(engine.variables(key)).toEqual({ a: 2, b: { deep: [1, null] } });
});

test('refuses variables for what is unknown or over', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().end()));
  const key = await engine.start('one');
  const set = (elementInstanceKey: number) => engine.refused({ type: 'variable.set', elementInstanceKey, variables: {}, local: false });
  expect(await set(key)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await set(1)).toMatchObject({ code: 'NOT_FOUND' });
});
