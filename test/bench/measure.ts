/** Small measuring tools of the bench: quantiles, a pool of callers, the machine's load. */
import { readdirSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';

export type Timing = { count: number; concurrency: number; perSecond: number; p50Ms: number; p99Ms: number };

/** The q-quantile of sorted values, nearest rank. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** The q-quantile of values in any order. */
export const quantileOf = (values: readonly number[], q: number): number => quantile(values.toSorted((a, b) => a - b), q);

/** Summary of call times in ms that were collected over `elapsedMs`. */
export function summarise(timesMs: readonly number[], concurrency: number, elapsedMs: number): Timing {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    concurrency,
    perSecond: Math.round((sorted.length / elapsedMs) * 1000),
    p50Ms: round(quantile(sorted, 0.5)),
    p99Ms: round(quantile(sorted, 0.99)),
  };
}

/** Calls `work` `count` times by `concurrency` callers and times each call. */
export async function pool(count: number, concurrency: number, work: (index: number) => Promise<unknown>): Promise<Timing> {
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: Math.min(concurrency, count) }, async () => {
      while (next < count) {
        const index = next++;
        const before = performance.now();
        await work(index);
        times.push(performance.now() - before);
      }
    }),
  );
  return summarise(times, concurrency, performance.now() - started);
}

/**
 * Calls `work` at a steady rate, whether earlier calls have answered or not (an open loop). Times count from when a call
 * was due, so that waiting to be sent counts as waiting; of one that the timer, which knows whole milliseconds, lets go
 * early, from when it was sent.
 */
export async function steadily<T>(count: number, perSecond: number, work: (index: number) => Promise<T>, each: (ms: number, result: T) => void = () => undefined): Promise<Timing> {
  const times: number[] = [];
  const started = performance.now();
  const calls: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    const due = started + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const from = Math.min(due, performance.now());
    calls.push(work(index).then((result) => {
      const ms = performance.now() - from;
      times.push(ms);
      each(ms, result);
    }));
  }
  await Promise.all(calls);
  return summarise(times, perSecond, performance.now() - started);
}

/** One-minute load average, to print beside each figure: machines are shared and noisy. */
export const load = () => round(loadavg()[0] ?? 0);

export const round = (value: number) => Math.round(value * 100) / 100;

/** CPU time in ms of all threads of this process since it began, its children's left out. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What the files of a folder take. */
export const bytesIn = (folder: string): number => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
