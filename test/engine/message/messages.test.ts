// Messages: correlation, buffering, message ids, start events with one instance per correlation key.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const catching = buildProcess('order', (p) => p.start().catch('await-payment', { message: { name: 'payment', key: '=orderId' } }).end());
const publish = (name: string, correlationKey: string, more: { timeToLive?: number; messageId?: string; variables?: Record<string, number> } = {}) =>
  ({ type: 'message.publish', name, correlationKey, timeToLive: 0, variables: {}, ...more }) as const;

test('a published message reaches the instance that waits with its key, and no other', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  const [a, b] = [await engine.start('order', { orderId: 'a' }), await engine.start('order', { orderId: 'b' })];
  await engine.accepted(publish('payment', 'b', { variables: { amount: 5 } }));
  expect(engine.stateOf(a)).toBe('ACTIVE');
  expect(engine.stateOf(b)).toBe('COMPLETED');
  expect(engine.variables(b)).toEqual({ orderId: 'b', amount: 5 });
  expect(engine.rows('SELECT state FROM message_subscriptions ORDER BY key')).toEqual([{ state: 'CREATED' }, { state: 'CORRELATED' }]);
});

test('a number is a correlation key as its text', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  const key = await engine.start('order', { orderId: 12 });
  await engine.accepted(publish('payment', '12'));
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('raises an incident when the correlation key is neither text nor number, and waits once that is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  const key = await engine.start('order', { orderId: true });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'await-payment' });
  expect(incident?.message).toContain(`Failed to extract the correlation key for 'orderId'`);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { orderId: 'x' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await engine.accepted(publish('payment', 'x'));
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('of those that wait in one process the one whose element instance is oldest gets the message, though another one began to wait before', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  const older = await engine.start('order', { orderId: null });
  const younger = await engine.start('order', { orderId: 'a' });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: older, variables: { orderId: 'a' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: engine.incidents()[0]!.key });
  await engine.accepted(publish('payment', 'a'));
  expect([engine.stateOf(older), engine.stateOf(younger)]).toEqual(['COMPLETED', 'ACTIVE']);
  await engine.accepted(publish('payment', 'a'));
  expect(engine.stateOf(younger)).toBe('COMPLETED');
});

test('a message waits in the buffer for its time to live, and goes to a process once', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  await engine.accepted(publish('payment', 'a', { timeToLive: 1_000, variables: { amount: 1 } }));
  await engine.passTime(999);
  const first = await engine.start('order', { orderId: 'a' });
  expect(engine.stateOf(first)).toBe('COMPLETED');
  expect(engine.variables(first)).toMatchObject({ amount: 1 });
  const second = await engine.start('order', { orderId: 'a' });
  expect(engine.stateOf(second)).toBe('ACTIVE');
});

test('a message is gone when its time to live is over', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  await engine.accepted(publish('payment', 'a', { timeToLive: 1_000 }));
  await engine.passTime(1_000);
  expect(engine.rows('SELECT * FROM messages')).toEqual([]);
  expect(engine.stateOf(await engine.start('order', { orderId: 'a' }))).toBe('ACTIVE');
});

test('buffered messages are taken in the order in which they came', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('two', (p) => p.start().receive('one', { name: 'm', key: '=id' }, { outputs: { first: '=n' } }).receive('other', { name: 'm', key: '=id' }, { outputs: { second: '=n' } }).end()));
  const key = await engine.start('two', { id: 'a' });
  await engine.accepted(publish('m', 'a', { timeToLive: 1_000, variables: { n: 1 } }));
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.accepted(publish('m', 'a', { timeToLive: 1_000, variables: { n: 2 } }));
  expect(engine.variables(key)).toEqual({ id: 'a', first: 1, second: 2 });
});

test('a message id is refused while a message with it is buffered', async () => {
  const engine = startEngine();
  await engine.accepted(publish('payment', 'a', { timeToLive: 1_000, messageId: 'm1' }));
  expect(await engine.refused(publish('payment', 'a', { timeToLive: 1_000, messageId: 'm1' })))
    .toEqual({ code: 'ALREADY_EXISTS', reason: `Expected to publish a new message with id 'm1', but a message with that id was already published` });
  await engine.accepted(publish('payment', 'b', { timeToLive: 1_000, messageId: 'm1' }));
  await engine.passTime(1_000);
  await engine.accepted(publish('payment', 'a', { timeToLive: 1_000, messageId: 'm1' }));
});

