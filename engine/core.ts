// The engine's core as its REST facade sees it: submit commands, read rows, wait for jobs and results.
import type { DatabaseSync } from 'node:sqlite';
import type { ControlledClock } from './clock.ts';
import type { Key } from './keys.ts';
import type { ActivatedJob, ActivateJobs } from './job/records.ts';
import type { AnswerOf, Command, Result } from './records.ts';
import type { Variables } from './variable/records.ts';

export type Logger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type CoreOptions = {
  /** Path of the SQLite file, or `:memory:`. */
  readonly file: string;
  readonly clock: ControlledClock;
  /** Of cycles, cron and `now()`; UTC when left out. */
  readonly timeZone?: string;
  readonly logger?: Logger;
  /** Test switch: `searchDb()` shows the state as of that long ago, as a cluster's searches do. */
  readonly searchDelayMs?: number;
};

export type JobRequest = Omit<ActivateJobs, 'type'> & {
  /** Milliseconds to wait for a job: below 0 not at all, 0 the default of 10 s. */
  readonly requestTimeout: number;
};

export type AwaitedResult =
  | { readonly kind: 'completed'; readonly variables: Variables }
  /** Cancelled while the caller waited. */
  | { readonly kind: 'terminated' }
  | { readonly kind: 'timeout' };

export type EngineMetrics = {
  readonly commands: number;
  readonly rejections: number;
  readonly defects: number;
  readonly batches: number;
  readonly events: number;
  readonly waitingActivations: number;
  readonly waitingResults: number;
  readonly lastKey: Key;
};

export type Core = {
  /**
   * Decides the command and answers after its events are fsynced. A refusal is `ok: false`; the promise rejects only
   * for a defect (ours) or when the engine is closed.
   */
  submit<C extends Command>(command: C): Promise<Result<AnswerOf<C['type']>>>;
  /** Jobs of a type, waiting for them as long as the request says. When the signal aborts nothing is activated any more. */
  activateJobs(request: JobRequest, signal?: AbortSignal): Promise<readonly ActivatedJob[]>;
  /** Waits for the end of an instance; call it after its `process-instance.create` was answered. */
  awaitResult(
    processInstanceKey: Key,
    options: { readonly timeoutMs: number; readonly fetchVariables?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<AwaitedResult>;
  /** Resolves when no command waits and nothing is due: for tests that moved the clock. */
  settled(): Promise<void>;
  /** The store for prepared reads. Never write through it. */
  readonly db: DatabaseSync;
  /** The store as searches may see it: `db`, or a snapshot of a while ago (`searchDelayMs`). Ask anew for each search. */
  searchDb(): DatabaseSync;
  readonly clock: ControlledClock;
  readonly timeZone: string;
  metrics(): EngineMetrics;
  close(): Promise<void>;
};
