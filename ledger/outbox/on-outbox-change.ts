/** Wakes the dispatcher. */
import type { Ledger } from '../ledger.ts';

/** Called after each commit that added an effect or put one off. Returns the unsubscriber. */
export function onOutboxChange(ledger: Ledger, listener: () => void): () => void {
  return ledger.notices.onOutboxChange(listener);
}
