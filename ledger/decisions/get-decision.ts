/** Reads the decision of a case; null where there is none yet. */
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { toDecision } from './decision-row.ts';
import type { Decision } from './decision.ts';

export async function getDecision(ledger: Ledger, caseId: string): Promise<Decision | null> {
  const row = await decisionOfCase.first(ledger.db, { caseId });
  return row ? toDecision(row) : null;
}

const decisionOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('decisions').selectAll().where('case_id', '=', caseId));
