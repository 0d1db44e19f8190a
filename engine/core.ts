// The engine's core as its REST facade sees it: submit commands, read rows, wait for jobs and results.
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ControlledClock } from './clock.ts';
import { createDrgs } from './decision-evaluation/state.ts';
import { openDocuments, type Documents } from './document/documents.ts';
import { readResources } from './deployment/read-resources.ts';
import type { Key } from './keys.ts';
import type { ActivatedJob, ActivateJobs } from './job/records.ts';
import { createRetention } from './history/retention.ts';
import type { Retention } from './history/retention.ts';
import { createLog } from './log/log.ts';
import { createLogSweep } from './log/sweep.ts';
import { silentLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { createApply, type Apply } from './processing/apply.ts';
import { createBatches } from './processing/batches.ts';
import type { Batches, Outcome } from './processing/batches.ts';
import { readDueRows } from './processing/due.ts';
import { MOST_WAITING } from './processing/overloaded.ts';
import { openInstanceRows } from './processing/instance-rows.ts';
import { createKeySource } from './processing/key-source.ts';
import { runCommand } from './processing/run-command.ts';
import { createScheduler } from './processing/scheduler.ts';
import { createWaitingActivations } from './processing/waiting-activations.ts';
import type { WaitingActivation, WaitingActivations } from './processing/waiting-activations.ts';
import { createWaitingResults } from './processing/waiting-results.ts';
import type { WaitingResults } from './processing/waiting-results.ts';
import { createWaitingTasks } from './processing/waiting-tasks.ts';
import type { WaitingTasks } from './processing/waiting-tasks.ts';
import type { AnswerOf, AnyCommand, Command, Result } from './records.ts';
import { createCommits } from './store/commits.ts';
import { checkMark, keepMark } from './store/high-water-mark.ts';
import { openSearchSnapshots } from './store/search-snapshots.ts';
import type { EngineMetrics, OnCommit } from './metrics/engine-metrics.ts';
import { createFigures } from './metrics/read-figures.ts';
import type { EngineFigures } from './metrics/read-figures.ts';
import { openStore } from './store/open-store.ts';
import { one } from './store/statements.ts';
import type { Store } from './store/open-store.ts';
import { STEPS_AT_ONCE } from './turn/pause.ts';
import { createTurnWatch } from './turn/watch-turns.ts';
import type { Variables } from './variable/records.ts';
import { createView } from './view.ts';
import type { View } from './view.ts';

export type { EngineMetrics, Logger };

export type CoreOptions = {
  /** Path of the SQLite file, or `:memory:`. */
  readonly file: string;
  readonly clock: ControlledClock;
  /** Of cycles, cron and `now()`; UTC when left out. */
  readonly timeZone?: string;
  readonly logger?: Logger;
  /** How many commands, and how many held job requests, may wait; more are turned away. */
  readonly mostWaiting?: number;
  /** Test switch: how many steps of a command a batch takes before the others have their turn. */
  readonly stepsAtOnce?: number;
  /** How long process instances are kept after their end, in milliseconds; for ever when left out. */
  readonly keepHistoryMs?: number;
  /** Goes on where acknowledged commands are missing, if the log ends at exactly this position (store/high-water-mark.ts). */
  readonly acceptLoss?: number;
  /** Called before each commit that waits for the disk: puts there what its commands rely on elsewhere, or throws, and then they are taken back. */
  readonly beforeCommit?: () => void;
  /** Test switch: `searchDb()` shows the state as of that long ago, as a cluster's searches do. */
  readonly searchDelayMs?: number;
};

/** `isLight`: answered before it is committed; of workers whose repetition is harmless (ADR 123). */
export type Durability = { readonly isLight: boolean };

export type JobRequest = Omit<ActivateJobs, 'type'> & {
  /** Milliseconds to wait for a job: below 0 not at all, 0 the default of 10 s. */
  readonly requestTimeout: number;
};

export type AwaitedResult =
  | { readonly kind: 'completed'; readonly variables: Variables }
  /** Cancelled while the caller waited. */
  | { readonly kind: 'terminated' }
  | { readonly kind: 'timeout' };

export type Core = {
  /**
   * Decides the command and answers after its events are fsynced. A refusal is `ok: false`; the promise rejects only
   * for a defect (ours), when the engine is closed, or with `Overloaded`.
   */
  submit<C extends Command>(command: C, how?: Durability): Promise<Result<AnswerOf<C['type']>>>;
  /** Jobs of a type, waiting for them as long as the request says. When the signal aborts nothing is activated any more. */
  activateJobs(request: JobRequest, signal?: AbortSignal, how?: Durability): Promise<readonly ActivatedJob[]>;
  /** Waits for the end of an instance; call it after its `process-instance.create` was answered. */
  awaitResult(
    processInstanceKey: Key,
    options: { readonly timeoutMs: number; readonly fetchVariables?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<AwaitedResult>;
  /** Waits for the listeners of a task's step; call it when the command answered that there are some. */
  readonly awaitTask: WaitingTasks['wait'];
  /** Commits what was answered lightly: before anybody else is shown the state. */
  flush(): void;
  /** Resolves when no command waits and nothing is due: for tests that moved the clock. */
  settled(): Promise<void>;
  /** Purges at once what is older than `keepHistoryMs`, where that is set, instead of little by little; resolves to the process instances that went. */
  readonly purgeHistory: Retention['run'];
  /** The store for prepared reads. Never write through it. */
  readonly db: DatabaseSync;
  /** The store as searches may see it: `db`, or a snapshot of a while ago (`searchDelayMs`). Ask anew for each search. */
  searchDb(): DatabaseSync;
  readonly documents: Documents;
  readonly clock: ControlledClock;
  readonly timeZone: string;
  metrics(): EngineMetrics;
  /** Read from the store: for whoever looks now and then. */
  readonly figures: () => EngineFigures;
  readonly onCommit: OnCommit;
  close(): Promise<void>;
};

/** How long a job request waits when it names no time of its own. */
const DEFAULT_WAIT_MS = 10_000;
/** A clock that is behind the log by more than this is told of. */
const EARLIER_CLOCK_MS = 60_000;

/** Opens the store and starts to work; throws a sentence when another process holds the file. */
export function openCore(options: CoreOptions): Core {
  const { file, clock, timeZone = 'UTC', logger = silentLogger, searchDelayMs = 0, mostWaiting = MOST_WAITING, stepsAtOnce = STEPS_AT_ONCE, keepHistoryMs, acceptLoss, beforeCommit } = options;
  const store = openStore(file, (db) => { if (file !== ':memory:') checkMark({ db, file, logger, acceptLoss }); });
  const { db } = store;
  const documents = openDocumentsBeside(store, file, clock);
  warnOfEarlierClock(db, clock.now(), logger);
  const mark = file === ':memory:' ? undefined : keepMark(file, () => clock.now(), logger);
  const keys = createKeySource(db);
  const drgs = createDrgs(db);
  const rows = openInstanceRows(db);
  const { view, setNow } = createView({ db, rows, keys, drgs, timeZone, now: clock.now() });
  const applyToStore = createApply(db, rows);
  const apply: Apply = (event, at) => {
    applyToStore(event, at);
    view.variables.noted(event);
  };
  const append = createLog(db);
  const waiting = createWaitingActivations();
  const results = createWaitingResults();
  const tasks = createWaitingTasks();
  const watchTurns = createTurnWatch(logger, view);
  const due = readDueRows(db, stepsAtOnce);
  const snapshots = searchDelayMs > 0 ? openSearchSnapshots(file, searchDelayMs) : undefined;
  const commits = createCommits(db, beforeCommit);
  const batches = createBatches({
    db,
    commits,
    clock,
    logger,
    waiting,
    mostWaiting,
    due,
    begin: (now) => {
      setNow(now);
      rows.forget();
      view.variables.forget();
    },
    run: (command) => {
      const ran = runCommand(command, { view, apply, stepsAtOnce });
      rows.write();
      if (ran.ok && command.type === 'resource.delete') view.deployments.forget();
      if (ran.ok && ran.events.length > 0) append({ at: view.now, command: command.type, lastKey: keys.last(), events: ran.events });
      return ran;
    },
    forget: (keysAreKnown) => {
      if (keysAreKnown) keys.keep();
      keys.reload();
      rows.forget();
      view.variables.forget();
      view.deployments.forget();
      view.elements.forget();
    },
    readDrg: drgs.read,
    ended: results.ended,
    happened: (event) => {
      tasks.happened(event);
      watchTurns(event);
    },
  });
  const scheduler = createScheduler(clock, batches.wake);
  batches.useScheduler(scheduler);
  scheduler.reset(due.next());
  const settled = async () => {
    while (!batches.isIdle()) await new Promise(setImmediate);
  };
  const logEnds = ['ASC', 'DESC'].map((order) => one<{ position: number }>(db, `SELECT position FROM log WHERE position > 0 ORDER BY position ${order} LIMIT 1`));
  const sweep = createLogSweep(db);
  const retention = createRetention({
    keepMs: keepHistoryMs ?? null,
    clock,
    logger,
    purge: async (command) => {
      const purged = await submit(batches, command);
      if (!purged.ok) throw new Error(purged.rejection.reason);
      return purged.answer;
    },
    sweep: {
      begin: () => sweep.begin(),
      // Its transactions are its own.
      slice: (budgetMs) => {
        batches.flush();
        return sweep.slice(budgetMs);
      },
    },
    logLength: () => logEnds.reduce((first, end) => (end()?.position ?? 0) - first, 0),
  });
  let isClosed = false;
  return {
    db,
    documents,
    clock,
    timeZone,
    searchDb: () => snapshots?.current() ?? db,
    submit: (command, how) => (isClosed ? Promise.reject(new Error('The engine is closed.')) : submit(batches, command, how)),
    activateJobs: (request, signal, how) => activateJobs({ batches, waiting, request, signal, how }),
    flush: () => {
      if (!isClosed) batches.flush();
    },
    awaitResult: (processInstanceKey, wish) => awaitResult(view, results, processInstanceKey, wish),
    awaitTask: tasks.wait,
    settled,
    purgeHistory: retention.run,
    metrics: () => ({ ...batches.counts, waitingActivations: waiting.size(), waitingResults: results.size(), ...view.turns.size(), heldBatches: commits.held(), lastKey: keys.last(), ...retention.metrics() }),
    figures: createFigures({ db, due, history: view.history, waitingCommands: () => batches.waitingCommands(), now: () => clock.now(), keepMs: keepHistoryMs ?? null }),
    onCommit: (listener) => commits.onCommit((ms) => { listener(ms / 1_000); }),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await retention.close();
      scheduler.close();
      for (const request of waiting.drain()) request.answer([]);
      await settled();
      batches.close();
      results.wakeAll();
      tasks.wakeAll();
      snapshots?.close();
      documents.close();
      await mark?.close();
      store.close();
    },
  };
}

/** Timers that were set by a clock that was ahead fire when this one gets there; a person should know why they wait. */
function warnOfEarlierClock(db: DatabaseSync, now: number, logger: Logger): void {
  const last = one<{ at: number }>(db, 'SELECT at FROM log ORDER BY position DESC LIMIT 1')()?.at ?? 0;
  if (last - now > EARLIER_CLOCK_MS) logger.warn({ now, last }, `The clock stands at ${new Date(now).toISOString()}, but the last command was decided at ${new Date(last).toISOString()}. Due dates wait for the clock; set it right.`);
}

async function submit<C extends Command>(batches: Batches, command: C, how?: Durability): Promise<Result<AnswerOf<C['type']>>> {
  const read = await prepare(command);
  const outcome = read.ok ? await enqueue(batches, read.command, how) : read;
  return outcome as Result<AnswerOf<C['type']>>;
}

/** Reading diagrams is asynchronous and comes before the queue. */
async function prepare(command: Command): Promise<{ readonly ok: true; readonly command: AnyCommand } | Extract<Outcome, { ok: false }>> {
  if (command.type !== 'deployment.create') return { ok: true, command };
  const read = await readResources(command.resources);
  return read.ok ? { ok: true, command: { type: 'deployment.deploy', resources: read.resources } } : read;
}

function enqueue(batches: Batches, command: AnyCommand, how?: Durability): Promise<Outcome> {
  return new Promise((answer, fail) => batches.enqueue({ command, answer, fail, ...how }));
}

type JobWish = { readonly batches: Batches; readonly waiting: WaitingActivations; readonly request: JobRequest; readonly signal: AbortSignal | undefined; readonly how: Durability | undefined };

/** Asks for jobs and, when there are none, waits for them: in real time, as the caller does, whatever the engine's clock says. */
function activateJobs({ batches, waiting, request, signal, how }: JobWish): Promise<readonly ActivatedJob[]> {
  const { requestTimeout, ...wish } = request;
  const command: ActivateJobs = { type: 'job.activate', ...wish };
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const finish = () => {
      isOver = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      waiting.remove(waiter);
    };
    const answer = (jobs: readonly ActivatedJob[]) => {
      finish();
      resolve(jobs);
    };
    const fail = (error: unknown) => {
      finish();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const giveUp = () => answer([]);
    const waiter: WaitingActivation = { command, answer, fail, ...how };
    if (signal?.aborted === true) return giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    if (requestTimeout >= 0) timer = setTimeout(giveUp, requestTimeout === 0 ? DEFAULT_WAIT_MS : requestTimeout);
    batches.enqueue({
      command,
      ...how,
      isGone: () => isOver,
      answer: (outcome) => (outcome.ok ? answer(outcome.answer as ActivatedJob[]) : fail(new Error(outcome.rejection.reason))),
      fail,
      ...(requestTimeout >= 0 ? { wait: waiter } : {}),
    });
  });
}

function awaitResult(view: View, results: WaitingResults, processInstanceKey: Key, wish: Parameters<Core['awaitResult']>[1]): Promise<AwaitedResult> {
  const { timeoutMs, fetchVariables = [], signal } = wish;
  const readEnd = (): AwaitedResult | undefined => {
    const phase = view.processInstances.get(processInstanceKey)?.phase;
    if (phase === 'TERMINATED') return { kind: 'terminated' };
    if (phase !== 'COMPLETED') return undefined;
    const all = view.variables.allLocal(processInstanceKey);
    const isWanted = ([name]: [string, unknown]) => fetchVariables.length === 0 || fetchVariables.includes(name);
    return { kind: 'completed', variables: Object.fromEntries(Object.entries(all).filter(isWanted)) };
  };
  const ended = readEnd();
  if (ended !== undefined) return Promise.resolve(ended);
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      stopWaiting();
      signal?.removeEventListener('abort', finish);
      resolve(readEnd() ?? { kind: 'timeout' });
    };
    const stopWaiting = results.add(processInstanceKey, finish);
    const timer = setTimeout(finish, timeoutMs);
    signal?.addEventListener('abort', finish, { once: true });
  });
}

function openDocumentsBeside(store: Store, file: string, clock: ControlledClock): Documents {
  try {
    return openDocuments(file === ':memory:' ? file : join(dirname(file), 'documents.db'), clock);
  } catch (error) {
    store.close();
    throw error;
  }
}
