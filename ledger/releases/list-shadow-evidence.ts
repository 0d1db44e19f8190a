/** The cases on which a candidate is compared. */
import type { Ledger } from '../ledger.ts';
import type { ShadowCase } from './lifecycle.ts';

export async function listShadowEvidence(_ledger: Ledger, _releaseId: string): Promise<ShadowCase[]> {
  throw new Error('not built yet');
}
