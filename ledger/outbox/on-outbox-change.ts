/** Wakes the dispatcher, or gives it the effect itself. */
import type { Ledger } from '../ledger.ts';
import type { EffectTaker } from '../store/notices.ts';

/** Called after each commit that added an effect or put one off. Returns the unsubscriber. */
export function onOutboxChange(ledger: Ledger, listener: () => void): () => void {
  return ledger.notices.onOutboxChange(listener);
}

/** Effects that can be told whole are given to the taker after their commit, as if it had claimed them. Returns what ends that. */
export function takeEffects(ledger: Ledger, taker: EffectTaker): () => void {
  return ledger.notices.onEffects(taker);
}
