// What a job worker is: a type, what goes in and out, what can go wrong, how long it may take, and the work itself.
import type { z } from 'zod';
import type { Ledger } from '../../ledger/index.ts';
import type { EngineClient } from '../client.ts';
import type { Platform } from '../kubeflow/ports.ts';
import type { Log } from '../log.ts';
import type { InferenceClient } from '../serving/inference-client.ts';
import type { ServingDirectory } from '../serving/serving-directory.ts';
import type { ShadowLane } from '../serving/shadow-lane.ts';
import type { WorkerSettings } from '../settings.ts';

/** The job as the SDK hands it to the runtime. */
export type RunnableJob = Parameters<Parameters<EngineClient['createJobWorker']>[0]['jobHandler']>[0];

/** The job as a handler may see it. */
export type JobFacts = {
  jobKey: string;
  processInstanceKey: string;
  processDefinitionId: string;
  processDefinitionVersion: number;
  processDefinitionKey: string;
  elementId: string;
  elementInstanceKey: string;
  headers: Record<string, unknown>;
};

/** What the runtime hands to every handler. */
export type Tools = {
  /** Aborted when the time limit has passed or the runtime gives up waiting at shutdown. */
  signal: AbortSignal;
  /** For commands; polls have a client of their own. */
  client: EngineClient;
  ledger: Ledger;
  /** Of the common model server. */
  inference: InferenceClient;
  /** Where the versions of releases answer. */
  served: ServingDirectory;
  /** Asks candidate versions, which decide nothing, apart from the job. */
  shadow: Pick<ShadowLane, 'offer'>;
  /** Serving deployment, pipelines and model registry. */
  platform: Platform;
  settings: WorkerSettings;
  job: JobFacts;
  log: Log;
};

export type BackOff = { firstMs: number; factor: number; maxMs: number };

/**
 * A handler ends in one of four ways: it returns (the job is completed), throws `BpmnError` (the modelled path),
 * throws `TerminalFailure` (an incident), or throws anything else (another try after the back-off, an incident when
 * none is left). It must stop when `signal` is aborted, and running it twice must do no more than once.
 */
export type WorkerDefinition<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> = {
  type: string;
  /** The variables it reads; only these are fetched. */
  input: Input;
  /** The variables it sets. */
  output: Output;
  /** Every code it may throw; each needs a boundary event in the diagram. */
  errors: readonly string[];
  timeLimitMs: number;
  /** Tries in all, as in the diagram's task definition. */
  retries: number;
  backOff: BackOff;
  maxParallel: number;
  /**
   * Its completion does not wait for the commit, so that the end of the process may take it back together with those of
   * the jobs after it: only for a worker that then returns the same again, whatever has changed meanwhile (ADR 123).
   */
  completesLightly: boolean;
  handle(input: z.infer<Input>, tools: Tools): Promise<z.infer<Output>>;
};

/** Any worker, for registries. */
export type AnyWorker = Omit<WorkerDefinition, 'handle'> & { handle(input: never, tools: Tools): Promise<Record<string, unknown>> };

const usual = { retries: 3, timeLimitMs: 15_000, backOff: { firstMs: 500, factor: 4, maxMs: 60_000 }, maxParallel: 32, completesLightly: false };

type Usual = keyof typeof usual;

/** Fills in the usual limits and keeps the types of input and output. */
export function defineWorker<Input extends z.ZodObject, Output extends z.ZodObject>(
  worker: Omit<WorkerDefinition<Input, Output>, Usual> & Partial<Pick<WorkerDefinition<Input, Output>, Usual>>,
): WorkerDefinition<Input, Output> {
  return { ...usual, ...worker };
}
