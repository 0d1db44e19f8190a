// Inclusive gateway: its two diagrams; its interplay is in inclusive-and-event-based.test.ts.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { refuses, runs } from './diagrams.ts';

test('takes each flow whose condition holds', () => runs('inclusive-gateway', { variables: { n: 2 }, path: ['start', 'choose', 'many', 'some'] }));

test('a flow without condition is refused', () => refuses('inclusive-gateway', 'Element: flow-2', 'Must have a condition or be default flow'));

test('a join waits for a token that is on its way between two elements of another branch', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().inclusive('fork')
    .when('=true', (q) => (q.add('task', 'first').service('work').inclusive('join').end(), 'first')).from('fork')
    .when('=true', (q) => (q.add('task', 'short').connect('short', 'join'), 'short'))));
  const key = await engine.start('p');
  expect(engine.path(key)).toEqual(['start', 'fork', 'short', 'first', 'work:ACTIVE']);
  await engine.work('work');
  expect(engine.path(key)).toEqual(['start', 'fork', 'short', 'first', 'work', 'join', 'end']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});
