// Group commit: commands that wait are decided in one transaction and share one fsync; answers come after it.
import type { DatabaseSync } from 'node:sqlite';
import type { ControlledClock } from '../clock.ts';
import { DrgNotRead } from '../decision-evaluation/state.ts';
import type { ActivatedJob } from '../job/records.ts';
import type { Key } from '../keys.ts';
import type { Logger } from '../logger.ts';
import type { AnyCommand, EngineEvent, Rejection } from '../records.ts';
import type { Commits } from '../store/commits.ts';
import { BatchOver, createAttempts } from './attempts.ts';
import type { DueRows } from './due.ts';
import { dueAtOf } from './due.ts';
import { isRelieving, Overloaded } from './overloaded.ts';
import type { Ran } from './run-command.ts';
import type { Scheduler } from './scheduler.ts';
import { offeredJobType } from './waiting-activations.ts';
import type { WaitingActivation, WaitingActivations } from './waiting-activations.ts';

/** So many callers at most share one transaction. */
const LARGEST_BATCH = 1_000;
/** After so many steps of what is due, and as many of what was asked, the rest waits for the next transaction. */
const MOST_STEPS_AT_ONCE = 2_500;
/** A due row whose command met a defect is tried again so much later. */
const AFTER_DEFECT_MS = 60_000;
/** After a batch that could not be committed, due rows are looked for again so much later. */
const AFTER_FAILED_BATCH_MS = 1_000;
/** A light batch is committed after this long at the latest. */
const HELD_MS = 50;

export type Outcome = { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly rejection: Rejection };

/** A command with the one who waits for its answer. */
export type Pending = {
  readonly command: AnyCommand;
  answer(outcome: Outcome): void;
  /** A defect, or the engine was closed. */
  fail(error: unknown): void;
  /** A row of the store asked for it, and does so again while it is due. */
  readonly isDue?: true;
  /** The caller went away: the command is dropped when it was not decided yet. */
  readonly isGone?: () => boolean;
  /** Of a job request: waits here when there is no job. */
  readonly wait?: WaitingActivation;
  /** Whoever asks repeats it harmlessly where the end of the process takes it back: the answer does not wait for the commit. */
  readonly isLight?: boolean;
};

type Parts = {
  readonly db: DatabaseSync;
  readonly commits: Commits;
  readonly clock: ControlledClock;
  readonly logger: Logger;
  readonly waiting: WaitingActivations;
  readonly mostWaiting: number;
  readonly due: DueRows;
  /** Decides and applies one command with its follow-ups, and writes it to the log. */
  readonly run: (command: AnyCommand) => Ran;
  /** Called before a batch, with the time at which all of it happens. */
  begin(now: number): void;
  /** Called after a rollback, of a command or of more: what was read from the store may be gone. `keysAreKnown`: those of what was taken back must not be given again. */
  forget(keysAreKnown: boolean): void;
  readDrg(key: Key): Promise<void>;
  /** Called after the commit. */
  ended(processInstanceKey: Key): void;
  /** Called after the commit, with each event. */
  happened(event: EngineEvent): void;
};

/** What one transaction states, and what is done once it is committed. */
type Batch = {
  readonly events: EngineEvent[];
  readonly afterCommit: (() => void)[];
  /** Job requests that found no job. */
  readonly waits: WaitingActivation[];
};

export type Batches = {
  /** Fails with `Overloaded` where too many wait. */
  enqueue(pending: Pending): void;
  /** Looks for due rows in the next batch. */
  readonly wake: () => void;
  useScheduler(scheduler: Scheduler): void;
  isIdle(): boolean;
  /** Commands that wait for the next batch. */
  waitingCommands(): number;
  /** Commits light batches that are held. Throws where they could not be, and were taken back. */
  flush(): void;
  /** Once it is idle for good: commits what is held. */
  close(): void;
  readonly counts: { commands: number; rejections: number; defects: number; batches: number; events: number; overloads: number };
};

