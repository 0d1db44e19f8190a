// Compensation: what was completed is undone by its handlers, when an event asks for it.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

test('calls the handlers of all completed activities and goes on when they are done', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('trip', (p) => p.start().service('book').compensated('book').service('pay').compensated('pay').throws('undo', { compensation: null }).service('after').end()));
  const key = await engine.start('trip');
  await engine.work('book');
  await engine.work('pay');
  expect(engine.path(key).slice(3)).toEqual(['undo:ACTIVE', 'undo-book-event', 'undo-book:ACTIVE', 'undo-pay-event', 'undo-pay:ACTIVE']);
  await engine.work('undo-pay', { refunded: true });
  expect(await engine.activate('after')).toEqual([]);
  await engine.work('undo-book');
  expect(engine.variables(key)).toEqual({ refunded: true });
  await engine.work('after');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('compensates one activity only, once for each time it was done, and not again', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('trip', (p) => p.start().service('book').compensated('book').service('pay').compensated('pay').exclusive('more', 'undo').connect('more', 'book', '=again')
    .from().throws('undo', { compensation: 'book' }).throws('undo-again', { compensation: 'book' }).end().otherwise('more', 'undo')));
  const key = await engine.start('trip');
  for (const again of [true, false]) {
    await engine.work('book');
    await engine.work('pay', { again });
  }
  expect(await engine.activate('undo-pay')).toEqual([]);
  await engine.work('undo-book');
  await engine.work('undo-book');
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.rows('SELECT 1 FROM compensation_subscriptions')).toEqual([]);
});

test('an end event compensates what a completed sub-process did', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('trip', (p) => p.start().sub('inner', (s) => s.start('s').service('book').compensated('book').end('e')).end('undo', { throws: { compensation: null } })));
  const key = await engine.start('trip');
  await engine.work('book');
  expect(engine.path(key)).toEqual(['start', 'inner', 's', 'book', 'e', 'undo:ACTIVE', 'undo-book-event', 'undo-book:ACTIVE']);
  await engine.work('undo-book');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('a sub-process compensates only what was done in it; one that was ended is not compensated', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('trip', (p) => p.start().service('plan').compensated('plan').sub('inner', (s) => s.start('s').service('book').compensated('book').service('wait').end('e')).end()
    .boundary('stop', 'inner', { signal: 'stop' }).end('undo', { throws: { compensation: null } })));
  const key = await engine.start('trip');
  await engine.work('plan');
  await engine.work('book');
  await engine.accepted({ type: 'signal.broadcast', signalName: 'stop', variables: {} });
  expect(await engine.activate('undo-book')).toEqual([]);
  await engine.work('undo-plan');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an event sub-process compensates what was done around it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('trip', (p) => p.start().service('book').compensated('book').service('pay').end().onEvent('failed', { error: 'E' }, (s) => s.end('undo', { throws: { compensation: null } }))));
  const key = await engine.start('trip');
  await engine.work('book');
  const job = await engine.oneJob('pay');
  await engine.accepted({ type: 'job.throw-error', jobKey: job.key, errorCode: 'E', errorMessage: '', variables: {} });
  await engine.work('undo-book');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('without anything to undo the event is passed', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('trip', (p) => p.start().end('undo', { throws: { compensation: null } })));
  expect(engine.stateOf(await engine.start('trip'))).toBe('COMPLETED');
});

test('a multi-instance activity is compensated once', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('trip', (p) => p.start().service('book').each({ over: '=[1,2]' }).compensated('book').end('undo', { throws: { compensation: null } })));
  const key = await engine.start('trip');
  await engine.work('book');
  await engine.work('book');
  await engine.work('undo-book');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});
