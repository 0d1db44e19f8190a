// Input and output mappings and the scopes of variables, as Zeebe's.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

test('makes inputs local variables, which hide those outside', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { inputs: { x: '=x + 1', text: 'static', twice: '=x * 2' } }).end()));
  const key = await engine.start('one', { x: 1 });
  const job = await engine.oneJob('work');
  expect(job.variables).toEqual({ x: 2, text: 'static', twice: 4 });
  expect(engine.variables(job.elementInstanceKey)).toEqual({ x: 2, text: 'static', twice: 4 });
  expect(engine.variables(key)).toEqual({ x: 1 });
});

test('without output mappings job variables go up to where the name is known, else to the process instance', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { inputs: { mine: '=1' } }).end()));
  const key = await engine.start('one', { shared: 0 });
  const job = await engine.work('work', { mine: 2, shared: 3, fresh: 4 });
  expect(engine.variables(job.elementInstanceKey)).toEqual({ mine: 2 });
  expect(engine.variables(key)).toEqual({ shared: 3, fresh: 4 });
});

test('a value that a scope holds already goes on outwards, as in Zeebe', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { inputs: { mine: '=1', other: '=1' } }).end()));
  const key = await engine.start('one', { mine: 0 });
  const job = await engine.work('work', { mine: 1, other: 1 });
  expect(engine.variables(job.elementInstanceKey)).toEqual({ mine: 1, other: 1 });
  expect(engine.variables(key)).toEqual({ mine: 1, other: 1 });
});

test('with output mappings only their results leave the element', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { outputs: { grade: '=score > 5', 'result.score': '=score' } }).end()));
  const key = await engine.start('one', { result: { model: 'm' } });
  const job = await engine.work('work', { score: 9, noise: 1 });
  expect(engine.variables(key)).toEqual({ grade: true, result: { model: 'm', score: 9 } });
  expect(engine.variables(job.elementInstanceKey)).toEqual({ score: 9, noise: 1 });
});

test('writes null for what an output mapping does not find', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { outputs: { found: '=nowhere' } }).end()));
  const key = await engine.start('one');
  await engine.work('work');
  expect(engine.variables(key)).toEqual({ found: null });
});

test('raises an incident when an input has no value at all, and tries again when it is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { inputs: { x: '=assert(y, y != null)' } }).end()));
  const key = await engine.start('one');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'IO_MAPPING_ERROR', element: 'work' });
  expect(await engine.activate('work')).toEqual([]);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { y: 3 }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect((await engine.oneJob('work')).variables).toEqual({ x: 3, y: 3 });
});

test('raises an incident when an output has no value at all, keeps what the job brought, and completes when it is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { outputs: { out: '=assert(y, y > 5)' } }).end()));
  const key = await engine.start('one');
  const job = await engine.work('work', { y: 3 });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'IO_MAPPING_ERROR', element: 'work' });
  expect(engine.path(key)).toEqual(['start', 'work:ACTIVE']);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: job.elementInstanceKey, variables: { y: 8 }, local: true });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(engine.path(key)).toEqual(['start', 'work', 'end']);
  expect(engine.variables(key)).toEqual({ out: 8 });
});

test('a none event does not apply inputs, a task without work no mapping at all; an empty source is an empty text', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().throws('milestone', undefined, { inputs: { a: '=1' }, outputs: { b: '=a' } })
    .add('manualTask', 'look', '<bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="" target="c"/><zeebe:output source="=c" target="d"/></zeebe:ioMapping></bpmn:extensionElements>').service('work', {}, { inputs: { f: '' } }).end('end', { inputs: { e: '=1' } })));
  const key = await engine.start('one');
  expect((await engine.work('work')).variables['f']).toBe('');
  expect(engine.variables(key)).toEqual({ b: null });
  expect(engine.variables(engine.elementKey(key, 'end'))).toEqual({});
});

test('an end event applies its outputs only, as in Zeebe', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().end('done', { inputs: { a: '=x' }, outputs: { b: '=x', c: '=a' } })));
  const key = await engine.start('one', { x: 1 });
  expect(engine.variables(key)).toEqual({ x: 1, b: 1, c: null });
});
