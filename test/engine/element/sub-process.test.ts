// Embedded sub-process: a scope of its own.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { refuses, runs } from './diagrams.ts';

test('runs its inner flow and completes with its last token', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('outer', (p) => p.start().sub('inner', (s) => s.start('inner-start').service('work').end('inner-end')).service('after').end()));
  const key = await engine.start('outer');
  expect(engine.path(key)).toEqual(['start', 'inner:ACTIVE', 'inner-start', 'work:ACTIVE']);
  await engine.work('work');
  await engine.work('after');
  expect(engine.path(key)).toEqual(['start', 'inner', 'inner-start', 'work', 'inner-end', 'after', 'end']);
});

test('waits for all inner branches', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('outer', (p) => p.start()
    .sub('inner', (s) => s.start('inner-start').parallel('split').service('left').end('left-end').from('split').service('right').end('right-end')).end()));
  const key = await engine.start('outer');
  await engine.work('left');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('right');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('keeps its inputs to itself and lets out what its outputs name', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('outer', (p) => p.start()
    .sub('inner', (s) => s.start('inner-start').service('work').end('inner-end'), { inputs: { own: '=x' }, outputs: { result: '=own + 1' } }).end()));
  const key = await engine.start('outer', { x: 1 });
  await engine.work('work', { own: 41, other: 1 });
  expect(engine.variables(engine.elementKey(key, 'inner'))).toEqual({ own: 41 });
  expect(engine.variables(key)).toEqual({ x: 1, other: 1, result: 42 });
});

test('ends with all that runs inside when a boundary event interrupts it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('outer', (p) => p.start()
    .sub('inner', (s) => s.start('inner-start').parallel('split').service('left').end('left-end').from('split').user('right').end('right-end')).end()
    .boundary('too-late', 'inner', { timer: { duration: 'PT1H' } }).end('late')));
  const key = await engine.start('outer');
  await engine.passTime(3_600_000);
  expect(engine.path(key)).toEqual(['start', 'inner:TERMINATED', 'inner-start', 'split', 'right:TERMINATED', 'left:TERMINATED', 'too-late', 'late']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(await engine.activate('left')).toEqual([]);
  expect(engine.rows(`SELECT state FROM user_tasks`)).toEqual([{ state: 'CANCELED' }]);
});

// The two diagrams of this element.
test('is a scope with a start and an end', () => runs('sub-process', { drive: (engine) => engine.work('work'), path: ['start', 'inner', 'inner-start', 'work', 'inner-end', 'end'] }));

test('a sub-process without start event is refused', () => refuses('sub-process', 'Element: x', 'Must have exactly one start event'));
