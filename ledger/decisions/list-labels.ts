/** Decided cases as labels, each with its provenance. */
import type { Ledger } from '../ledger.ts';
import type { LabelProvenance } from './decision.ts';

export type Label = { caseId: string; service: string; class: string; provenance: LabelProvenance; labelledAt: number };

export async function listLabels(ledger: Ledger, filter: { service: string; provenance?: LabelProvenance }): Promise<Label[]> {
  let query = ledger.db
    .selectFrom('decisions')
    .select(['case_id as caseId', 'service', 'class', 'provenance', 'decided_at as labelledAt'])
    .where('service', '=', filter.service)
    .orderBy('record_seq');
  if (filter.provenance !== undefined) query = query.where('provenance', '=', filter.provenance);
  return query.execute();
}
