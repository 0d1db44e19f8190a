/** Stops a release. */
import type { Ledger } from '../ledger.ts';
import type { StopReleaseResult } from './lifecycle.ts';

export async function stopRelease(_ledger: Ledger, _request: { releaseId: string; by: string; reason: string }): Promise<StopReleaseResult> {
  throw new Error('not built yet');
}
