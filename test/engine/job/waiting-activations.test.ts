// Job requests that wait: served when a job comes, released when the caller goes.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const diagram = buildProcess('one', (p) => p.start().service('first').service('second').end());
const request = (jobType: string) => ({ jobType, worker: 'w', timeout: 60_000, maxJobs: 1, requestTimeout: 60_000 });

test('a waiting request gets the job in the batch that makes it', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  const second = engine.core.activateJobs(request('second'));
  await engine.start('one');
  const before = engine.core.metrics().batches;
  const job = await engine.oneJob('first');
  await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: { x: 1 } });
  expect(await second).toMatchObject([{ elementId: 'second', variables: { x: 1 } }]);
  expect(engine.core.metrics().batches - before).toBe(2);
  expect(engine.core.metrics().waitingActivations).toBe(0);
});

test('requests are served in the order in which they came, one job each', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  const waiting = [engine.core.activateJobs(request('first')), engine.core.activateJobs(request('first'))];
  await engine.core.settled();
  const [a, b] = [await engine.start('one'), await engine.start('one')];
  expect((await waiting[0])?.[0]?.processInstanceKey).toBe(a);
  expect((await waiting[1])?.[0]?.processInstanceKey).toBe(b);
});

test('a request whose caller went away takes no job with it', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  const caller = new AbortController();
  const gone = engine.core.activateJobs(request('first'), caller.signal);
  await engine.core.settled();
  caller.abort();
  expect(await gone).toEqual([]);
  await engine.start('one');
  expect(await engine.activate('first')).toHaveLength(1);
});

test('a request whose caller went away before it was looked at takes no job either', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  await engine.start('one');
  const caller = new AbortController();
  const gone = engine.core.activateJobs(request('first'), caller.signal);
  caller.abort();
  expect(await gone).toEqual([]);
  expect(await engine.activate('first')).toHaveLength(1);
});

test('waiting requests also get jobs that time brings back', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  await engine.start('one');
  const held = await engine.oneJob('first');
  const waiting = engine.core.activateJobs(request('first'));
  await engine.core.settled();
  await engine.passTime(60_000);
  expect(await waiting).toMatchObject([{ key: held.key }]);
});

test('closing answers those who wait with nothing', async () => {
  const engine = startEngine();
  const waiting = engine.core.activateJobs(request('first'));
  await engine.core.settled();
  await engine.core.close();
  expect(await waiting).toEqual([]);
});
