/** Ends a release that was voted down or blocked. */
import type { Ledger } from '../ledger.ts';
import type { EndReleaseRequest, MoveReleaseResult } from './lifecycle.ts';

export async function rejectRelease(_ledger: Ledger, _request: EndReleaseRequest): Promise<MoveReleaseResult> {
  throw new Error('not built yet');
}
