// Waiting times of a version at its own endpoint, on some of the service's held-out rows, while live cases go on.
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { ServingError } from '../serving/serving-error.ts';
import { EvaluationFailure } from './evaluation-failure.ts';
import { readLabelledRows } from './labelled-rows.ts';
import { scoreRows, type ServedModel } from './score-rows.ts';

export type ProbeOptions = { definition: DecisionServiceDefinition; served: ServedModel; dataFolder: string; signal: AbortSignal; steadyClock: () => number };

const probes = 40;

/**
 * Milliseconds per answer; empty where nothing can be measured: the service names no rows, or the version does not answer.
 * Failures are judged by the live cases, not here.
 */
export async function probeLatency({ definition, served, dataFolder, signal, steadyClock }: ProbeOptions): Promise<number[]> {
  const { heldOut } = evaluationPlanOf(definition);
  if (heldOut === undefined) return [];
  try {
    const { rows } = await readLabelledRows(dataFolder, heldOut, definition.classes);
    const [said = []] = await scoreRows([served], { definition, rows: rows.slice(0, probes), signal, steadyClock, parallel: 1 });
    return said.flatMap((one) => (one === null ? [] : [one.ms]));
  } catch (error) {
    if (error instanceof EvaluationFailure || error instanceof ServingError) return [];
    throw error;
  }
}
