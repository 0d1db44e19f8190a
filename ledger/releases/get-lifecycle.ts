/** Reads the life of one release. */
import type { Ledger } from '../ledger.ts';
import type { Lifecycle } from './lifecycle.ts';

export async function getLifecycle(_ledger: Ledger, _releaseId: string): Promise<Lifecycle | null> {
  throw new Error('not built yet');
}
