/** The prediction that may decide a case. */
import { sql, type Kysely } from 'kysely';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { toPrediction } from './prediction-row.ts';
import type { Prediction } from './prediction.ts';

export async function getPrediction(ledger: Ledger, caseId: string): Promise<Prediction | null> {
  return findPrediction(ledger.db, caseId);
}

/** The same inside a transaction. */
export async function findPrediction(db: Kysely<Database>, caseId: string): Promise<Prediction | null> {
  const row = await deciderOfCase.first(db, { caseId });
  return row ? toPrediction(row) : null;
}

// The role is a literal: bound as a value it would be compared with that of the partial index, and prepared anew, each time.
const deciderOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('predictions').selectAll().where('case_id', '=', caseId).where('role', '=', sql.lit('decider')));
