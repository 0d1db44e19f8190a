// Drains the ledger's outbox into the engine and to callers' webhooks, until it is stopped.
import { claimOutbox, deferOutbox, nextOutboxAt, onOutboxChange, settleOutbox, type Ledger, type OutboxKind, type OutboxRow } from '../../ledger/index.ts';
import { createEngineClient, type EngineConnection } from '../client.ts';
import { engineStatus } from '../engine-status.ts';
import { silentLog, type Log } from '../log.ts';
import type { WebhookSettings } from '../settings.ts';
import { WebhookFailure } from './deliver-webhook.ts';
import { dispatchEffect, type DispatchTools } from './dispatch-effect.ts';

export type StartOutboxOptions = {
  engine: EngineConnection;
  ledger: Ledger;
  webhooks: WebhookSettings;
  log?: Log;
  /** Looks again after this long even when nothing woke it. */
  pollMs?: number;
};

export type RunningOutbox = {
  /** Looks for due rows now: for a test that moved the clock. */
  wake(): void;
  /** Takes no more rows, then waits for those under way; what takes longer than `drainMs` is aborted and stays owed. */
  stop(drainMs?: number): Promise<void>;
};

/** Commands to the engine and webhooks run in lanes of their own: a slow receiver holds no case up. */
const lanes: { kinds: OutboxKind[]; limit: number }[] = [
  { kinds: ['start-case', 'complete-user-task'], limit: 64 },
  { kinds: ['webhook'], limit: 8 },
];

/** Starts the lanes. A row is dispatched at least once; the keys in the effects make that once in the engine. */
export function startOutbox(options: StartOutboxOptions): RunningOutbox {
  const { ledger, webhooks, log = silentLog, pollMs = 1_000 } = options;
  const abort = new AbortController();
  const tools: DispatchTools = { client: createEngineClient(options.engine, log), ledger, webhooks, signal: abort.signal };
  const wakers = new Set<() => void>();
  const state = { stopped: false };
  const wake = () => {
    for (const waker of wakers) waker();
  };
  const unsubscribe = onOutboxChange(ledger, wake);
  const running = lanes.map((lane) => runLane(lane, tools, { state, wakers, pollMs, log }));

  return {
    wake,
    async stop(drainMs = 10_000) {
      state.stopped = true;
      unsubscribe();
      wake();
      const giveUp = setTimeout(() => abort.abort(), drainMs);
      await Promise.all(running);
      clearTimeout(giveUp);
    },
  };
}

type LaneLoop = { state: { stopped: boolean }; wakers: Set<() => void>; pollMs: number; log: Log };

async function runLane(lane: (typeof lanes)[number], tools: DispatchTools, loop: LaneLoop): Promise<void> {
  // Armed before each look, so that a row added while looking is not slept over.
  while (!loop.state.stopped) {
    const nap = armNap(loop.wakers);
    const rows = await claim(lane, tools.ledger, loop.log);
    await Promise.all(rows.map((row) => carryOut(row, tools, loop.log)));
    if (rows.length === 0 && !loop.state.stopped) await nap.until(await pauseMs(tools.ledger, loop.pollMs));
    nap.drop();
  }
}

/** A ledger that cannot be read now (disk full, say) is asked again later. */
async function claim(lane: (typeof lanes)[number], ledger: Ledger, log: Log): Promise<OutboxRow[]> {
  try {
    return await claimOutbox(ledger, { limit: lane.limit, kinds: lane.kinds });
  } catch (error) {
    log.error({ error: nameOf(error) }, 'The outbox could not be read; it is tried again.');
    return [];
  }
}

async function pauseMs(ledger: Ledger, pollMs: number): Promise<number> {
  try {
    const next = await nextOutboxAt(ledger);
    return next === null ? pollMs : Math.min(pollMs, Math.max(1, next - ledger.clock.now()));
  } catch {
    // The same trouble as in `claim`, which has logged it.
    return pollMs;
  }
}

async function carryOut(row: OutboxRow, tools: DispatchTools, log: Log): Promise<void> {
  try {
    await dispatchEffect(row, tools).then(
      () => settleOutbox(tools.ledger, row.outboxId),
      (error: unknown) => putBack(row, error, tools, log),
    );
  } catch (error) {
    // Its lease runs out, and the row is dispatched again.
    log.error({ outboxId: row.outboxId, error: nameOf(error) }, 'The end of an outbox row could not be written.');
  }
}

async function putBack(row: OutboxRow, error: unknown, { ledger, webhooks }: DispatchTools, log: Log): Promise<void> {
  const said = sayFailure(error);
  log.warn({ outboxId: row.outboxId, kind: row.effect.kind, attempts: row.attempts + 1, error: said }, 'An outbox row could not be carried out.');
  if (row.effect.kind !== 'webhook') return deferOutbox(ledger, row.outboxId, { error: said });
  if (row.attempts + 1 >= webhooks.attempts) {
    log.error({ outboxId: row.outboxId, caseId: row.caseId }, 'A webhook is given up; the caller can still read the case.');
    return settleOutbox(ledger, row.outboxId);
  }
  return deferOutbox(ledger, row.outboxId, { error: said, retryAt: ledger.clock.now() + webhookPauseMs(row.attempts) });
}

/** 5 s, 15 s, 45 s … up to 6 h: twelve tries reach over a day. */
function webhookPauseMs(attempts: number): number {
  return Math.min(6 * 3_600_000, 5_000 * 3 ** attempts);
}

/** Our own sentences whole; of others the kind and the status, because their text may quote a case. */
function sayFailure(error: unknown): string {
  if (error instanceof WebhookFailure) return error.message;
  const status = engineStatus(error);
  return status === null ? nameOf(error) : `${nameOf(error)} ${status}`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

type Nap = { until(ms: number): Promise<void>; drop(): void };

/** A pause that ends early when woken, also when it was woken before it began. */
function armNap(wakers: Set<() => void>): Nap {
  const { promise, resolve } = Promise.withResolvers<void>();
  wakers.add(resolve);
  return {
    async until(ms) {
      const timer = setTimeout(resolve, ms);
      await promise;
      clearTimeout(timer);
    },
    drop: () => void wakers.delete(resolve),
  };
}
