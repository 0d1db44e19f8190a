// Jobs: activation, completion, failure with retries and back-off, time-outs, updates.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { START, startEngine } from '../engine-under-test.ts';

const diagram = buildProcess('one', (p) => p.start().service('work', {}, { inputs: { own: '=1' } }).end());

async function withJob() {
  const engine = startEngine();
  await engine.deploy(diagram);
  const key = await engine.start('one', { a: 1, b: 2 });
  return { engine, key, job: await engine.oneJob('work') };
}
const fail = (jobKey: number, retries: number, retryBackOff = 0) => ({ type: 'job.fail', jobKey, retries, retryBackOff, errorMessage: 'no model', variables: { seen: true } }) as const;

test('hands a job to one worker until its time-out', async () => {
  const { engine, job } = await withJob();
  expect(job.deadline).toBe(START + 60_000);
  expect(await engine.activate('work')).toEqual([]);
  await engine.passTime(59_999);
  expect(await engine.activate('work')).toEqual([]);
  await engine.passTime(1);
  expect(await engine.activate('work')).toMatchObject([{ key: job.key, retries: 3 }]);
  expect(engine.rows('SELECT state FROM jobs')).toEqual([{ state: 'TIMED_OUT' }]);
});

test('a worker may complete its job after the time-out as long as nobody did', async () => {
  const { engine, job } = await withJob();
  await engine.passTime(60_000);
  await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} });
  expect(await engine.refused({ type: 'job.complete', jobKey: job.key, variables: {} }))
    .toEqual({ code: 'NOT_FOUND', reason: `Expected to complete job with key '${job.key}', but no such job was found` });
});

test('hands out only the variables asked for, and no more jobs than asked for', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  for (let n = 0; n < 3; n++) await engine.start('one', { a: n, b: 2 });
  const jobs = await engine.activate('work', { maxJobs: 2, fetchVariables: ['a', 'own', 'absent'] });
  expect(jobs.map((job) => job.variables)).toEqual([{ a: 0, own: 1 }, { a: 1, own: 1 }]);
  expect(await engine.activate('work')).toHaveLength(1);
});

test('hands out variables whatever their names', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  await engine.start('one', { toString: 1, constructor: 'x' });
  expect((await engine.oneJob('work')).variables).toEqual({ own: 1, toString: 1, constructor: 'x' });
});

test('a failed job with retries left is offered again at once, with the variables of the failure local to the task', async () => {
  const { engine, key, job } = await withJob();
  await engine.accepted(fail(job.key, 2));
  expect(engine.variables(job.elementInstanceKey)).toEqual({ own: 1, seen: true });
  expect(engine.variables(key)).toEqual({ a: 1, b: 2 });
  expect(await engine.oneJob('work')).toMatchObject({ key: job.key, retries: 2 });
});

test('a failed job with a back-off is offered again when that is over', async () => {
  const { engine, job } = await withJob();
  await engine.accepted(fail(job.key, 2, 5_000));
  await engine.passTime(4_999);
  expect(await engine.activate('work')).toEqual([]);
  expect(await engine.refused({ type: 'job.complete', jobKey: job.key, variables: {} })).toMatchObject({ code: 'INVALID_STATE', reason: expect.stringContaining(`it is in state 'FAILED'`) as string });
  await engine.passTime(1);
  expect(await engine.oneJob('work')).toMatchObject({ key: job.key, retries: 2 });
});

test('a failed job without retries is an incident; with retries given it is offered again once that is resolved', async () => {
  const { engine, key, job } = await withJob();
  await engine.accepted(fail(job.key, 0));
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'JOB_NO_RETRIES', element: 'work', message: 'no model' });
  expect(await engine.activate('work')).toEqual([]);
  await engine.accepted({ type: 'job.update', jobKey: job.key, retries: 1 });
  expect(await engine.activate('work')).toEqual([]);
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(await engine.oneJob('work')).toMatchObject({ retries: 1 });
  await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} });
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an incident without retries cannot be resolved; the number given, even below zero, is kept', async () => {
  const { engine, job } = await withJob();
  await engine.accepted(fail(job.key, -1));
  expect(engine.rows('SELECT retries FROM jobs')).toEqual([{ retries: -1 }]);
  const [incident] = engine.incidents();
  const refusal = await engine.refused({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(refusal).toMatchObject({ code: 'INVALID_STATE', reason: expect.stringContaining('has no retries left') });
  expect(engine.incidents()).toHaveLength(1);
});

test('refuses retries below one and a time-out for a job that nobody holds', async () => {
  const { engine, job } = await withJob();
  expect(await engine.refused({ type: 'job.update', jobKey: job.key, retries: 0 })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  await engine.accepted(fail(job.key, 1));
  expect(await engine.refused({ type: 'job.update', jobKey: job.key, timeout: 1_000 })).toMatchObject({ code: 'INVALID_STATE' });
  expect(await engine.refused({ type: 'job.update', jobKey: 1, retries: 1 })).toMatchObject({ code: 'NOT_FOUND' });
});

test('a new time-out counts from now', async () => {
  const { engine, job } = await withJob();
  await engine.passTime(30_000);
  await engine.accepted({ type: 'job.update', jobKey: job.key, timeout: 60_000 });
  await engine.passTime(59_999);
  expect(await engine.activate('work')).toEqual([]);
  await engine.passTime(1);
  expect(await engine.activate('work')).toHaveLength(1);
});

test.each(['job.complete', 'job.fail', 'job.throw-error'] as const)('%s of an unknown key is refused', async (type) => {
  const engine = startEngine();
  const more = { variables: {}, retries: 1, retryBackOff: 0, errorMessage: '', errorCode: 'E' };
  expect(await engine.refused({ type, jobKey: 99, ...more })).toMatchObject({ code: 'NOT_FOUND' });
});

test('a job request below one job or one millisecond is refused', async () => {
  const engine = startEngine();
  const request = { type: 'job.activate', jobType: 'work', worker: 'w', timeout: 1, maxJobs: 1 } as const;
  expect(await engine.refused({ ...request, timeout: 0 })).toMatchObject({ code: 'INVALID_ARGUMENT' });
  expect(await engine.refused({ ...request, maxJobs: 0 })).toMatchObject({ code: 'INVALID_ARGUMENT' });
});
