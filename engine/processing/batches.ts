// Group commit: commands that wait are decided in one transaction and share one fsync; answers come after it.
import type { DatabaseSync } from 'node:sqlite';
import type { ControlledClock } from '../clock.ts';
import { DrgNotRead } from '../decision-evaluation/state.ts';
import type { ActivatedJob } from '../job/records.ts';
import type { Key } from '../keys.ts';
import type { Logger } from '../logger.ts';
import type { AnyCommand, EngineEvent, Rejection } from '../records.ts';
import type { DueRows } from './due.ts';
import { dueAtOf } from './due.ts';
import { isRelieving, Overloaded } from './overloaded.ts';
import type { Ran } from './run-command.ts';
import type { Scheduler } from './scheduler.ts';
import { offeredJobType } from './waiting-activations.ts';
import type { WaitingActivation, WaitingActivations } from './waiting-activations.ts';

/** So many callers at most share one transaction. */
const LARGEST_BATCH = 1_000;
/** A due row whose command met a defect is tried again so much later. */
const AFTER_DEFECT_MS = 60_000;
/** After a batch that could not be committed, due rows are looked for again so much later. */
const AFTER_FAILED_BATCH_MS = 1_000;

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
};

type Parts = {
  readonly db: DatabaseSync;
  readonly clock: ControlledClock;
  readonly logger: Logger;
  readonly waiting: WaitingActivations;
  readonly mostWaiting: number;
  readonly due: DueRows;
  /** Decides and applies one command with its follow-ups, and writes it to the log. */
  run(command: AnyCommand): Ran;
  /** Called before a batch, with the time at which all of it happens. */
  begin(now: number): void;
  /** Called after a rollback: what was read from the store may be gone. */
  forget(): void;
  readDrg(key: Key): Promise<void>;
  /** Called after the commit. */
  ended(processInstanceKey: Key): void;
  /** Called after the commit, with each event. */
  happened(event: EngineEvent): void;
};

/** SQLite took back the whole transaction (disk full, I/O error): the batch is over. */
class TransactionLost extends Error {}

export type Batches = {
  /** Fails with `Overloaded` where too many wait. */
  enqueue(pending: Pending): void;
  /** Looks for due rows in the next batch. */
  readonly wake: () => void;
  useScheduler(scheduler: Scheduler): void;
  isIdle(): boolean;
  readonly counts: { commands: number; rejections: number; defects: number; batches: number; events: number; overloads: number };
};

