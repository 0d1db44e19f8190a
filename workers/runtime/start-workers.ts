// Starts job workers on the SDK's own job worker and stops them without losing work.
import type { Ledger } from '../../ledger/index.ts';
import { createEngineClient, forWorkers, type EngineConnection } from '../client.ts';
import { noPlatform } from '../kubeflow/no-platform.ts';
import type { Platform } from '../kubeflow/ports.ts';
import { silentLog, type Log } from '../log.ts';
import { createInferenceClient, type InferenceClient } from '../serving/inference-client.ts';
import { createServingDirectory } from '../serving/serving-directory.ts';
import { createShadowLane, type ShadowMetrics } from '../serving/shadow-lane.ts';
import type { WorkerSettings } from '../settings.ts';
import { createJobCounter, type WorkerMetrics } from './job-counter.ts';
import { releaseHeldJobs, workerNamePrefix } from './release-held-jobs.ts';
import { runJob, traceVariable } from './run-job.ts';
import type { AnyWorker, RunnableJob } from './worker-definition.ts';

export type { WorkerMetrics } from './job-counter.ts';

export type StartWorkersOptions = {
  engine: EngineConnection;
  ledger: Ledger;
  settings: WorkerSettings;
  workers: readonly AnyWorker[];
  log?: Log;
  /** No other process has these workers: jobs that are held now belong to a process that was killed, and are freed first. */
  alone?: boolean;
  /** Made from the settings unless given. */
  inference?: InferenceClient;
  /** Serving deployment, pipelines and model registry; without it the workers of releases say that nothing is configured. */
  platform?: Platform;
  /** How long a poll is held by the engine. */
  pollMs?: number;
  /** Pause after an empty or failed poll. */
  pauseMs?: number;
};

export type RunningWorkers = {
  metrics(): WorkerMetrics;
  /** Of the calls of candidate versions. */
  shadow(): ShadowMetrics;
  /** Settles when no candidate waits to be asked: for tests and reports. */
  shadowIdle(): Promise<void>;
  /** Cancels the polls, then waits for the handlers; those that take longer than `drainMs` are aborted and their jobs given back. */
  stop(drainMs?: number): Promise<void>;
};

/**
 * A job stays locked for its time limit and this much longer, so that the runtime is the one that gives up first.
 * A job whose process was killed is handed out again after the two together.
 */
const lockMarginMs = 5_000;

/** Starts polling for every worker given. Polls and commands go through separate clients (design, section 2). */
export function startWorkers(options: StartWorkersOptions): RunningWorkers {
  const { engine, ledger, settings, log = silentLog } = options;
  const polls = createEngineClient(forWorkers(engine), log);
  const client = createEngineClient(forWorkers(engine), log);
  const lasting = createEngineClient(engine, log);
  const inference = options.inference ?? createInferenceClient(settings.serving, ledger.clock);
  const platform = options.platform ?? noPlatform;
  const { deployment } = platform;
  const served = createServingDirectory({ deployment, serving: settings.serving, common: inference, clock: ledger.clock, log });
  const shadow = createShadowLane({ ledger, serving: settings.serving, limits: settings.shadow, deployment, log });
  const counter = createJobCounter(options.workers.map((worker) => worker.type));
  const shutdown = new AbortController();
  const running = new Set<Promise<void>>();

  const pollers = options.workers.map((worker) =>
    polls.createJobWorker({
      jobType: worker.type,
      workerName: `${workerNamePrefix}${worker.type}`,
      autoStart: false,
      maxParallelJobs: worker.maxParallel,
      jobTimeoutMs: worker.timeLimitMs + lockMarginMs,
      pollTimeoutMs: options.pollMs ?? 20_000,
      pollIntervalMs: options.pauseMs ?? 10,
      // The SDK's type for names without its own schema is `never`.
      fetchVariables: [...Object.keys(worker.input.shape), traceVariable] as never[],
      jobHandler: async (job: RunnableJob) => {
        const work = runJob(worker, job, { client, lasting, ledger, inference, served, shadow, platform, settings, log, shutdown: shutdown.signal, counter });
        running.add(work);
        await work.finally(() => running.delete(work));
        return job.ignore();
      },
    }),
  );

  const start = () => {
    for (const poller of pollers) poller.start();
  };
  if (options.alone === true) void releaseHeldJobs(client, log).then(start);
  else start();

  return {
    metrics: () => counter.metrics(),
    shadow: () => shadow.metrics(),
    shadowIdle: () => shadow.idle(),
    async stop(drainMs = 10_000) {
      for (const poller of pollers) poller.stop();
      const giveUp = setTimeout(() => shutdown.abort(), drainMs);
      while (running.size > 0) await Promise.allSettled(running);
      clearTimeout(giveUp);
      await shadow.close();
    },
  };
}
