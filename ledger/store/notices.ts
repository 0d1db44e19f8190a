/** Tells listeners in this process what has been committed. */
import type { CaseChange } from '../cases/case-change.ts';

export type Notices = {
  onCaseChange(listener: (change: CaseChange) => void): () => void;
  onOutboxChange(listener: () => void): () => void;
  publish(committed: { changes: readonly CaseChange[]; outbox: boolean }): void;
};

export function createNotices(): Notices {
  const caseListeners = new Set<(change: CaseChange) => void>();
  const outboxListeners = new Set<() => void>();
  return {
    onCaseChange: (listener) => subscribe(caseListeners, listener),
    onOutboxChange: (listener) => subscribe(outboxListeners, listener),
    publish: ({ changes, outbox }) => {
      for (const change of changes) for (const listener of [...caseListeners]) call(() => listener(change));
      if (outbox) for (const listener of [...outboxListeners]) call(listener);
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
