// The work behind retention: looks from time to time, purges in small slices, then sifts the log, and leaves most of the time to others.
import type { Clock } from '../clock.ts';
import type { LogSweep } from '../log/sweep.ts';
import type { Logger } from '../logger.ts';
import type { HistoryCursor, PurgeAnswer, PurgeHistory } from './records.ts';

/** Trees of process instances that go with one command: a few milliseconds of work. */
const TREES_AT_ONCE = 20;
/** A slice of the log takes about so long. */
const SLICE_MS = 4;
/** After each slice the work rests so many times as long as the slice took: a sixth of the time at most. */
const REST = 5;
const SHORTEST_REST_MS = 5;
const FIRST_LOOK_MS = 10_000;
const LOOK_EVERY_MS = 60_000;
/** A short log is sifted after every purge; a long one when a good part of it has become superfluous, or after a day. */
const SHORT_LOG = 20_000;
const ENTRIES_PER_INSTANCE = 4;
const WORTH_A_PASS = 0.1;
const DAY_MS = 86_400_000;

export type HistoryMetrics = { readonly purgedInstances: number; readonly purgeSlices: number; readonly logPasses: number };

export type Retention = {
  /** Does all there is to do now, without rests: for tests and tools. Resolves to the process instances that went. */
  readonly run: () => Promise<number>;
  metrics(): HistoryMetrics;
  /** Ends after the slice under way. */
  close(): Promise<void>;
};

type Parts = {
  /** Null: everything is kept. */
  readonly keepMs: number | null;
  readonly clock: Clock;
  readonly logger: Logger;
  purge(command: PurgeHistory): Promise<PurgeAnswer>;
  readonly sweep: LogSweep;
  /** How many entries the log has, at most; cheap. */
  logLength(): number;
};

export function createRetention(parts: Parts): Retention {
  const { keepMs, clock, logger, sweep } = parts;
  const counts = { purgedInstances: 0, purgeSlices: 0, logPasses: 0 };
  let purgedSincePass = 0;
  let lastPass = clock.now();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  let endRest: () => void = () => undefined;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const resting = setTimeout(resolve, isClosed ? 0 : ms).unref();
      endRest = () => {
        clearTimeout(resting);
        resolve();
      };
    });

  const measured = async <T>(slice: () => T | Promise<T>, isPaced: boolean): Promise<T> => {
    const began = performance.now();
    const done = await slice();
    const took = performance.now() - began;
    await (isPaced ? rest(Math.max(SHORTEST_REST_MS, REST * took)) : new Promise(setImmediate));
    return done;
  };

  const purgeAll = async (endedBefore: number, isPaced: boolean): Promise<number> => {
    let purged = 0;
    let after: HistoryCursor | null = null;
    do {
      const command: PurgeHistory = { type: 'history.purge', endedBefore, most: TREES_AT_ONCE, after };
      const answer = await measured(() => parts.purge(command), isPaced);
      counts.purgeSlices += 1;
      counts.purgedInstances += answer.processInstances;
      purgedSincePass += answer.processInstances;
      purged += answer.processInstances;
      after = answer.next;
    } while (after !== null && !isClosed);
    return purged;
  };

  const siftLog = async (isPaced: boolean): Promise<void> => {
    sweep.begin();
    while (!isClosed && (await measured(() => sweep.slice(SLICE_MS), isPaced)));
    if (isClosed) return;
    counts.logPasses += 1;
    purgedSincePass = 0;
    lastPass = clock.now();
  };

  const isWorthAPass = (): boolean => {
    const length = parts.logLength();
    return length < SHORT_LOG || clock.now() - lastPass >= DAY_MS || purgedSincePass * ENTRIES_PER_INSTANCE >= length * WORTH_A_PASS;
  };

  // One after the other: nothing may be purged while the log is sifted.
  const look = (isPaced: boolean): Promise<number> => {
    const once = async () => {
      if (keepMs === null || isClosed) return 0;
      const purged = await purgeAll(clock.now() - keepMs, isPaced);
      if (purgedSincePass > 0 && (!isPaced || isWorthAPass())) await siftLog(isPaced);
      return purged;
    };
    return (running = running.then(once, once));
  };

  const lookLater = (ms: number) => {
    if (isClosed || keepMs === null) return;
    timer = setTimeout(() => {
      look(true)
        .catch((error: unknown) => { if (!isClosed) logger.error({ error }, 'Old process instances could not be purged; tried again in a minute.'); })
        .finally(() => { lookLater(LOOK_EVERY_MS); });
    }, ms).unref();
  };
  lookLater(FIRST_LOOK_MS);

  return {
    run: () => look(false),
    metrics: () => counts,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      endRest();
      // What failed was logged above, or told to whoever called run().
      await running.catch(() => 0);
    },
  };
}
