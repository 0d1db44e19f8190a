// Workers on the SDK's own job worker: they poll, run, acknowledge, do not block each other, and drain when stopped.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/index.ts';
import { createEngineClient } from '../../../workers/client.ts';
import { startWorkers, type RunningWorkers } from '../../../workers/runtime/start-workers.ts';
import { defineWorker, type AnyWorker } from '../../../workers/runtime/worker-definition.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';

type Told = { path: string; body: Record<string, unknown> };

/** Jobs behind `fetch`: polls are held until a job of their type is put, or the caller hangs up. */
function fakeJobs() {
  const told: Told[] = [];
  const waiting = new Map<string, (jobs: unknown[]) => void>();
  const polls: Record<string, unknown>[] = [];
  let lastKey = 100;
  const held = (type: string, signal: AbortSignal) =>
    new Promise<unknown[]>((resolve, reject) => {
      waiting.set(type, resolve);
      signal.addEventListener('abort', () => {
        waiting.delete(type);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname.replace('/v2', '');
    const body = (await request.json().catch(() => ({}))) as Record<string, unknown>;
    if (path === '/jobs/activation') {
      polls.push(body);
      const jobs = await held(String(body['type']), request.signal);
      return Response.json({ jobs });
    }
    told.push({ path, body });
    return path === '/messages/publication' ? Response.json({ tenantId: '<default>', messageKey: '1' }) : new Response(null, { status: 204 });
  };
  const put = async (type: string, variables: Record<string, unknown>) => {
    await vi.waitFor(() => expect(waiting.has(type)).toBe(true), { interval: 2 });
    const jobKey = String((lastKey += 1));
    const job = {
      type, jobKey, variables, retries: 3, deadline: 0, worker: 'w', customHeaders: {}, tenantId: '<default>', kind: 'BPMN_ELEMENT', listenerEventType: 'UNSPECIFIED',
      processInstanceKey: '1', processDefinitionKey: '2', processDefinitionId: 'p', processDefinitionVersion: 1, elementId: 'e', elementInstanceKey: '3', tags: [],
    };
    const answer = waiting.get(type);
    waiting.delete(type);
    answer?.([job]);
    return jobKey;
  };
  return { fetch, put, told, polls, isWaiting: (type: string) => waiting.has(type) };
}

const running: RunningWorkers[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop(0)));
});

const start = (fetch: typeof globalThis.fetch, workers: AnyWorker[]) => {
  const started = startWorkers({ engine: { fetch }, ledger: { clock: { now: () => 0 } } as Ledger, settings: defaultWorkerSettings({ servingAddress: () => 'http://127.0.0.1:1' }), workers, pauseMs: 1 });
  running.push(started);
  return started;
};

const doubler = (type: string, wait: (signal: AbortSignal) => Promise<void> = async () => undefined): AnyWorker =>
  defineWorker({
    type,
    input: z.object({ n: z.number() }),
    output: z.object({ doubled: z.number() }),
    errors: [],
    timeLimitMs: 10_000,
    handle: async ({ n }, { signal }) => {
      await wait(signal);
      return { doubled: 2 * n };
    },
  });

describe('startWorkers', () => {
  it('fetches only the variables a worker reads and the trace of its case, locks for its time limit and more, and completes', async () => {
    const jobs = fakeJobs();
    const workers = start(jobs.fetch, [doubler('double')]);
    const key = await jobs.put('double', { n: 21 });
    await vi.waitFor(() => expect(jobs.told).toEqual([{ path: `/jobs/${key}/completion`, body: { variables: { doubled: 42 } } }]), { interval: 2 });
    expect(jobs.polls[0]).toMatchObject({ type: 'double', fetchVariable: ['n', 'traceparent'], timeout: 15_000 });
    expect(workers.metrics()['double']).toMatchObject({ running: 0, endings: { completed: 1 } });
  });

  it('is not held up by forty idle job types, nor is anybody else', async () => {
    const jobs = fakeJobs();
    start(jobs.fetch, [...Array.from({ length: 40 }, (_, index) => doubler(`idle-${index}`)), doubler('busy')]);
    await vi.waitFor(() => expect(jobs.isWaiting('idle-39')).toBe(true), { interval: 2 });
    await jobs.put('busy', { n: 1 });
    await vi.waitFor(() => expect(jobs.told).toHaveLength(1), { interval: 2 });
    const message = await createEngineClient({ fetch: jobs.fetch }).publishMessage({ name: 'm', correlationKey: 'k', timeToLive: 0 });
    expect(message.messageKey).toBe('1');
  });

  it('hangs up its polls and waits for its handlers when stopped', async () => {
    const jobs = fakeJobs();
    const gate = Promise.withResolvers<void>();
    const workers = start(jobs.fetch, [doubler('slow', () => gate.promise), doubler('idle')]);
    await jobs.put('slow', { n: 1 });
    await vi.waitFor(() => expect(workers.metrics()['slow']?.running).toBe(1), { interval: 2 });
    const stopped = workers.stop();
    await vi.waitFor(() => expect(jobs.isWaiting('idle')).toBe(false), { interval: 2 });
    expect(jobs.told).toEqual([]);
    gate.resolve();
    await stopped;
    expect(jobs.told).toHaveLength(1);
  });

  it('aborts what takes too long while stopping and gives the job back with all its tries', async () => {
    const jobs = fakeJobs();
    const workers = start(jobs.fetch, [doubler('endless', (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))))]);
    await jobs.put('endless', { n: 1 });
    await vi.waitFor(() => expect(workers.metrics()['endless']?.running).toBe(1), { interval: 2 });
    await workers.stop(1);
    expect(jobs.told).toMatchObject([{ path: expect.stringContaining('/failure'), body: { retries: 3, retryBackOff: 0 } }]);
  });

  it('runs with the request validation of the SDK switched on too', async () => {
    vi.stubEnv('CAMUNDA_SDK_VALIDATION', 'req:strict,res:strict');
    const jobs = fakeJobs();
    start(jobs.fetch, [doubler('double')]);
    await jobs.put('double', { n: 2 });
    await vi.waitFor(() => expect(jobs.told).toMatchObject([{ body: { variables: { doubled: 4 } } }]), { interval: 2 });
    vi.unstubAllEnvs();
  });
});
