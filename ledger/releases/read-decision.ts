/** Reads what the standing votes say. */
import type { Ledger } from '../ledger.ts';
import type { GoLiveDecision } from './lifecycle.ts';

export async function readGoLiveDecision(_ledger: Ledger, _releaseId: string): Promise<GoLiveDecision> {
  throw new Error('not built yet');
}