export function createBatches(parts: Parts): Batches {
  const { db, clock, logger, waiting } = parts;
  const counts = { commands: 0, rejections: 0, defects: 0, batches: 0, events: 0, overloads: 0 };
  const savepoint = db.prepare('SAVEPOINT command');
  const release = db.prepare('RELEASE command');
  const queue: Pending[] = [];
  const setAside = new Map<string, number>();
  let scheduler: Scheduler | undefined;
  let isScheduled = false;
  let isDue = false;
  let readingDrgs = 0;

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(runBatch);
  };

  /** Runs in a savepoint of its own, so that a defect takes back this command only. */
  const runOne = (command: AnyCommand): Ran => {
    counts.commands += 1;
    savepoint.run();
    try {
      const ran = parts.run(command);
      release.run();
      if (!ran.ok) counts.rejections += 1;
      return ran;
    } catch (error) {
      if (!db.isTransaction) throw new TransactionLost('The store took the transaction back.', { cause: error });
      db.exec('ROLLBACK TO command; RELEASE command');
      parts.forget();
      throw error;
    }
  };

  const overloadBy = ({ command, wait }: Pending): Overloaded | undefined => {
    if (queue.length >= parts.mostWaiting && !isRelieving(command.type)) return new Overloaded(queue.length, 'commands');
    return wait !== undefined && waiting.size() >= parts.mostWaiting ? new Overloaded(waiting.size(), 'job requests') : undefined;
  };

  const readDrgAndRetry = (pending: Pending, key: Key) => {
    readingDrgs += 1;
    const goOn = () => {
      readingDrgs -= 1;
      // What was due is so still: it is found again, in its order.
      if (pending.isDue === true) isDue = true;
      else queue.push(pending);
      schedule();
    };
    parts.readDrg(key).then(goOn, (error: unknown) => {
      readingDrgs -= 1;
      pending.fail(error);
      if (pending.isDue === true) isDue = true;
      schedule();
    });
  };

  const runBatch = () => {
    isScheduled = false;
    const now = clock.now();
    const batch = queue.splice(0, LARGEST_BATCH);
    const due = isDue ? dueCommands(now) : undefined;
    if (due !== undefined) batch.unshift(...due);
    isDue = false;
    if (queue.length > 0) schedule();
    let isDuePutOff = false;
    const afterCommit: (() => void)[] = [];
    const events: EngineEvent[] = [];
    try {
      parts.begin(now);
      db.exec('BEGIN IMMEDIATE');
      for (const pending of batch) {
        // The order of what is due can be seen from outside: the next waits for one that waits.
        if (isDuePutOff && pending.isDue === true) continue;
        if (runPending(pending, events, afterCommit) === 'put off' && pending.isDue === true) isDuePutOff = true;
      }
      serveWaiting(events, afterCommit);
      db.exec('COMMIT');
    } catch (error) {
      takeBack(batch, error);
      return;
    }
    counts.batches += 1;
    counts.events += events.length;
    for (const after of afterCommit) after();
    wakeFor(events, now);
    if (due !== undefined && !isDuePutOff) lookAgain(now, due.length > 0);
  };

  const runPending = (pending: Pending, events: EngineEvent[], afterCommit: (() => void)[]): 'put off' | undefined => {
    if (pending.isGone?.() === true) return undefined;
    try {
      const ran = runOne(pending.command);
      if (!ran.ok) {
        afterCommit.push(() => pending.answer(ran));
        return undefined;
      }
      for (const event of ran.events) events.push(event);
      const { answer } = ran;
      if (pending.wait !== undefined && ran.events.length === 0) waiting.add(pending.wait);
      else afterCommit.push(() => pending.answer({ ok: true, answer }));
    } catch (error) {
      if (error instanceof TransactionLost) throw error;
      if (error instanceof DrgNotRead) {
        readDrgAndRetry(pending, error.decisionRequirementsKey);
        return 'put off';
      }
      counts.defects += 1;
      afterCommit.push(() => pending.fail(error));
    }
    return undefined;
  };

  /** Jobs that this batch made available go to those who wait, within the same transaction. */
  const serveWaiting = (events: EngineEvent[], afterCommit: (() => void)[]) => {
    if (waiting.size() === 0) return;
    const types = new Set(events.map(offeredJobType));
    for (const jobType of types) {
      if (jobType === undefined) continue;
      for (const request of waiting.ofType(jobType)) {
        const ran = runOne(request.command);
        if (!ran.ok || ran.events.length === 0) break;
        for (const event of ran.events) events.push(event);
        afterCommit.push(() => request.answer(ran.answer as readonly ActivatedJob[]));
      }
    }
  };

  /** Nothing of this batch happened: the disk is full, or worse. */
  const takeBack = (batch: readonly Pending[], error: unknown) => {
    logger.error({ error }, 'A batch of commands could not be committed; all of it was taken back.');
    if (db.isTransaction) db.exec('ROLLBACK');
    parts.forget();
    counts.defects += 1;
    for (const pending of batch) pending.fail(error);
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

  const dueCommands = (now: number): Pending[] =>
    parts.due.commands(now).flatMap((command) => {
      const id = JSON.stringify(command);
      if ((setAside.get(id) ?? -Infinity) > now) return [];
      const fail = (error: unknown) => {
        setAside.set(id, now + AFTER_DEFECT_MS);
        logger.error({ error, command }, 'A due command met a defect; it is set aside for a minute.');
      };
      return [{ command, isDue: true, answer: () => setAside.delete(id), fail }];
    });

  /** When all that is due is set aside, it rests for a while. */
  const lookAgain = (now: number, foundSome: boolean) => {
    const next = parts.due.next();
    const isStuck = next !== undefined && next <= now && !foundSome;
    scheduler?.reset(isStuck ? now + AFTER_DEFECT_MS : next);
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
    isIdle: () => !isScheduled && queue.length === 0 && readingDrgs === 0,
  };
}
