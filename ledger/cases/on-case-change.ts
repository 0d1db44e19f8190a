/** Listens to changes of cases, for event streams and waiting callers in this process. */
import type { Ledger } from '../ledger.ts';
import type { CaseChange } from './case-change.ts';

/** Called after each commit that changed a case, in order. Returns the unsubscriber. */
export function onCaseChange(ledger: Ledger, listener: (change: CaseChange) => void): () => void {
  return ledger.notices.onCaseChange(listener);
}
