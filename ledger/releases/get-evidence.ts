/** Reads one evidence document by its digest. */
import type { Ledger } from '../ledger.ts';
import type { EvidenceDocument } from './evidence-document.ts';

export async function getEvidence(_ledger: Ledger, _digest: string): Promise<EvidenceDocument | null> {
  throw new Error('not built yet');
}