test('correlating answers with the instance, and refuses when nobody waits', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  const key = await engine.start('order', { orderId: 'a' });
  expect(await engine.accepted({ type: 'message.correlate', name: 'payment', correlationKey: 'a', variables: {} })).toMatchObject({ processInstanceKey: key });
  expect(await engine.refused({ type: 'message.correlate', name: 'payment', correlationKey: 'a', variables: {} }))
    .toEqual({ code: 'NOT_FOUND', reason: `Expected to find subscription for message with name 'payment' and correlation key 'a', but none was found.` });
  expect(engine.rows('SELECT * FROM messages')).toEqual([]);
});

const starting = buildProcess('case', (p) => p.start('received', { message: { name: 'case-received' } }).service('work').end());

test('a message starts an instance with its variables', async () => {
  const engine = startEngine();
  await engine.deploy(starting);
  const { processInstanceKey } = await engine.accepted({ type: 'message.correlate', name: 'case-received', correlationKey: 'c1', variables: { caseId: 'c1' } });
  expect(engine.path(processInstanceKey)).toEqual(['received', 'work:ACTIVE']);
  expect(engine.variables(processInstanceKey)).toEqual({ caseId: 'c1' });
});

test('one instance runs per correlation key; the next buffered message starts when it is over', async () => {
  const engine = startEngine();
  await engine.deploy(starting);
  for (const n of [1, 2, 3]) await engine.accepted(publish('case-received', 'c1', { timeToLive: 10_000, variables: { n } }));
  expect((await engine.work('work')).variables).toEqual({ n: 1 });
  const second = await engine.oneJob('work');
  expect(second.variables).toEqual({ n: 2 });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: second.processInstanceKey });
  expect((await engine.work('work')).variables).toEqual({ n: 3 });
  expect(await engine.activate('work')).toEqual([]);
});

test('the same message sent again and again starts once', async () => {
  const engine = startEngine();
  await engine.deploy(starting);
  await engine.accepted(publish('case-received', 'c1', { timeToLive: 10_000, messageId: 'c1' }));
  await engine.refused(publish('case-received', 'c1', { timeToLive: 10_000, messageId: 'c1' }));
  await engine.work('work');
  expect(engine.rows('SELECT 1 FROM process_instances')).toHaveLength(1);
});

test('messages without a correlation key start an instance each', async () => {
  const engine = startEngine();
  await engine.deploy(starting);
  for (const n of [1, 2]) await engine.accepted(publish('case-received', '', { variables: { n } }));
  expect(await engine.activate('work')).toHaveLength(2);
});

test('the latest version takes over the start message', async () => {
  const engine = startEngine();
  await engine.deploy(starting);
  await engine.deploy(buildProcess('case', (p) => p.start('received', { message: { name: 'case-received' } }).service('new-work').end()));
  await engine.accepted(publish('case-received', 'c1'));
  expect(await engine.activate('work')).toEqual([]);
  expect(await engine.activate('new-work')).toHaveLength(1);
});

test('an interrupting boundary message ends the task; its key is read outside of the task', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().user('review', {}, { inputs: { id: 'inner' } }).end()
    .boundary('withdrawn', 'review', { message: { name: 'withdraw', key: '=id' } }).end('withdrawn-end')));
  const key = await engine.start('one', { id: 'outer' });
  await engine.accepted(publish('withdraw', 'outer', { variables: { why: 1 } }));
  expect(engine.path(key)).toEqual(['start', 'review:TERMINATED', 'withdrawn', 'withdrawn-end']);
  expect(engine.variables(key)).toEqual({ id: 'outer', why: 1 });
});

test('a boundary message that does not interrupt comes as often as it is sent, buffered ones too', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().user('review').end()
    .boundary('note', 'review', { message: { name: 'note', key: '=id' } }, { nonInterrupting: true }).end('noted')));
  await engine.accepted(publish('note', 'a', { timeToLive: 1_000 }));
  await engine.accepted(publish('note', 'a', { timeToLive: 1_000 }));
  const key = await engine.start('one', { id: 'a' });
  await engine.accepted(publish('note', 'a'));
  expect(engine.path(key).filter((id) => id === 'noted')).toHaveLength(3);
  expect(engine.path(key)).toContain('review:ACTIVE');
});

test('an instance that is cancelled waits no more', async () => {
  const engine = startEngine();
  await engine.deploy(catching);
  const key = await engine.start('order', { orderId: 'a' });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.rows('SELECT state, open FROM message_subscriptions')).toEqual([{ state: 'DELETED', open: 0 }]);
});