export function createBatches(parts: Parts): Batches {
  const { db, clock, commits, logger, waiting } = parts;
  const counts = { commands: 0, rejections: 0, defects: 0, batches: 0, events: 0, overloads: 0 };
  const attempts = createAttempts({ db, commits, run: parts.run, forget: () => parts.forget(false) });
  const queue: Pending[] = [];
  const setAside = new Map<string, number>();
  let scheduler: Scheduler | undefined;
  let isScheduled = false;
  let isDue = false;
  /** What waits for a decision graph: it left its batch and runs in a later one. */
  const putOff = new Set<Pending>();
  /** A due command of this batch waits for a decision graph. */
  let isDuePutOff = false;
  let heldTimer: NodeJS.Timeout | undefined;
  /** Jobs may be there without an event that offers them: their handing out was taken back. */
  let isOfferOwed = false;

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(runBatch);
  };

  const runOne = (command: AnyCommand): Ran => {
    counts.commands += 1;
    const ran = attempts.one(command);
    if (!ran.ok) counts.rejections += 1;
    return ran;
  };

  const overloadBy = ({ command, wait }: Pending): Overloaded | undefined => {
    if (queue.length >= parts.mostWaiting && !isRelieving(command.type)) return new Overloaded(queue.length, 'commands');
    return wait !== undefined && waiting.size() >= parts.mostWaiting ? new Overloaded(waiting.size(), 'job requests') : undefined;
  };

  const readDrgAndRetry = (pending: Pending, key: Key) => {
    putOff.add(pending);
    const goOn = () => {
      putOff.delete(pending);
      // What was due is so still: it is found again, in its order.
      if (pending.isDue === true) isDue = true;
      schedule();
    };
    parts.readDrg(key).then(
      () => {
        if (pending.isDue !== true) queue.push(pending);
        goOn();
      },
      (error: unknown) => {
        pending.fail(error);
        goOn();
      },
    );
  };

  const runBatch = () => {
    isScheduled = false;
    const now = clock.now();
    const due = isDue ? dueCommands(now) : undefined;
    const asked = queue.splice(0, LARGEST_BATCH);
    isDue = false;
    const counted = { ...counts };
    let batch: Batch;
    try {
      parts.begin(now);
      commits.begin();
      const done = attempts.batch(() => {
        Object.assign(counts, counted);
        return work(due ?? [], asked);
      });
      batch = done.batch;
      queue.unshift(...asked.splice(done.asked));
      const isLight = [...(due ?? []), ...asked].every((pending) => pending.isLight === true);
      // Nobody else hears of what the end of the process may take back.
      commits.end(isLight && !done.isHeard ? 'light' : 'durable', batch.events.length > 0);
      isOfferOwed = false;
    } catch (error) {
      takeBack([...(due ?? []), ...asked], error);
      return;
    } finally {
      if (queue.length > 0) schedule();
    }
    flushSoon();
    counts.batches += 1;
    counts.events += batch.events.length;
    for (const after of batch.afterCommit) after();
    wakeFor(batch.events, now);
    if (due !== undefined && !isDuePutOff) lookAgain(now, due.length > 0);
  };

  /** Runs what is due, some of what was asked (answers how many), and hands the jobs that came of it to those who wait. */
  const work = (due: readonly Pending[], asked: readonly Pending[]) => {
    const batch: Batch = { events: [], afterCommit: [], waits: [] };
    isDuePutOff = false;
    // What is due and not run is found again; what was asked keeps its place.
    runSome(due, batch);
    const count = runSome(asked, batch);
    for (const wait of batch.waits) waiting.add(wait);
    return { batch, asked: count, isHeard: serveWaiting(batch) };
  };

  /** Runs the first of these, as many as one transaction has steps for; answers how many. */
  const runSome = (pending: readonly Pending[], batch: Batch): number => {
    let steps = 0;
    let count = 0;
    for (const one of pending) {
      // The order of what is due can be seen from outside: the next waits for one that waits.
      if (steps >= MOST_STEPS_AT_ONCE || (isDuePutOff && one.isDue === true)) break;
      steps += runPending(one, batch);
      count += 1;
    }
    return count;
  };

  /** Answers how many steps it took. */
  const runPending = (pending: Pending, { events, afterCommit, waits }: Batch): number => {
    if (pending.isGone?.() === true) return 0;
    try {
      const ran = runOne(pending.command);
      if (!ran.ok) {
        afterCommit.push(() => pending.answer(ran));
        return 1;
      }
      for (const event of ran.events) events.push(event);
      const { answer } = ran;
      if (pending.wait !== undefined && ran.events.length === 0) waits.push(pending.wait);
      else afterCommit.push(() => pending.answer({ ok: true, answer }));
      return ran.steps;
    } catch (error) {
      if (error instanceof BatchOver) throw error;
      if (error instanceof DrgNotRead) {
        if (pending.isDue === true) isDuePutOff = true;
        readDrgAndRetry(pending, error.decisionRequirementsKey);
        return 1;
      }
      counts.defects += 1;
      afterCommit.push(() => pending.fail(error));
      return 1;
    }
  };

  /** Counts from the first batch that is held: a commit ends the wait, for a timer left over would make one more for those that came after it. */
  const flushSoon = () => {
    if (commits.held() === 0) {
      clearTimeout(heldTimer);
      heldTimer = undefined;
      return;
    }
    heldTimer ??= setTimeout(() => {
      heldTimer = undefined;
      flushQuietly();
    }, HELD_MS).unref();
  };

  const flushQuietly = () => {
    try {
      flush();
    } catch {
      // It was logged and taken back; the jobs are handed out again when their time is up.
    }
  };

  const flush = () => {
    if (commits.held() === 0) return;
    try {
      commits.flush();
    } catch (error) {
      takeBack([], error);
      throw error;
    }
  };

  /** Jobs that this batch made available go to those who wait, within the same transaction. Answers whether one of them waits for the commit. */
  const serveWaiting = ({ events, afterCommit }: Batch): boolean => {
    let isHeard = false;
    if (waiting.size() === 0) return isHeard;
    const types = new Set(isOfferOwed ? waiting.jobTypes() : events.map(offeredJobType));
    for (const jobType of types) {
      if (jobType === undefined) continue;
      for (const request of waiting.ofType(jobType)) {
        const ran = serveOne(request, afterCommit);
        if (ran === undefined) continue;
        if (!ran.ok || ran.events.length === 0) break;
        for (const event of ran.events) events.push(event);
        isHeard ||= request.isLight !== true;
        afterCommit.push(() => request.answer(ran.answer as readonly ActivatedJob[]));
      }
    }
    return isHeard;
  };

  /** Undefined where it met a defect, which is told to that request alone. */
  const serveOne = (request: WaitingActivation, afterCommit: (() => void)[]): Ran | undefined => {
    try {
      return runOne(request.command);
    } catch (error) {
      if (error instanceof BatchOver) throw error;
      counts.defects += 1;
      afterCommit.push(() => request.fail(error));
      return undefined;
    }
  };

  /** Nothing of this batch happened: the disk is full, or worse. */
  const takeBack = (batch: readonly Pending[], error: unknown) => {
    logger.error({ error }, 'A batch of commands could not be committed; all of it was taken back.');
    const keysAreKnown = commits.held() > 0;
    commits.rollback();
    parts.forget(keysAreKnown);
    isOfferOwed = true;
    counts.defects += 1;
    for (const pending of batch) if (!putOff.has(pending)) pending.fail(error);
    scheduler?.reset(clock.now() + AFTER_FAILED_BATCH_MS);
  };

  const wakeFor = (events: readonly EngineEvent[], now: number) => {
    let nearest = Infinity;
    for (const event of events) {
      const dueAt = dueAtOf(event, now);
      if (dueAt !== undefined && dueAt < nearest) nearest = dueAt;
      if (event.type === 'process-instance.completed' || event.type === 'process-instance.terminated') parts.ended(event.key);
      parts.happened(event);
    }
    if (nearest !== Infinity) scheduler?.consider(nearest);
  };

  const dueCommands = (now: number): Pending[] => {
    let hasTurn = false;
    for (const [id, until] of setAside) if (until <= now) setAside.delete(id);
    // So many may be what comes first: they must not hold back what is due behind them.
    return parts.due.commands(now, setAside.size).flatMap((command) => {
      const id = JSON.stringify(command);
      if (setAside.has(id)) return [];
      // One slice of one turn is enough for a batch.
      if (command.type === 'turn.continue' && hasTurn) return [];
      hasTurn ||= command.type === 'turn.continue';
      const fail = (error: unknown) => {
        setAside.set(id, now + AFTER_DEFECT_MS);
        logger.error({ error, command }, 'A due command met a defect; it is set aside for a minute.');
      };
      return [{ command, isDue: true, answer: () => setAside.delete(id), fail }];
    });
  };

  /** When all that is due is set aside, it rests for a while; what becomes due meanwhile does not. */
  const lookAgain = (now: number, foundSome: boolean) => {
    const next = parts.due.next();
    const isStuck = next !== undefined && next <= now && !foundSome;
    scheduler?.reset(isStuck ? Math.min(now + AFTER_DEFECT_MS, parts.due.next(now) ?? Infinity) : next);
  };

  return {
    counts,
    enqueue: (pending) => {
      const overload = overloadBy(pending);
      if (overload !== undefined) {
        counts.overloads += 1;
        return pending.fail(overload);
      }
      queue.push(pending);
      schedule();
    },
    wake: () => {
      isDue = true;
      schedule();
    },
    useScheduler: (given) => {
      scheduler = given;
    },
    waitingCommands: () => queue.length,
    isIdle: () => !isScheduled && queue.length === 0 && putOff.size === 0,
    flush,
    close: () => {
      clearTimeout(heldTimer);
      flushQuietly();
    },
  };
}
