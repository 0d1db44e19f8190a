/** Ends a release whose date has come. */
import type { Ledger } from '../ledger.ts';
import type { EndReleaseRequest, MoveReleaseResult } from './lifecycle.ts';

export async function expireRelease(_ledger: Ledger, _request: EndReleaseRequest): Promise<MoveReleaseResult> {
  throw new Error('not built yet');
}
