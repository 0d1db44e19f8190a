// Runs one job from its variables to its acknowledgement: the only place where jobs are completed, failed or thrown.
import { z } from 'zod';
import { StorageError, type Ledger } from '../../ledger/index.ts';
import type { EngineClient } from '../client.ts';
import type { Platform } from '../kubeflow/ports.ts';
import { logWith, type Log } from '../log.ts';
import type { InferenceClient } from '../serving/inference-client.ts';
import type { ServingDirectory } from '../serving/serving-directory.ts';
import type { ShadowLane } from '../serving/shadow-lane.ts';
import type { WorkerSettings } from '../settings.ts';
import { acknowledge, type Acknowledgement } from './acknowledge.ts';
import { BpmnError, RetryableFailure, ShuttingDown, TerminalFailure, TimeLimitPassed } from './failures.ts';
import { inSpanOfTrace, SpanKind } from './in-span.ts';
import type { JobCounter } from './job-counter.ts';
import type { AnyWorker, JobFacts, RunnableJob, Tools } from './worker-definition.ts';

export type JobSurroundings = {
  client: EngineClient;
  /** What is told to the engine through this one is on disk when it answers. */
  lasting: EngineClient;
  ledger: Ledger;
  inference: InferenceClient;
  served: ServingDirectory;
  shadow: Pick<ShadowLane, 'offer'>;
  platform: Platform;
  settings: WorkerSettings;
  log: Log;
  shutdown: AbortSignal;
  counter: JobCounter;
};

/** The process variable that carries a W3C trace context. */
export const traceVariable = 'traceparent';

/** A job that met a full disk is tried again so much later. */
const diskFullPauseMs = 5_000;

/** Never rejects: whatever happens, the engine is told, and where it cannot be told the lock of the job runs out. */
export async function runJob(worker: AnyWorker, job: RunnableJob, surroundings: JobSurroundings): Promise<void> {
  const { traceparent: parent, caseId } = Carried.safeParse(job.variables).data ?? {};
  const { jobKey, processInstanceKey } = job;
  const around = { ...surroundings, log: logWith(surroundings.log, { jobType: worker.type, jobKey, processInstanceKey, ...(caseId === undefined ? {} : { caseId }) }) };
  const attributes = { 'stellwerk.process.instance.key': processInstanceKey, ...(caseId === undefined ? {} : { 'stellwerk.case.id': caseId }) };
  around.counter.started(worker.type);
  const ending = await inSpanOfTrace(`job ${worker.type}`, { kind: SpanKind.CONSUMER, parent, attributes }, async (span) => {
    const acknowledgement = await work(worker, job, around);
    const isLight = worker.completesLightly && acknowledgement.ending === 'completed';
    const reached = await acknowledge(isLight ? around.client : around.lasting, job, acknowledgement, around.log);
    const ended = reached ? acknowledgement.ending : 'gone';
    span?.setAttribute('stellwerk.job.ending', ended);
    return ended;
  });
  around.counter.ended(worker.type, ending);
}

/** What a case's instance carries besides what a worker reads: the trace of the call that started it, and the case. */
const Carried = z.object({ [traceVariable]: z.string().optional(), caseId: z.string().optional() });

async function work(worker: AnyWorker, job: RunnableJob, around: JobSurroundings): Promise<Acknowledgement> {
  const input = worker.input.safeParse(job.variables);
  if (!input.success) {
    return incident(`The variables of job type "${worker.type}" do not fit: ${sayIssues(input.error)}. Correct them and resolve the incident.`);
  }
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new TimeLimitPassed()), worker.timeLimitMs);
  const abandon = () => limit.abort(new ShuttingDown());
  around.shutdown.addEventListener('abort', abandon);
  if (around.shutdown.aborted) abandon();
  try {
    // The border of the registry: `input` was just parsed by this worker's own schema.
    const result = await orAborted(worker.handle(input.data as never, toolsFor(job, around, limit.signal)), limit.signal);
    return completion(worker, result);
  } catch (error) {
    return failure(worker, job, error, around.log);
  } finally {
    clearTimeout(timer);
    around.shutdown.removeEventListener('abort', abandon);
  }
}

function toolsFor(job: RunnableJob, around: JobSurroundings, signal: AbortSignal): Tools {
  const facts: JobFacts = {
    jobKey: job.jobKey,
    processInstanceKey: job.processInstanceKey,
    processDefinitionId: job.processDefinitionId,
    processDefinitionVersion: job.processDefinitionVersion,
    processDefinitionKey: job.processDefinitionKey,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    headers: job.customHeaders,
  };
  const { client, ledger, inference, served, shadow, platform, settings, log } = around;
  return { signal, client, ledger, inference, served, shadow, platform, settings, log, job: facts };
}

function completion(worker: AnyWorker, result: Record<string, unknown>): Acknowledgement {
  const output = worker.output.safeParse(result);
  if (!output.success) {
    return incident(`Job worker "${worker.type}" returned what it should not: ${sayIssues(output.error)}. This is a defect of the worker.`);
  }
  return { ending: 'completed', variables: output.data };
}

function failure(worker: AnyWorker, job: RunnableJob, error: unknown, log: Log): Acknowledgement {
  if (error instanceof BpmnError) {
    if (!worker.errors.includes(error.code)) return incident(`Job worker "${worker.type}" threw the error ${error.code}, which it does not declare.`);
    return { ending: 'bpmn-error', code: error.code, message: error.message, variables: error.variables };
  }
  if (error instanceof TerminalFailure) return incident(error.message);
  if (error instanceof ShuttingDown) {
    return { ending: 'given-back', retries: job.retries, message: 'The worker stopped before it was done.' };
  }
  if (error instanceof StorageError && error.problem === 'disk-full') {
    log.warn({}, error.message);
    // No fault of the job: it uses up no try, so that a disk that stays full for hours leaves no incidents behind.
    return { ending: 'retried', retries: job.retries, backOffMs: diskFullPauseMs, message: error.message };
  }
  const message = sayFailure(worker, error);
  log.warn({ retriesLeft: job.retries - 1, err: error }, message);
  const retries = Math.max(0, job.retries - 1);
  if (retries === 0) return incident(message);
  const backOffMs = error instanceof RetryableFailure && error.afterMs !== undefined ? error.afterMs : backOffOf(worker, retries);
  return { ending: 'retried', retries, backOffMs, message };
}

/** The message of an unknown error stays out of the engine: it may quote an input field. */
function sayFailure(worker: AnyWorker, error: unknown): string {
  if (error instanceof RetryableFailure) return error.message;
  if (error instanceof TimeLimitPassed) return `Job worker "${worker.type}" did not finish within ${worker.timeLimitMs} ms.`;
  return `Job worker "${worker.type}" failed with ${nameOf(error)}. Look in the server's log, repair the cause and resolve the incident.`;
}

function backOffOf(worker: AnyWorker, retriesLeft: number): number {
  const failedTries = Math.max(1, worker.retries - retriesLeft);
  return Math.min(worker.backOff.maxMs, worker.backOff.firstMs * worker.backOff.factor ** (failedTries - 1));
}

function incident(message: string): Acknowledgement {
  return { ending: 'incident', message };
}

/** Paths and expectations only, never the values found. */
function sayIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'variables'} (${issue.code.replaceAll('_', ' ')})`).join(', ');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Settles when the work does, or with the signal's reason: a handler that ignores its signal cannot hold the job. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(reasonOf(signal));
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(reasonOf(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new ShuttingDown();
}
