// Exclusive and parallel gateways.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const choice = (withDefault: boolean) => buildProcess('choice', (p) => {
  p.start().exclusive('which', withDefault ? 'other' : undefined)
    .when('=amount > 10', (s) => (s.end('medium'), 'medium'));
  p.from('which').when('=amount > 100', (s) => (s.end('large'), 'large'));
  p.from().end('other');
  return withDefault ? p.otherwise('which', 'other') : p;
});

test.each([[500, 'large'], [50, 'medium'], [5, 'other']])('takes the flow whose condition holds and which stands last in the file: %i leads to %s', async (amount, end) => {
  const engine = startEngine();
  await engine.deploy(choice(true));
  const key = await engine.start('choice', { amount });
  expect(engine.path(key)).toEqual(['start', 'which', end]);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('raises an incident when no condition holds and there is no default flow', async () => {
  const engine = startEngine();
  await engine.deploy(choice(false));
  const key = await engine.start('choice', { amount: 5 });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'CONDITION_ERROR', element: 'which', message: 'Expected at least one condition to evaluate to true, or to have a default flow' });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { amount: 11 }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(engine.path(key)).toEqual(['start', 'which', 'medium']);
});

test('raises an incident when a condition is neither true nor false', async () => {
  const engine = startEngine();
  await engine.deploy(choice(true));
  await engine.start('choice', { amount: 'much' });
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', element: 'which' }]);
});

test('a new incident is raised when resolving did not help', async () => {
  const engine = startEngine();
  await engine.deploy(choice(false));
  await engine.start('choice', { amount: 5 });
  const [first] = engine.incidents();
  await engine.accepted({ type: 'incident.resolve', incidentKey: first!.key });
  const [second] = engine.incidents();
  expect(second?.type).toBe('CONDITION_ERROR');
  expect(second?.key).not.toBe(first?.key);
  expect(await engine.refused({ type: 'incident.resolve', incidentKey: first!.key })).toMatchObject({ code: 'NOT_FOUND' });
});

const fork = buildProcess('fork', (p) => p.start().parallel('split').service('left').parallel('join').end().from('split').service('right').connect('right', 'join'));

test('forks into all flows and joins when all have come', async () => {
  const engine = startEngine();
  await engine.deploy(fork);
  const key = await engine.start('fork');
  expect(engine.path(key)).toEqual(['start', 'split', 'right:ACTIVE', 'left:ACTIVE']);
  await engine.work('right');
  expect(engine.path(key)).toEqual(['start', 'split', 'right', 'left:ACTIVE']);
  await engine.work('left');
  expect(engine.path(key)).toEqual(['start', 'split', 'right', 'left', 'join', 'end']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.rows('SELECT * FROM waiting_tokens')).toEqual([]);
});

test('goes on with each branch on its own when nothing joins them', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('both', (p) => p.start().parallel('split').service('left').end('left-end').from('split').service('right').end('right-end')));
  const key = await engine.start('both');
  await engine.work('left');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('right');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('a join waits for each of its flows even when one brings two tokens', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('uneven', (p) => p.start().parallel('split').exclusive('merge').service('left').parallel('join').service('after').end()
    .from('split').connect('split', 'merge').service('right').connect('right', 'join')));
  const key = await engine.start('uneven');
  const [first, second] = await engine.activate('left');
  await engine.accepted({ type: 'job.complete', jobKey: first!.key, variables: {} });
  await engine.accepted({ type: 'job.complete', jobKey: second!.key, variables: {} });
  expect(await engine.activate('after')).toEqual([]);
  await engine.work('right');
  await engine.work('after');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  expect(engine.rows('SELECT flow_id, count FROM waiting_tokens')).toHaveLength(1);
});

test('loops back through an exclusive gateway', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('loop', (p) => p.start().service('count').exclusive('again', 'end')
    .connect('again', 'count', '=n < 3').from().end('end').otherwise('again', 'end')));
  const key = await engine.start('loop');
  for (const n of [1, 2, 3]) await engine.work('count', { n });
  expect(engine.variables(key)).toEqual({ n: 3 });
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('the condition of a default flow does not count', async () => {
  const engine = startEngine();
  const xml = choice(true).replace('id="which-default" sourceRef="which" targetRef="other"/>', 'id="which-default" sourceRef="which" targetRef="other"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=true</bpmn:conditionExpression></bpmn:sequenceFlow>');
  await engine.deploy(xml);
  const key = await engine.start('choice', { amount: 500 });
  expect(engine.path(key)).toEqual(['start', 'which', 'large']);
});

test('a gateway is passed in one step, so that a branch behind it is ahead of one behind a task, as in Zeebe', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('race', (p) => p.start().parallel('split').parallel('pass').end('fast').from('split').add('manualTask', 'idle').end('slow')));
  const key = await engine.start('race');
  const path = engine.path(key);
  expect(path.indexOf('fast')).toBeLessThan(path.indexOf('slow'));
});
