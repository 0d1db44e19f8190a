/** Stores what a model said of a case. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { toPrediction } from './prediction-row.ts';
import type { Prediction, StorePredictionRequest, StorePredictionResult } from './prediction.ts';

/** Idempotent: a case has one decider's prediction, and one per shadow model version; the first one stays. */
export async function storePrediction(ledger: Ledger, request: StorePredictionRequest): Promise<StorePredictionResult> {
  return transact(ledger, async (tx) => {
    const { caseId, role, model } = request;
    const known = await tx.db.selectFrom('cases').select('case_id').where('case_id', '=', caseId).executeTakeFirst();
    if (!known) return { kind: 'case-unknown' };
    const ofRole = tx.db.selectFrom('predictions').selectAll().where('case_id', '=', caseId).where('role', '=', role);
    const before = await (role === 'decider' ? ofRole : ofRole.where('model_name', '=', model.name).where('model_version', '=', model.version)).executeTakeFirst();
    if (before) return { kind: 'already', prediction: toPrediction(before) };
    const prediction: Prediction = { ...request, novelty: request.novelty ?? null, storedAt: tx.now };
    const { model: _inColumns, ...rest } = prediction;
    await writeRecord(tx, {
      kind: 'prediction-stored',
      caseId,
      facts: { ...rest, modelName: model.name, modelVersion: model.version, modelDigest: model.digest },
    });
    return { kind: 'stored', prediction };
  });
}
