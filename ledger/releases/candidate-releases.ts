/** The versions of a service in shadow or canary. */
import type { Ledger } from '../ledger.ts';
import type { CandidateRelease } from './lifecycle.ts';

export async function candidateReleases(_ledger: Ledger, _service: string): Promise<CandidateRelease[]> {
  throw new Error('not built yet');
}
