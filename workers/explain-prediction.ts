// Job worker `explain-prediction`: fetches the contributions behind a prediction for the reviewer's second look. Never blocks a case.
import { z } from 'zod';
import { getPrediction, getService, readInput, storeExplanation, type Explanation } from '../ledger/index.ts';
import { CaseReceived } from '../processes/anomaly-routing/variables.ts';
import { defineWorker, type Tools } from './runtime/worker-definition.ts';
import { buildFeatureRow } from './serving/feature-row.ts';
import { ServingError } from './serving/serving-error.ts';
import type { RawExplanation } from './serving/v1-protocol.ts';

export const explainPrediction = defineWorker({
  type: 'explain-prediction',
  input: CaseReceived.pick({ caseId: true, service: true, serviceVersion: true }),
  output: z.object({ explained: z.boolean() }),
  errors: [],
  timeLimitMs: 60_000,
  maxParallel: 4,

  async handle({ caseId, service, serviceVersion }, tools) {
    try {
      return { explained: await explain(caseId, service, serviceVersion, tools) };
    } catch (error) {
      if (!(error instanceof ServingError)) throw error;
      tools.log.warn({ caseId, kind: error.kind, status: error.status }, `No explanation: ${error.message}`);
      return { explained: false };
    }
  },
});

async function explain(caseId: string, service: string, version: number, tools: Tools): Promise<boolean> {
  const { ledger, served, signal } = tools;
  const [prediction, stored, input] = await Promise.all([getPrediction(ledger, caseId), getService(ledger, service, version), readInput(ledger, caseId)]);
  if (prediction === null || stored === null || input.kind !== 'readable') return false;
  const model = prediction.model.name;
  const inference = await served.clientFor({ service, model });
  const about = await inference.metadata(model, signal);
  if (about?.digest != null && about.digest !== prediction.model.digest) throw new ServingError('error', 'The server holds another file of this model by now');
  const built = buildFeatureRow(about?.features ?? stored.definition.model.features, input.input);
  if (built.kind === 'unreadable') return false;
  const raw = await inference.explain({ model, row: built.row, class: prediction.class, requestId: caseId, signal });
  const kept = await storeExplanation(ledger, caseId, check(raw, prediction));
  return kept.kind === 'stored' || kept.kind === 'already';
}

/** Contributions that are about another class, or do not add up to what they explain, would mislead: refused. */
function check(raw: RawExplanation, prediction: { class: string; confidence: number }): Explanation {
  if (raw.class !== undefined && raw.class !== prediction.class) throw new ServingError('error', 'The explanation is about another class');
  const values = Object.values(raw.attributions);
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) throw new ServingError('error', 'The explanation holds no usable contributions');
  const sum = values.reduce((total, value) => total + value, 0);
  const explained = raw.prediction ?? prediction.confidence;
  const baseValue = raw.base_value ?? explained - sum;
  const tolerance = raw.tolerance ?? null;
  if (tolerance !== null && Math.abs(baseValue + sum - explained) > tolerance + 1e-6) throw new ServingError('error', 'The contributions do not add up to the prediction');
  return { method: raw.method, class: prediction.class, baseValue, prediction: explained, attributions: raw.attributions, tolerance };
}
