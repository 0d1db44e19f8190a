// An instance that is to be ended after an element; facts measured on Zeebe 8.8.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

async function started(diagram: string, lastElements: readonly string[]) {
  const engine = startEngine();
  await engine.deploy(diagram);
  const { processInstanceKey: key } = await engine.accepted({ type: 'process-instance.create', definition: { bpmnProcessId: 'p' }, variables: {}, lastElements });
  return { engine, key };
}
const line = buildProcess('p', (p) => p.start('s').service('a').service('b').end('e'));

test('ends when the element is done, and takes no flow', async () => {
  const { engine, key } = await started(line, ['a']);
  await engine.work('a', { x: 1 });
  expect(engine.path(key)).toEqual(['s', 'a']);
  expect(engine.stateOf(key)).toBe('TERMINATED');
  expect(engine.variables(key)).toEqual({ x: 1 });
  expect(engine.rows('SELECT flow_id FROM taken_sequence_flows')).toHaveLength(1);
});

test('ends all that runs beside', async () => {
  const { engine, key } = await started(buildProcess('p', (p) => p.start('s').parallel('f').service('a').end('e').from('f').service('b').end('e2')), ['b', 'a']);
  await engine.work('a');
  expect(engine.path(key)).toEqual(['s', 'f', 'b:TERMINATED', 'a']);
});

test('ends when the element is interrupted', async () => {
  const { engine, key } = await started(buildProcess('p', (p) => p.start('s').service('a').end('e').boundary('late', 'a', { timer: { duration: 'PT1H' } }).end('e2')), ['a']);
  await engine.passTime(3_600_000);
  expect(engine.path(key)).toEqual(['s', 'a:TERMINATED', 'late:TERMINATED']);
  expect(engine.stateOf(key)).toBe('TERMINATED');
});

test('waits for the body of multi-instance', async () => {
  const { engine, key } = await started(buildProcess('p', (p) => p.start('s').service('a').each({ over: '=[1,2]' }).service('b').end('e')), ['a']);
  await engine.work('a');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('a');
  expect(engine.stateOf(key)).toBe('TERMINATED');
});

test('completes when the element was the end anyway, and cares for no element that is not there', async () => {
  const { engine, key } = await started(line, ['e', 'nothing']);
  await engine.work('a');
  await engine.work('b');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});
