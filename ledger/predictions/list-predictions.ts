/** All predictions for a case, in the order in which they came. */
import type { Ledger } from '../ledger.ts';
import { toPrediction } from './prediction-row.ts';
import type { Prediction } from './prediction.ts';

export async function listPredictions(ledger: Ledger, caseId: string): Promise<Prediction[]> {
  const rows = await ledger.db.selectFrom('predictions').selectAll().where('case_id', '=', caseId).orderBy('record_seq').execute();
  return rows.map(toPrediction);
}
