// Erases what is kept of persons in cases whose time is over, from time to time, in slices that leave most of the time to others.
import { decidedBefore, eraseDueCases, finishRetentionErasures, lastDecision, lastRecordAt, listServices, type Ledger } from '../ledger/index.ts';
import { createKeptDecisions } from './kept-decisions.ts';
import type { Log } from './log.ts';

const firstLookMs = 20_000;
const everyMs = 3_600_000;
/** After each slice the work rests so many times as long as the slice took. */
const rest = 5;
const shortestRestMs = 5;
const dayMs = 86_400_000;

export type ErasureMetrics = { cases: number; keys: number; failedLooks: number };

export type Erasure = {
  /** Does now what is due, without rests: for tests. */
  run(): Promise<void>;
  /** Since the start. */
  metrics(): ErasureMetrics;
  stop(): Promise<void>;
};

/** Looks soon and then every hour. What was erased is logged once for each look. */
export function startErasure({ ledger, log }: { ledger: Ledger; log: Log }): Erasure {
  const counts: ErasureMetrics = { cases: 0, keys: 0, failedLooks: 0 };
  const trust = createTrust(ledger, log);
  const kept = createKeptDecisions();
  let isStopped = false;
  let isFinished = false;
  let isLogClean = true;
  let timer: NodeJS.Timeout | undefined;
  /** Never rejects: what failed was logged, or told to whoever called run(). */
  let running: Promise<void> = Promise.resolve();
  let endRest: () => void = () => undefined;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const resting = setTimeout(resolve, isStopped ? 0 : ms).unref();
      endRest = () => {
        clearTimeout(resting);
        resolve();
      };
    });
  const slice = async <T>(work: () => Promise<T>, isPaced: boolean): Promise<T> => {
    const began = performance.now();
    const done = await work();
    if (isPaced) await pause(Math.max(shortestRestMs, rest * (performance.now() - began)));
    return done;
  };
  /** Keys whose erasure a crash or a failure left undone. */
  const finish = async (isPaced: boolean): Promise<void> => {
    for (let after: number | null = 0; after !== null && !isStopped; ) {
      const from: number = after;
      after = await slice(() => finishRetentionErasures(ledger, from), isPaced);
    }
    isFinished = !isStopped;
  };
  /** Counts the cases of each service in `erased`, also where it fails on the way. */
  const eraseDue = async (decidedBeforeOf: ReadonlyMap<string, number>, erased: Map<string, number>, isPaced: boolean): Promise<void> => {
    await kept.readDue(decidedBeforeOf, async (range) => {
      if (isStopped) return null;
      const done = await slice(() => eraseDueCases(ledger, range), isPaced).catch((error: unknown) => {
        // Its cases may be erased, their keys not yet: the next look finishes that.
        isFinished = false;
        isLogClean = false;
        throw error;
      });
      for (const [service, cases] of done.cases) {
        isLogClean = false;
        counts.cases += cases;
        erased.set(service, (erased.get(service) ?? 0) + cases);
      }
      counts.keys += done.keys;
      return done;
    });
  };
  const look = async (isPaced: boolean): Promise<void> => {
    if (isStopped || !(await trust())) return;
    if (!isFinished) await finish(isPaced);
    const retentionDays = new Map((await listServices(ledger)).map(({ definition }) => [definition.id, definition.retentionDays]));
    const now = ledger.clock.now();
    kept.grew(await lastDecision(ledger), now);
    const erased = new Map<string, number>();
    try {
      await eraseDue(new Map([...retentionDays].map(([service, days]) => [service, decidedBefore(days, now)])), erased, isPaced);
    } finally {
      for (const [service, cases] of erased) log.info({ service, cases, retentionDays: retentionDays.get(service) }, 'What was kept of persons in cases whose time is over was erased.');
    }
    if (isLogClean) return;
    await ledger.cleanCaseLog();
    isLogClean = true;
  };
  const lookLater = (ms: number): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = look(true)
        .catch((error: unknown) => {
          counts.failedLooks += 1;
          log.error({ error: error instanceof Error ? error.message : typeof error }, 'Cases whose time is over could not be erased; it is tried again in an hour.');
        })
        .finally(() => { lookLater(everyMs); });
    }, ms).unref();
  };
  lookLater(firstLookMs);
  return {
    run: () => {
      const looked = running.then(() => look(false));
      running = looked.catch(() => undefined);
      return looked;
    },
    metrics: () => ({ ...counts }),
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      endRest();
      await running;
    },
  };
}

/**
 * Whether the clock may say that a time is over. What is erased does not come back, so a clock that is more than a day
 * further than when the ledger was last written, or last looked at, is believed a day later: till then a person can set it right.
 */
function createTrust(ledger: Ledger, log: Log): () => Promise<boolean> {
  let known: number | null | undefined;
  let heldUntil = 0;
  return async () => {
    const now = ledger.clock.now();
    if (known === undefined) known = await lastRecordAt(ledger);
    if (known !== null && now - known > dayMs) {
      heldUntil = now + dayMs;
      log.warn({ lastKnown: new Date(known).toISOString(), now: new Date(now).toISOString(), heldUntil: new Date(heldUntil).toISOString() }, 'The clock is more than a day further than when it was last seen: cases whose time is over are erased a day from now. Set the clock right if it is wrong.');
    }
    known = now;
    return now >= heldUntil;
  };
}
