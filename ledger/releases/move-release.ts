/** Moves a release to its next state. */
import type { Ledger } from '../ledger.ts';
import type { MoveReleaseRequest, MoveReleaseResult } from './lifecycle.ts';

export async function moveRelease(_ledger: Ledger, _request: MoveReleaseRequest): Promise<MoveReleaseResult> {
  throw new Error('not built yet');
}
