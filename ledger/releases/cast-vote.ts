/** Stores a go-live vote. */
import type { Ledger } from '../ledger.ts';
import type { CastVoteRequest, CastVoteResult } from './lifecycle.ts';

export async function castVote(_ledger: Ledger, _request: CastVoteRequest): Promise<CastVoteResult> {
  throw new Error('not built yet');
}
