// Asks served models for every row, some at a time, through the same client and the same endpoint as live cases.
import type { DecisionServiceDefinition, Feature } from '../../ledger/services/definition.ts';
import type { Model } from '../../ledger/index.ts';
import type { ClassPrediction } from '../serving/class-prediction.ts';
import { buildFeatureRow } from '../serving/feature-row.ts';
import type { InferenceClient } from '../serving/inference-client.ts';
import { ServingError } from '../serving/serving-error.ts';
import { EvaluationFailure } from './evaluation-failure.ts';
import type { LabelledRow } from './labelled-rows.ts';

/** What a model said of one row, and how long the caller waited, in milliseconds. */
export type ScoredRow = ClassPrediction & { ms: number };

/** A version and the client of the endpoint that serves it. */
export type ServedModel = { model: Model; inference: Pick<InferenceClient, 'metadata' | 'predict'> };

export type ScoreRowsOptions = {
  definition: DecisionServiceDefinition;
  rows: readonly LabelledRow[];
  signal: AbortSignal;
  /** A steady clock in milliseconds, for waiting times only. */
  steadyClock: () => number;
  /** Rows under way at once: few, for live cases use the same endpoint. */
  parallel?: number;
};

/** Rows asked before any waiting time counts: the first calls of a process are slower and stand for none of the others. */
const warmUpRows = 20;

/**
 * Per model and row what it said; null where it answered with an error or with nonsense. Each row goes to all models in
 * turn, so that they wait under the same load. Throws `ServingError` where a model cannot be reached, and
 * `EvaluationFailure` where another file is served than its version names, before or after.
 */
export async function scoreRows(models: readonly ServedModel[], options: ScoreRowsOptions): Promise<(ScoredRow | null)[][]> {
  const { rows, parallel = 4, steadyClock } = options;
  const asks: Ask[] = [];
  for (const served of models) asks.push(await prepare(served, options));
  const scored = models.map(() => new Array<ScoredRow | null>(rows.length).fill(null));
  const askAll = async (index: number): Promise<void> => {
    const row = rows[index];
    if (row === undefined) return;
    for (const [at, ask] of asks.entries()) {
      const began = steadyClock();
      const answer = await ask(row, index);
      const list = scored[at];
      if (list !== undefined) list[index] = answer === null ? null : { ...answer, ms: steadyClock() - began };
    }
  };
  await inTurns(Math.min(warmUpRows, rows.length), parallel, askAll);
  await inTurns(rows.length, parallel, askAll);
  for (const served of models) await prepare(served, options);
  return scored;
}

/** Runs `work` for 0 … count − 1, at most `parallel` at once; the first failure ends it. */
async function inTurns(count: number, parallel: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, count) }, runner));
}

type Ask = (row: LabelledRow, index: number) => Promise<ClassPrediction | null>;

async function prepare({ model, inference }: ServedModel, { definition, signal }: ScoreRowsOptions): Promise<Ask> {
  const about = await inference.metadata(model.name, signal);
  if (about?.digest != null && about.digest !== model.digest)
    throw new EvaluationFailure('DIGEST_DIFFERS', `The endpoint serves another file as "${model.name}" than the version names: expected SHA-256 ${model.digest}, found ${about.digest}.`);
  const features: readonly Feature[] = about?.features ?? definition.model.features;
  const classes = definition.classes.map(({ id }) => id);
  return async ({ input }, index) => {
    const built = buildFeatureRow(features, input);
    if (built.kind === 'unreadable') return null;
    try {
      return await inference.predict({ model: model.name, protocol: definition.model.protocol, row: built.row, classes, requestId: `evaluation-${index + 1}`, signal });
    } catch (error) {
      if (error instanceof ServingError && error.kind === 'error') return null;
      throw error;
    }
  };
}
