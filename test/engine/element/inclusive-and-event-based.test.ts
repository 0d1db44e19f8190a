// Inclusive and event-based gateways, link, message throw and terminate events.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const inclusive = buildProcess('some', (p) => p.start().inclusive('which', 'c')
  .connect('which', 'a', '=a').connect('which', 'b', '=b').otherwise('which', 'c')
  .from().service('a').inclusive('join').end().from().service('b').connect('b', 'join').from().service('c').connect('c', 'join'));

test.each([[{ a: true, b: true }, ['b', 'a']], [{ a: true, b: false }, ['a']], [{ a: false, b: false }, ['c']]])('takes all flows that hold, else the default flow: %j', async (variables, jobs) => {
  const engine = startEngine();
  await engine.deploy(inclusive);
  const key = await engine.start('some', variables);
  expect(engine.path(key)).toEqual(['start', 'which', ...jobs.map((job) => `${job}:ACTIVE`)]);
  for (const job of jobs) await engine.work(job);
  expect(engine.path(key).slice(-2)).toEqual(['join', 'end']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an inclusive gateway without a flow that holds raises an incident', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('some', (p) => p.start().inclusive('which').connect('which', 'a', '=false').connect('which', 'b', '=false').from().end('a').end('b')));
  await engine.start('some');
  expect(engine.incidents()).toMatchObject([{ type: 'CONDITION_ERROR', element: 'which' }]);
});

test('an inclusive join waits for what may still reach it, over boundary events too, and not for what leads back to it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('some', (p) => p.start().parallel('split').service('a').inclusive('join').service('z').exclusive('again', 'end').connect('again', 'join', '=again').from().end('end').otherwise('again', 'end')
    .from('split').service('b').end('b-end').boundary('called', 'b', { signal: 'go' }).connect('called', 'join')));
  const key = await engine.start('some');
  await engine.work('a');
  expect(await engine.activate('z')).toEqual([]);
  await engine.accepted({ type: 'signal.broadcast', signalName: 'go', variables: {} });
  await engine.work('z', { again: true });
  await engine.work('z', { again: false });
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an event-based gateway takes the way of the event that comes first', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('first', (p) => p.start().eventBased('which').catch('called', { signal: 'go' }, { outputs: { heard: '=word' } }).end('a').from('which').catch('late', { timer: { duration: 'PT1H' } }).end('b')
    .from('which').catch('told', { message: { name: 'm', key: '="k"' } }).end('c')));
  const [one, two, three] = [await engine.start('first'), await engine.start('first'), await engine.start('first')];
  expect(engine.path(one)).toEqual(['start', 'which:ACTIVE']);
  await engine.accepted({ type: 'message.publish', name: 'm', correlationKey: 'k', timeToLive: 0, variables: { m: 1 } });
  expect(engine.path(one)).toEqual(['start', 'which', 'told', 'c']);
  expect(engine.variables(one)).toEqual({ m: 1 });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: three });
  await engine.accepted({ type: 'signal.broadcast', signalName: 'go', variables: { word: 'hi' } });
  expect(engine.path(two)).toEqual(['start', 'which', 'called', 'a']);
  expect(engine.variables(two)).toEqual({ heard: 'hi' });
  for (const table of ['timers', 'signal_subscriptions']) expect(engine.rows(`SELECT 1 FROM ${table}`)).toEqual([]);
  expect(engine.rows('SELECT flow_id FROM taken_sequence_flows WHERE process_instance_key = ?', two)).toHaveLength(2);
});

test('a link leads to its catch event; inputs have no moment there', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('linked', (p) => p.start().throws('out', { link: 'L' }, { inputs: { a: '=1' }, outputs: { b: '=a' } }).from().catch('in', { link: 'L' }).end()));
  const key = await engine.start('linked');
  expect(engine.path(key)).toEqual(['start', 'out', 'in', 'end']);
  expect(engine.variables(key)).toEqual({ b: null });
});

test('message throw and end events are jobs', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('tells', (p) => p.start().throws('tell', undefined, { job: 'send', inputs: { to: '="a"' }, outputs: { id: '=sent' } }).end('bye', { throws: { message: { name: 'bye' } }, job: 'send' })));
  const key = await engine.start('tells');
  expect((await engine.work('send', { sent: 7 })).variables['to']).toBe('a');
  expect(engine.variables(key)).toEqual({ id: 7 });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.rows(`SELECT state FROM jobs ORDER BY key`)).toEqual([{ state: 'COMPLETED' }, { state: 'CANCELED' }]);
});

test('a terminate end event ends all else in its scope, and the scope', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('cut', (p) => p.start().sub('inner', (s) => s.start('s').parallel('split').service('a').end('stop', { throws: { terminate: true } }).from('split').service('b').end('e')).service('after').end()));
  const key = await engine.start('cut');
  await engine.work('a');
  expect(engine.path(key)).toEqual(['start', 'inner', 's', 'split', 'b:TERMINATED', 'a', 'stop', 'after:ACTIVE']);
  await engine.work('after');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('a terminate end event that is reached while other tokens are on their way ends the process all the same', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('cut', (p) => p.start().parallel('split').add('task', 'a').add('task', 'b').service('c').end().from('split').end('stop', { throws: { terminate: true } })));
  const key = await engine.start('cut');
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.rows(`SELECT 1 FROM element_instances WHERE end_date IS NULL`)).toEqual([]);
});

test('is passed within one step: what stands in another branch comes after its flow is chosen', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().parallel('fork').inclusive('choose').when('=x = 0', (q) => (q.add('task', 'low', ''), 'low')).from('choose').when('=x = 1', (q) => (q.add('task', 'high', ''), 'high')).from('fork').script('set', '=1', 'x').end('done')));
  const key = await engine.start('p', { x: 0 });
  expect(engine.path(key).filter((id) => id === 'low' || id === 'high')).toEqual(['low']);
});

test.each([
  ['the boundary event around it', (p: Parameters<Parameters<typeof buildProcess>[1]>[0]) => p.end().boundary('stop', 'inner', { signal: 'go' }).end('stopped')],
  ['an event sub-process of the process', (p: Parameters<Parameters<typeof buildProcess>[1]>[0]) => p.end().onEvent('stop', { signal: 'go' }, (e) => e.end('stopped'))],
])('an event-based gateway is ended, not left behind, by a signal that reaches it and %s', async (_, around) => {
  const engine = startEngine();
  await engine.deploy(buildProcess('both', (p) => around(p.start().sub('inner', (s) => s.start('begin').eventBased('which').catch('called', { signal: 'go' }).end('a').from('which').catch('late', { timer: { duration: 'PT1H' } }).end('b')))));
  const key = await engine.start('both');
  await engine.accepted({ type: 'signal.broadcast', signalName: 'go', variables: {} });
  expect(engine.path(key)).toContain('which:TERMINATED');
  expect(engine.path(key)).toContain('stopped');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});
