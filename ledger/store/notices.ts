/** Tells listeners in this process what has been committed, here or in another process of the same ledger. */
import type { CaseChange } from '../cases/case-change.ts';
import type { OutboxRow } from '../outbox/outbox-row.ts';

export type Notices = {
  onCaseChange(listener: (change: CaseChange) => void): () => void;
  onOutboxChange(listener: () => void): () => void;
  /** Called where news of other processes may have been missed: who waits looks again. */
  onMissedNews(listener: () => void): () => void;
  /** Who carries effects out in this process, where it has room for another one now; the last to come. */
  taker(): EffectTaker | undefined;
  onEffects(taker: EffectTaker): () => void;
  publish(committed: { changes: readonly CaseChange[]; outbox: boolean; handedOver?: readonly (() => void)[] }): void;
  missedNews(): void;
};

/** Carries an effect out as if it had claimed its row. */
export type EffectTaker = { hasRoom(): boolean; take(row: OutboxRow): void };

export function createNotices(): Notices {
  const takers = new Set<EffectTaker>();
  const caseListeners = new Set<(change: CaseChange) => void>();
  const outboxListeners = new Set<() => void>();
  const missedListeners = new Set<() => void>();
  return {
    onCaseChange: (listener) => subscribe(caseListeners, listener),
    onOutboxChange: (listener) => subscribe(outboxListeners, listener),
    onMissedNews: (listener) => subscribe(missedListeners, listener),
    onEffects: (taker) => subscribe(takers, taker),
    taker: () => [...takers].findLast((taker) => taker.hasRoom()),
    publish: ({ changes, outbox, handedOver = [] }) => {
      for (const handOver of handedOver) call(handOver);
      for (const change of changes) for (const listener of [...caseListeners]) call(() => listener(change));
      if (outbox) for (const listener of [...outboxListeners]) call(listener);
    },
    missedNews: () => {
      for (const listener of [...missedListeners, ...outboxListeners]) call(listener);
    },
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A listener's defect must not look like a failed commit to the one who committed. */
function call(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  }
}
