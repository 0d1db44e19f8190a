// The runtime's promise: every job ends with exactly one acknowledgement, of the right kind.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StorageError } from '../../../ledger/index.ts';
import { BpmnError, RetryableFailure, TerminalFailure } from '../../../workers/runtime/failures.ts';
import { runJob } from '../../../workers/runtime/run-job.ts';
import { defineWorker, type AnyWorker, type Tools } from '../../../workers/runtime/worker-definition.ts';
import { createJobCounter } from '../../../workers/runtime/job-counter.ts';
import { fakeJob, fakeSurroundings } from './fake-job.ts';

type Handler = (input: { n: number }, tools: Tools) => Promise<{ doubled: number }>;

const worker = (handle: Handler, more: { timeLimitMs?: number } = {}): AnyWorker =>
  defineWorker({
    type: 'test-job',
    input: z.object({ n: z.number() }),
    output: z.object({ doubled: z.number() }),
    errors: ['FORESEEN'],
    backOff: { firstMs: 100, factor: 4, maxMs: 1_000 },
    ...more,
    handle,
  });

async function run(handle: Handler, options: { job?: Record<string, unknown>; variables?: Record<string, unknown>; timeLimitMs?: number; shutdown?: AbortSignal } = {}) {
  const { around, told } = fakeSurroundings(options.shutdown === undefined ? {} : { shutdown: options.shutdown });
  const limits = options.timeLimitMs === undefined ? {} : { timeLimitMs: options.timeLimitMs };
  await runJob(worker(handle, limits), fakeJob(options.variables ?? { n: 2 }, options.job), around);
  expect(told).toHaveLength(1);
  return told[0]!;
}

describe('runJob', () => {
  it('completes the job with the bare map of variables', async () => {
    expect(await run(async ({ n }) => ({ doubled: 2 * n }))).toEqual({ command: 'complete', body: { jobKey: '1', variables: { doubled: 4 } } });
  });

  it('throws a declared BPMN error with its variables', async () => {
    const told = await run(async () => Promise.reject(new BpmnError('FORESEEN', 'said', { why: 'x' })));
    expect(told).toEqual({ command: 'error', body: { jobKey: '1', errorCode: 'FORESEEN', errorMessage: 'said', variables: { why: 'x' } } });
  });

  it('raises an incident for a BPMN error that the worker does not declare', async () => {
    const told = await run(async () => Promise.reject(new BpmnError('UNFORESEEN', 'said')));
    expect(told).toMatchObject({ command: 'fail', body: { retries: 0 } });
    expect(told.body['errorMessage']).toContain('UNFORESEEN');
  });

  it('raises an incident at once for a terminal failure', async () => {
    expect(await run(async () => Promise.reject(new TerminalFailure('Do this.')))).toEqual({ command: 'fail', body: { jobKey: '1', retries: 0, errorMessage: 'Do this.' } });
  });

  it.each([
    [3, 2, 100],
    [2, 1, 400],
  ])('tries again after a back-off that grows: %i retries', async (retries, left, backOffMs) => {
    const told = await run(async () => Promise.reject(new Error('oops')), { job: { retries } });
    expect(told.body).toMatchObject({ retries: left, retryBackOff: backOffMs });
  });

  it('raises an incident when no try is left', async () => {
    const told = await run(async () => Promise.reject(new Error('oops')), { job: { retries: 1 } });
    expect(told.body).toMatchObject({ retries: 0 });
    expect(told.body).not.toHaveProperty('retryBackOff');
  });

  it('takes the pause that a retryable failure asks for', async () => {
    const told = await run(async () => Promise.reject(new RetryableFailure('busy', { afterMs: 7_000 })));
    expect(told.body).toMatchObject({ retries: 2, retryBackOff: 7_000, errorMessage: 'busy' });
  });

  it.each([3, 1])('uses up no try when the disk is full: %i left', async (retries) => {
    const full = new StorageError('disk-full', 'The disk is full.', undefined);
    const told = await run(async () => Promise.reject(full), { job: { retries } });
    expect(told.body).toMatchObject({ retries, retryBackOff: 5_000, errorMessage: 'The disk is full.' });
  });

  it('keeps the message of an unknown error out of the engine, because it may quote an input', async () => {
    const told = await run(async () => Promise.reject(new Error('amount 4526 is odd')));
    expect(JSON.stringify(told.body)).not.toContain('4526');
  });

  it('raises an incident with a sentence for wrong variables, without the values found', async () => {
    const told = await run(async () => ({ doubled: 1 }), { variables: { n: 'SECRET' } });
    expect(told.body).toMatchObject({ retries: 0, errorMessage: 'The variables of job type "test-job" do not fit: n (invalid type). Correct them and resolve the incident.' });
  });

  it('raises an incident when the worker returns what it should not', async () => {
    const told = await run(async () => ({ doubled: 'x' }) as unknown as { doubled: number });
    expect(told.body['errorMessage']).toContain('defect');
  });

  it('aborts the work at the time limit and tries again', async () => {
    let aborted = false;
    const told = await run(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('the fetch was aborted'));
          });
        }),
      { timeLimitMs: 5 },
    );
    expect(aborted).toBe(true);
    expect(told.body).toMatchObject({ retries: 2, errorMessage: 'Job worker "test-job" did not finish within 5 ms.' });
  });

  it('does not wait for a handler that ignores its signal', async () => {
    const told = await run(() => new Promise(() => undefined), { timeLimitMs: 5 });
    expect(told.body).toMatchObject({ retries: 2 });
  });

  it('gives the job back without using up a try when the runtime shuts down', async () => {
    const told = await run(() => new Promise(() => undefined), { shutdown: AbortSignal.abort() });
    expect(told.body).toMatchObject({ retries: 3, retryBackOff: 0 });
  });

  it('does not reject when the engine will not take the end of the job, and counts it', async () => {
    const counter = createJobCounter(['test-job']);
    const { around, client } = fakeSurroundings({ counter });
    client.completeJob.mockRejectedValueOnce(Object.assign(new Error('gone'), { status: 404 }));
    await runJob(worker(async () => ({ doubled: 1 })), fakeJob({ n: 1 }), around);
    expect(counter.metrics()['test-job']).toMatchObject({ running: 0, endings: { gone: 1, completed: 0 } });
  });
});
