/** Tells listeners in this process what has been committed, here or in another process of the same ledger. */
import type { CaseChange } from '../cases/case-change.ts';

export type Notices = {
  onCaseChange(listener: (change: CaseChange) => void): () => void;
  onOutboxChange(listener: () => void): () => void;
  /** Called where news of other processes may have been missed: who waits looks again. */
  onMissedNews(listener: () => void): () => void;
  publish(committed: { changes: readonly CaseChange[]; outbox: boolean }): void;
  missedNews(): void;
};

export function createNotices(): Notices {
  const caseListeners = new Set<(change: CaseChange) => void>();
  const outboxListeners = new Set<() => void>();
  const missedListeners = new Set<() => void>();
  return {
    onCaseChange: (listener) => subscribe(caseListeners, listener),
    onOutboxChange: (listener) => subscribe(outboxListeners, listener),
    onMissedNews: (listener) => subscribe(missedListeners, listener),
    publish: ({ changes, outbox }) => {
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
