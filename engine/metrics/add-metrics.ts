// The engine's figures in the words of Prometheus: of the product and of the engine alone.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { EngineMetrics, OnCommit } from './engine-metrics.ts';
import type { EngineFigures } from './read-figures.ts';

export type MeasuredEngine = {
  metrics(): EngineMetrics;
  readonly figures: () => EngineFigures;
  readonly onCommit: OnCommit;
};

/** Adds them all; without an engine (a cluster has its own) they are there and say nothing. Returns what takes its listener off. */
export function addEngineMetrics(registry: Registry, engine: MeasuredEngine | null): () => void {
  const registers = [registry];
  const counts = engine === null ? null : onceTogether(() => engine.metrics());
  const figures = engine === null ? null : onceTogether(engine.figures);
  const counter = (name: string, help: string, read: (metrics: EngineMetrics) => number) =>
    new Counter({
      registers, name, help,
      collect() {
        this.reset();
        if (counts !== null) this.inc(read(counts()));
      },
    });
  counter('stellwerk_engine_commands_total', 'Commands that the engine decided since the start, those of time and of callers.', ({ commands }) => commands);
  counter('stellwerk_engine_rejections_total', 'Commands that were refused, with a reason, since the start.', ({ rejections }) => rejections);
  counter('stellwerk_engine_defects_total', 'Commands and batches that ended in a defect of the engine and were taken back, since the start.', ({ defects }) => defects);
  counter('stellwerk_engine_overloads_total', 'Commands that were turned away because too many waited, since the start.', ({ overloads }) => overloads);
  counter('stellwerk_engine_purged_instances_total', 'Ended process instances that were purged since the start.', ({ purgedInstances }) => purgedInstances);
  const gauge = (name: string, help: string, read: (figures: EngineFigures) => number) =>
    new Gauge({ registers, name, help, collect() { if (figures !== null) this.set(read(figures())); } });
  gauge('stellwerk_engine_incidents', 'Incidents that wait for a person.', ({ activeIncidents }) => activeIncidents);
  gauge('stellwerk_engine_waiting_commands', 'Commands that wait for the next commit.', ({ waitingCommands }) => waitingCommands);
  gauge('stellwerk_engine_overdue_seconds', 'How long the earliest timer or time-out has been due; 0 when none is.', ({ overdueSeconds }) => overdueSeconds);
  gauge('stellwerk_engine_purge_overdue_seconds', 'How long the earliest ended process instance has been due to be purged; 0 when none is.', ({ purgeOverdueSeconds }) => purgeOverdueSeconds);
  gauge('stellwerk_engine_store_bytes', "Size of the engine's file, without its write-ahead log.", ({ storeBytes }) => storeBytes);
  gauge('stellwerk_engine_store_free_bytes', "Space in the engine's file that is used again before it grows.", ({ storeFreeBytes }) => storeFreeBytes);
  new Gauge({
    registers, name: 'stellwerk_engine_waiting_jobs', help: 'Jobs that wait for a worker, by type.', labelNames: ['type'],
    collect() {
      this.reset();
      for (const [type, count] of Object.entries(figures?.().waitingJobs ?? {})) this.set({ type }, count);
    },
  });
  const commits = new Histogram({ registers, name: 'stellwerk_engine_commit_seconds', help: 'Time of a commit, the disk included; all commands of a batch share one.', buckets: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] });
  return engine?.onCommit((seconds) => { commits.observe(seconds); }) ?? (() => undefined);
}

/** One look for all that are collected together. */
function onceTogether<T extends object>(read: () => T): () => T {
  let looked: T | undefined;
  return () => {
    if (looked === undefined) setImmediate(() => { looked = undefined; });
    return (looked ??= read());
  };
}
