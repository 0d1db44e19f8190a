/** Ends a release that the votes or the gate said no to. */
import type { Ledger } from '../ledger.ts';
import type { EndReleaseRequest, MoveReleaseResult } from './lifecycle.ts';
import { moveRelease } from './move-release.ts';

export async function rejectRelease(ledger: Ledger, { releaseId, by, why = { code: 'REJECTED' } }: EndReleaseRequest): Promise<MoveReleaseResult> {
  return moveRelease(ledger, { releaseId, to: 'rejected', by, why });
}
