/** Adds documents to the evidence of a release. */
import type { Ledger } from '../ledger.ts';
import type { AddEvidenceRequest, AddEvidenceResult } from './lifecycle.ts';

export async function addEvidence(_ledger: Ledger, _request: AddEvidenceRequest): Promise<AddEvidenceResult> {
  throw new Error('not built yet');
}
