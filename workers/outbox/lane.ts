// What both lanes of the outbox do: claim rows, carry one out and write how it ended, sleep until woken.
import { claimOutbox, deferOutbox, nextOutboxAt, settleOutbox, type Ledger, type OutboxKind, type OutboxRow } from '../../ledger/index.ts';
import { engineStatus } from '../engine-status.ts';
import type { Log } from '../log.ts';
import { inSpanOfTrace, SpanKind, type SpanFacts } from '../runtime/in-span.ts';
import { WebhookFailure } from './deliver-webhook.ts';
import { dispatchEffect, type DispatchTools } from './dispatch-effect.ts';

export type LaneLoop = { state: { stopped: boolean }; wakers: Set<() => void>; pollMs: number; log: Log };

/** A ledger that cannot be read now (disk full, say) is asked again later. */
export async function claim(request: { kinds: OutboxKind[]; limit: number; leaseMs?: number }, ledger: Ledger, log: Log): Promise<OutboxRow[]> {
  try {
    return await claimOutbox(ledger, request);
  } catch (error) {
    log.error({ error: nameOf(error) }, 'The outbox could not be read; it is tried again.');
    return [];
  }
}

/** How long to sleep: until the next row of the lane is due, at most `pollMs`. */
export async function pauseMs(ledger: Ledger, kinds: OutboxKind[], pollMs: number): Promise<number> {
  try {
    const next = await nextOutboxAt(ledger, kinds);
    return next === null ? pollMs : Math.min(pollMs, Math.max(1, next - ledger.clock.now()));
  } catch {
    // The same trouble as in `claim`, which has logged it.
    return pollMs;
  }
}

/** Never throws: a row whose end could not be written is dispatched again. */
export async function carryOut(row: OutboxRow, tools: DispatchTools, log: Log): Promise<void> {
  try {
    await inSpanOfTrace(`outbox ${row.effect.kind}`, spanOf(row), () => dispatchEffect(row, tools)).then(
      () => settleOutbox(tools.ledger, row.outboxId),
      (error: unknown) => putBack(row, error, tools, log),
    );
  } catch (error) {
    // Its lease runs out, and the row is dispatched again.
    log.error({ outboxId: row.outboxId, error: nameOf(error) }, 'The end of an outbox row could not be written.');
  }
}

/** A start belongs to the trace of the call that it was accepted by. */
function spanOf({ effect, caseId }: OutboxRow): SpanFacts {
  const parent = effect.kind === 'start-case' ? effect.variables.traceparent : undefined;
  return { kind: SpanKind.PRODUCER, parent, attributes: caseId === null ? {} : { 'stellwerk.case.id': caseId } };
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

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

export type Nap = { until(ms: number): Promise<void>; drop(): void };

/** A pause that ends early when woken, also when it was woken before it began. */
export function armNap(wakers: Set<() => void>): Nap {
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
