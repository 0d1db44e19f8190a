/** Stores what a model said of a case. */
import { writeRecord } from '../chain/write-record.ts';
import type { Kysely } from 'kysely';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { serviceOfCase } from '../cases/service-of-case.ts';
import { transactInOrder } from '../store/transact.ts';
import { findPrediction } from './get-prediction.ts';
import { toPrediction } from './prediction-row.ts';
import type { Model, Prediction, StorePredictionRequest, StorePredictionResult } from './prediction.ts';

/** Idempotent: a case has one decider's prediction, and one per shadow model version; the first one stays. The engine relies on it, nobody else before the decision. */
export async function storePrediction(ledger: Ledger, request: StorePredictionRequest): Promise<StorePredictionResult> {
  return transactInOrder(ledger, async (tx) => {
    const { caseId, role, model } = request;
    if ((await serviceOfCase(tx.db, caseId)) === null) return { kind: 'case-unknown' };
    const before = role === 'decider' ? await findPrediction(tx.db, caseId) : await findShadow(tx.db, caseId, model);
    if (before) return { kind: 'already', prediction: before };
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

async function findShadow(db: Kysely<Database>, caseId: string, model: Model): Promise<Prediction | null> {
  const row = await db
    .selectFrom('predictions')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('role', '=', 'shadow')
    .where('model_name', '=', model.name)
    .where('model_version', '=', model.version)
    .executeTakeFirst();
  return row ? toPrediction(row) : null;
}
