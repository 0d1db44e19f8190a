/** Reads the life of one release; null for an unknown one. */
import type { Ledger } from '../ledger.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Lifecycle } from './lifecycle.ts';

export async function getLifecycle(ledger: Ledger, releaseId: string): Promise<Lifecycle | null> {
  return findLifecycle(ledger.db, releaseId);
}
