/** Reads a prediction out of its row. */
import { z } from 'zod';
import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import { Numbers, readJson } from '../store/json-column.ts';
import type { Prediction } from './prediction.ts';

const Novelty = z.strictObject({ score: z.number(), band: z.enum(['low', 'medium', 'high']) });

export function toPrediction(row: Selectable<Database['predictions']>): Prediction {
  return {
    caseId: row.case_id,
    role: row.role,
    releaseId: row.release_id,
    model: { name: row.model_name, version: row.model_version, digest: row.model_digest },
    class: row.class,
    confidence: row.confidence,
    probabilities: readJson(Numbers, row.probabilities),
    novelty: row.novelty === null ? null : readJson(Novelty, row.novelty),
    storedAt: row.stored_at,
  };
}
