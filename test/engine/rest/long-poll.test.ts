// Held job polls: they wait as long as they say, let go when their client goes, and block nobody.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCore } from '../../../engine/core.ts';
import { createFetch } from '../../../engine/rest/fetch.ts';
import { createRestHandler } from '../../../engine/rest/handle.ts';
import { oneJob } from './diagrams.ts';
import { createClient, file, openTestEngine, type TestEngine } from './engine.ts';
import type { Untyped } from './rows.ts';

let test: TestEngine;
let client: Untyped;

beforeEach(async () => {
  test = await openTestEngine();
  client = test.client;
  await client.createDeployment({ resources: [file('a.bpmn', oneJob('a'))] });
});
afterEach(async () => {
  await test.close();
  expect(test.defects).toEqual([]);
});

const poll = (requestTimeout: number, signal?: AbortSignal, type = 'a') =>
  test.engine
    .fetch('http://engine.test/v2/jobs/activation', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type, timeout: 60_000, maxJobsToActivate: 5, requestTimeout }), ...(signal === undefined ? {} : { signal }),
    })
    .then(async (response) => (await response.json()).jobs as { jobKey: string }[]);

const start = () => client.createProcessInstance({ processDefinitionId: 'a' });
const waiting = () => test.engine.metrics().waitingActivations;
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise(setImmediate);
};

describe('a poll', () => {
  it('is answered at once when it says so and there is nothing', async () => {
    expect(await poll(-1)).toEqual([]);
    expect(waiting()).toBe(0);
  });

  it('is answered with nothing when its time is over', async () => {
    const begun = performance.now();
    expect(await poll(50)).toEqual([]);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(45);
  });

  it('is held when it names no time, and answered by the job that comes', async () => {
    const held = poll(0);
    await until(() => waiting() === 1);
    await start();
    expect(await held).toHaveLength(1);
  });

  it('takes no job for a client that has gone', async () => {
    const gone = new AbortController();
    const held = poll(60_000, gone.signal);
    await until(() => waiting() === 1);
    gone.abort();
    await expect(held).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => waiting() === 0);
    await start();
    expect(await poll(-1)).toHaveLength(1);
  });

  it('takes no job for a client that goes while the job comes', async () => {
    for (let round = 0; round < 20; round++) {
      const gone = new AbortController();
      const held = poll(60_000, gone.signal).then((jobs) => jobs.length, () => 0);
      await until(() => waiting() === 1);
      const started = start();
      gone.abort();
      const [taken] = await Promise.all([held, started]);
      expect(taken + (await poll(-1)).length, `round ${round}`).toBe(1);
    }
  });

  it('gives jobs back at once when its client went while they were being committed', async () => {
    const gone = new AbortController();
    const core = openCore({ file: ':memory:', clock: test.clock });
    const handle = createRestHandler(
      { ...core, activateJobs: async (...request) => core.activateJobs(...request).finally(() => gone.abort()) },
      { onDefect: (error) => test.defects.push(error), isClosing: () => false },
    );
    const client: Untyped = createClient(createFetch(handle));
    await client.createDeployment({ resources: [file('a.bpmn', oneJob('a'))] });
    await client.createProcessInstance({ processDefinitionId: 'a' });
    await handle({
      method: 'POST', path: '/jobs/activation', headers: { 'content-type': 'application/json' }, signal: gone.signal,
      body: Buffer.from(JSON.stringify({ type: 'a', timeout: 3_600_000, maxJobsToActivate: 5, requestTimeout: -1 })),
    });
    await core.settled();
    expect(await core.activateJobs({ jobType: 'a', worker: 'next', timeout: 1000, maxJobs: 1, requestTimeout: 1000 })).toMatchObject([{ worker: 'next', retries: 2 }]);
    await core.close();
  });

  it('that is aborted beforehand does not reach the engine', async () => {
    await expect(poll(60_000, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(waiting()).toBe(0);
  });

  it('ends when the engine closes, with words that clients retry on', async () => {
    const held = test.engine.handle({
      method: 'POST', path: '/jobs/activation', headers: { 'content-type': 'application/json' }, signal: new AbortController().signal,
      body: Buffer.from(JSON.stringify({ type: 'a', timeout: 60_000, maxJobsToActivate: 5, requestTimeout: 60_000 })),
    });
    await until(() => waiting() === 1);
    await test.engine.close();
    expect([200, 503]).toContain((await held).status);
    expect((await test.engine.handle({ method: 'GET', path: '/topology', headers: {}, body: undefined, signal: new AbortController().signal })).status).toBe(503);
  });
});

describe('workers', () => {
  it('of 40 job types that idle keep no command waiting', async () => {
    // The client lets 16 calls through at a time and a held poll is one of them (only its environment variable changes that,
    // read when it is made): so each worker has a client of its own.
    const running = Array.from({ length: 40 }, (_, n) =>
      (createClient(test.engine.fetch) as Untyped).createJobWorker({ jobType: `idle-${n}`, maxParallelJobs: 5, jobTimeoutMs: 60_000, pollTimeoutMs: 60_000, jobHandler: (job: Untyped) => job.complete() }));
    await until(() => waiting() === 40);
    const begun = performance.now();
    for (let n = 0; n < 20; n++) await start();
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(await poll(-1)).toHaveLength(5);
    for (const worker of running) worker.stop();
    await until(() => waiting() === 0);
  });

  it('of the client take job after job, and leave none locked when they stop', async () => {
    const done: string[] = [];
    const workers = createClient(test.engine.fetch) as Untyped;
    const worker = workers.createJobWorker({
      jobType: 'a', maxParallelJobs: 10, jobTimeoutMs: 60_000, pollTimeoutMs: 10_000,
      jobHandler: (job: Untyped) => {
        done.push(job.jobKey);
        return job.complete({ done: true });
      },
    });
    await Promise.all(Array.from({ length: 50 }, start));
    await until(() => done.length === 50);
    await until(() => waiting() === 1);
    worker.stop();
    await until(() => waiting() === 0);
    await start();
    expect(await poll(-1)).toHaveLength(1);
    expect(new Set(done).size).toBe(50);
  });
});
