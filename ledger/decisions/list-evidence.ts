/** First blind verdicts beside the deciding model's prediction: the material of a certificate. */
import type { Ledger } from '../ledger.ts';

export type EvidenceRow = { caseId: string; predicted: string; confidence: number; verdict: string; audit: boolean; givenAt: number };

/**
 * Per case under this release, the first reviewer's blind verdict that stands. Only rows with `audit`, or all rows of
 * a pilot, are a random sample of all cases; the others were chosen by the routing and prove nothing about it.
 */
export async function listEvidence(ledger: Ledger, releaseId: string): Promise<EvidenceRow[]> {
  const rows = await ledger.db
    .selectFrom('predictions as p')
    .innerJoin('verdicts as w', 'w.case_id', 'p.case_id')
    .leftJoin('verdict_undos as u', 'u.verdict_id', 'w.verdict_id')
    .leftJoin('audit_draws as a', 'a.case_id', 'p.case_id')
    .select(['p.case_id', 'p.class as predicted', 'p.confidence', 'w.class as verdict', 'w.given_at', 'a.audit'])
    .where('p.release_id', '=', releaseId)
    .where('p.role', '=', 'decider')
    .where('w.step', '=', 'blind')
    .where('w.purpose', '=', 'review')
    .where('w.blind', '=', 1)
    .where('u.verdict_id', 'is', null)
    .orderBy('w.record_seq')
    .execute();
  const firstByCase = new Map<string, EvidenceRow>();
  for (const { case_id: caseId, predicted, confidence, verdict, audit, given_at: givenAt } of rows) {
    if (verdict !== null && !firstByCase.has(caseId)) firstByCase.set(caseId, { caseId, predicted, confidence, verdict, audit: audit === 1, givenAt });
  }
  return [...firstByCase.values()];
}
