/** Ends the wait of a shadow or canary step. */
import type { Ledger } from '../ledger.ts';
import type { StepNowResult } from './lifecycle.ts';

export async function askNextStep(_ledger: Ledger, _request: { releaseId: string; by: string }): Promise<StepNowResult> {
  throw new Error('not built yet');
}
