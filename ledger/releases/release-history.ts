/** Everything that happened to a release. */
import type { Ledger } from '../ledger.ts';
import type { ReleaseHistory } from './lifecycle.ts';

export async function releaseHistory(_ledger: Ledger, _releaseId: string): Promise<ReleaseHistory | null> {
  throw new Error('not built yet');
}
