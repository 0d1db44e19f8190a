/** Proposes a model version for a service. */
import type { Ledger } from '../ledger.ts';
import type { ProposeReleaseRequest, ProposeReleaseResult } from './lifecycle.ts';

export async function proposeRelease(_ledger: Ledger, _request: ProposeReleaseRequest): Promise<ProposeReleaseResult> {
  throw new Error('not built yet');
}
