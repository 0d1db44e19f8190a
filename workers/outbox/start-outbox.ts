// Drains the ledger's outbox into the engine and to callers' webhooks, until it is stopped.
import { onOutboxChange, takeEffects, type Ledger, type OutboxKind } from '../../ledger/index.ts';
import { createEngineClient, type EngineConnection } from '../client.ts';
import { silentLog, type Log } from '../log.ts';
import type { WebhookSettings } from '../settings.ts';
import type { DispatchTools } from './dispatch-effect.ts';
import { armNap, carryOut, claim, pauseMs, type LaneLoop } from './lane.ts';
import { runWebhookLane } from './webhook-lane.ts';

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

/** Commands to the engine, which answers at once or not at all: a batch at a time. */
const commands: { kinds: OutboxKind[]; limit: number } = { kinds: ['start-case', 'complete-user-task', 'publish-message'], limit: 64 };

/**
 * Starts a lane for commands and one for webhooks, so that no case waits for a receiver. A row is dispatched at least once; the keys in the effects make that once in the engine.
 */
export function startOutbox(options: StartOutboxOptions): RunningOutbox {
  const { ledger, webhooks, log = silentLog, pollMs = 1_000 } = options;
  const abort = new AbortController();
  const tools: DispatchTools = { client: createEngineClient(options.engine, log), ledger, webhooks, signal: abort.signal };
  const lanes = [runCommandLane, runWebhookLane].map((run) => ({ run, wakers: new Set<() => void>() }));
  const state = { stopped: false };
  const wake = () => {
    for (const { wakers } of lanes) for (const waker of wakers) waker();
  };
  const unsubscribe = onOutboxChange(ledger, wake);
  const handed = new Set<Promise<void>>();
  const takeNoMore = takeEffects(ledger, {
    hasRoom: () => handed.size < commands.limit,
    take: (row) => {
      const carried = carryOut(row, tools, log).finally(() => handed.delete(carried));
      handed.add(carried);
    },
  });
  const running = lanes.map(({ run, wakers }) => run(tools, { state, wakers, pollMs, log }));

  return {
    wake,
    async stop(drainMs = 10_000) {
      state.stopped = true;
      unsubscribe();
      takeNoMore();
      wake();
      const giveUp = setTimeout(() => abort.abort(), drainMs);
      await Promise.all([...running, ...handed]);
      clearTimeout(giveUp);
    },
  };
}

async function runCommandLane(tools: DispatchTools, loop: LaneLoop): Promise<void> {
  // Armed before each look, so that a row added while looking is not slept over.
  while (!loop.state.stopped) {
    const nap = armNap(loop.wakers);
    const rows = await claim(commands, tools.ledger, loop.log);
    await Promise.all(rows.map((row) => carryOut(row, tools, loop.log)));
    if (rows.length === 0 && !loop.state.stopped) await nap.until(await pauseMs(tools.ledger, commands.kinds, loop.pollMs));
    nap.drop();
  }
}
