// Error boundary events and error end events: errors go up the scopes and out of called processes.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const throwError = async (engine: ReturnType<typeof startEngine>, jobType: string, errorCode: string, variables = {}) => {
  const job = await engine.oneJob(jobType);
  await engine.accepted({ type: 'job.throw-error', jobKey: job.key, errorCode, errorMessage: 'because', variables });
  return job;
};

test('the boundary event of the task catches its code, ends the task, and its outputs see the variables of the error', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end().boundary('failed', 'work', { error: 'MODEL_ERROR' }, { outputs: { why: '=detail' } }).end('sorry')));
  const key = await engine.start('one');
  const job = await throwError(engine, 'work', 'MODEL_ERROR', { detail: 'nonsense' });
  expect(engine.path(key)).toEqual(['start', 'work:TERMINATED', 'failed', 'sorry']);
  expect(engine.variables(key)).toEqual({ why: 'nonsense' });
  expect(engine.rows('SELECT state, error_code FROM jobs WHERE key = ?', job.key)).toEqual([{ state: 'ERROR_THROWN', error_code: 'MODEL_ERROR' }]);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('without outputs the variables of the error stay with the event', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end().boundary('failed', 'work', { error: 'E' }).end('sorry')));
  const key = await engine.start('one');
  await throwError(engine, 'work', 'E', { detail: 1 });
  expect(engine.variables(key)).toEqual({});
  expect(engine.variables(engine.elementKey(key, 'failed'))).toEqual({ detail: 1 });
});

test('the exact code goes before the one that catches all, whatever their order', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end()
    .boundary('any', 'work', { error: null }).end('any-end').boundary('exact', 'work', { error: 'E' }).end('exact-end')));
  const first = await engine.start('one');
  await throwError(engine, 'work', 'E');
  expect(engine.path(first)).toContain('exact-end');
  const second = await engine.start('one');
  await throwError(engine, 'work', 'OTHER');
  expect(engine.path(second)).toContain('any-end');
});

test('an error end event is caught by the sub-process around it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().sub('inner', (s) => s.start('s').parallel('split').end('fail', { error: 'E' }).from('split').service('other').end('e')).end()
    .boundary('caught', 'inner', { error: 'E' }).end('handled')));
  const key = await engine.start('one');
  expect(engine.path(key)).toEqual(['start', 'inner:TERMINATED', 's', 'split', 'other:TERMINATED', 'fail:TERMINATED', 'caught', 'handled']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an error leaves a called process and is caught at the call activity', async () => {
  const engine = startEngine();
  await engine.deploy(
    buildProcess('child', (p) => p.start().sub('inner', (s) => s.start('s').service('work').end('e')).end()),
    buildProcess('caller', (p) => p.start().call('call', 'child').end().boundary('caught', 'call', { error: 'E' }).end('handled')),
  );
  const key = await engine.start('caller');
  const job = await throwError(engine, 'work', 'E');
  expect(engine.path(key)).toEqual(['start', 'call:TERMINATED', 'caught', 'handled']);
  expect(engine.stateOf(job.processInstanceKey)).toBe('TERMINATED');
});

test('an error that nobody catches is an incident; resolving it offers the job again', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end().boundary('failed', 'work', { error: 'OTHER' }).end('sorry')));
  const key = await engine.start('one');
  await throwError(engine, 'work', 'E');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'UNHANDLED_ERROR_EVENT', element: 'work' });
  expect(incident?.message).toContain(`Expected to throw an error event with the code 'E' with message 'because', but it was not caught. Available error events are [OTHER]`);
  expect(await engine.activate('work')).toEqual([]);
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await engine.work('work');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an error end event that nobody catches stays stuck, also when its incident is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().end('fail', { error: '=code' })));
  const key = await engine.start('one', { code: 'E' });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'UNHANDLED_ERROR_EVENT', element: 'fail' });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(engine.incidents()).toMatchObject([{ type: 'UNHANDLED_ERROR_EVENT' }]);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.incidents()).toEqual([]);
});

test('of two errors at once the second one is not caught by what the first one ends: its incident goes with it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().sub('sub', (s) => s.start('in').end('fails', { error: 'E' })).each({ over: '=[1, 2]' }).end().boundary('caught', 'sub', { error: 'E' }).end('sorry')));
  const key = await engine.start('one');
  expect(engine.path(key).slice(-2)).toEqual(['caught', 'sorry']);
  expect(engine.rows('SELECT error_type, state FROM incidents')).toEqual([{ error_type: 'UNHANDLED_ERROR_EVENT', state: 'RESOLVED' }]);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an event sub-process around a call ends the call at once, before what is still on its way in the called process', async () => {
  const engine = startEngine();
  await engine.deploy(
    buildProcess('child', (p) => p.start().parallel('fork').end('other', { error: 'E' }).from('fork').end('fails', { error: 'E' })),
    buildProcess('caller', (p) => p.start().call('call', 'child').end().onEvent('sorry', { error: 'E' }, (s) => s.service('mend').end('mended'))),
  );
  const key = await engine.start('caller');
  expect(engine.path(key)).toEqual(['start', 'call:TERMINATED', 'sorry:ACTIVE', 'sorry-start', 'mend:ACTIVE']);
  // The second error found nobody: the scope of the event sub-process was interrupted already.
  expect(engine.rows('SELECT error_type, state FROM incidents')).toEqual([{ error_type: 'UNHANDLED_ERROR_EVENT', state: 'RESOLVED' }]);
});
