// Collects from the ledger what a canary step and the watch are judged by: audits, pairs of experts, cases before and now.
import { listEvidence, readInput, type Ledger, type ReleaseMode } from '../../ledger/index.ts';
import { countReleaseCases } from '../../ledger/decisions/count-release-cases.ts';
import { listBlindPairs } from '../../ledger/decisions/list-blind-pairs.ts';
import { listReleaseCases } from '../../ledger/decisions/list-release-cases.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import type { AnswerPair, DriftColumn } from '../../trust/index.ts';
import type { AssessCanaryOptions, AuditedCase } from './assess-canary.ts';
import { readLabelledRows } from './labelled-rows.ts';

export const countCanaryCases = (ledger: Ledger, releaseId: string): Promise<AssessCanaryOptions['counts']> => countReleaseCases(ledger, releaseId);

/** First blind verdicts on a random sample: the audited cases, in a pilot all of them. */
export async function collectAudits(ledger: Ledger, release: { releaseId: string; mode: ReleaseMode }): Promise<AuditedCase[]> {
  const rows = await listEvidence(ledger, release.releaseId);
  return rows.filter(({ audit }) => audit || release.mode === 'pilot').map(({ predicted, confidence, verdict }) => ({ class: predicted, confidence, verdict }));
}

export async function collectExpertPairs(ledger: Ledger, releaseId: string): Promise<AnswerPair[]> {
  return (await listBlindPairs(ledger, releaseId)).map(({ first, second }): AnswerPair => [first, second]);
}

/** Fewer cases than this on either side tell nothing. */
const fewest = 50;
const newest = 200;

/**
 * The input fields that the service's model sees: the evaluation's rows beside the release's newest cases. Empty where the
 * service names no rows or one side is too small. Inputs are read from the vault and leave as columns only.
 */
export async function collectDriftColumns(ledger: Ledger, options: { releaseId: string; definition: DecisionServiceDefinition; dataFolder: string }): Promise<DriftColumn[]> {
  const { definition, releaseId, dataFolder } = options;
  const plan = evaluationPlanOf(definition);
  if (plan.heldOut === undefined) return [];
  const files = plan.certify === null ? [plan.heldOut] : [plan.heldOut, plan.certify];
  const before: Record<string, unknown>[] = [];
  for (const file of files) before.push(...(await readLabelledRows(dataFolder, file, definition.classes)).rows.map(({ input }) => input));
  const now: Record<string, unknown>[] = [];
  for (const caseId of await listReleaseCases(ledger, releaseId, newest)) {
    const found = await readInput(ledger, caseId);
    if (found.kind === 'readable') now.push(found.input);
  }
  if (before.length < fewest || now.length < fewest) return [];
  return definition.model.features.map((feature): DriftColumn => {
    const name = feature.element === undefined ? feature.field : `${feature.field}[${feature.element}]`;
    const valueOf = (input: Record<string, unknown>): unknown => {
      const value = input[feature.field];
      return feature.element === undefined ? value : Array.isArray(value) ? value[feature.element] : undefined;
    };
    const column = (inputs: readonly Record<string, unknown>[]): unknown[] => inputs.map(valueOf);
    return feature.categories === undefined
      ? { name, kind: 'number', reference: numbersOf(column(before)), current: numbersOf(column(now)) }
      : { name, kind: 'code', reference: column(before).map(String), current: column(now).map(String) };
  });
}

function numbersOf(values: readonly unknown[]): number[] {
  return values.map((value) => (typeof value === 'boolean' ? Number(value) : value)).filter((value) => typeof value === 'number');
}
