/**
 * The measures of champion and challenger over the same rows. Differences by paired bootstrap with the report's seed;
 * "better" and "worse" only where the whole interval lies on one side of 0. Several intervals stand beside one another
 * without correction: they describe, they promise nothing.
 */
import type { Measure } from '../../ledger/releases/evaluation-report.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { aucOf, aurcOf, calibrationOf, meanOf, pairedBootstrapInSteps, quantileOf, type BootstrapOptions, type DifferenceInterval, type Measure as Measuring } from '../../trust/index.ts';
import type { ComparedRow } from './compared-row.ts';
import type { ScoredRow } from './score-rows.ts';

const resamplesPerSlice = 50;

type Side = { row: ComparedRow; said: ScoredRow };
type Kind = { id: Measure['id']; better: Measure['better']; limit: number | null; of: (side: readonly Side[]) => Measuring };

export type MeasureOptions = { rows: readonly ComparedRow[]; definition: DecisionServiceDefinition; latencyLimitMs: number; level: number; seed: number };

export async function compareMeasures(options: MeasureOptions): Promise<Measure[]> {
  const { rows, definition, latencyLimitMs } = options;
  const measures: Measure[] = [];
  for (const kind of kindsFor(definition, latencyLimitMs)) {
    const measure = await compareOne(kind, rows, options);
    if (measure !== null) measures.push(measure);
  }
  return measures;
}

/** Null where the measure is not defined on these rows: AUC without both outcomes. */
async function compareOne(kind: Kind, rows: readonly ComparedRow[], { level, seed }: MeasureOptions): Promise<Measure | null> {
  const ones = new Uint8Array(rows.length).fill(1);
  const challenger = kind.of(rows.map((row) => ({ row, said: row.challenger })));
  const value = challenger(ones);
  if (!Number.isFinite(value)) return null;
  const base = { id: kind.id, better: kind.better, challenger: value, level, limit: kind.limit };
  const championSide = rows.flatMap((row) => (row.champion === null ? [] : [{ row, said: row.champion }]));
  if (championSide.length < rows.length) return { ...base, champion: null, difference: null, verdict: limitVerdict(kind, value) ?? 'no-champion' };
  const champion = kind.of(championSide);
  const difference = await resample({ cases: rows.length, challenger, champion, level, seed });
  return { ...base, champion: champion(ones), difference, verdict: limitVerdict(kind, value) ?? differenceVerdict(kind.better, difference) };
}

/** In slices of some milliseconds: cases are decided in this process meanwhile. */
async function resample(options: BootstrapOptions): Promise<DifferenceInterval> {
  const steps = pairedBootstrapInSteps(options);
  for (;;) {
    for (let resamples = 0; resamples < resamplesPerSlice; resamples += 1) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function limitVerdict({ limit }: Kind, value: number): Measure['verdict'] | null {
  if (limit === null) return null;
  return value <= limit ? 'in-limit' : 'over-limit';
}

function differenceVerdict(better: Measure['better'], { low, high }: { low: number; high: number }): Measure['verdict'] {
  if (low > 0) return better === 'higher' ? 'better' : 'worse';
  if (high < 0) return better === 'higher' ? 'worse' : 'better';
  return 'undecided';
}

function kindsFor(definition: DecisionServiceDefinition, latencyLimitMs: number): Kind[] {
  const right = ({ row, said }: Side): boolean => said.class === row.outcome;
  const [first, , third] = definition.classes;
  const auc: Kind[] =
    first === undefined || third !== undefined
      ? []
      : [{ id: 'auc', better: 'higher', limit: null, of: (side) => aucOf(side.map(({ said }) => said.probabilities[first.id] ?? 0), side.map(({ row }) => row.outcome === first.id)) }];
  return [
    { id: 'accuracy', better: 'higher', limit: null, of: (side) => meanOf(side.map((one) => (right(one) ? 1 : 0))) },
    { id: 'cost', better: 'lower', limit: null, of: (side) => meanOf(side.map(({ row, said }) => costOf(definition.costs, said.class, row.outcome))) },
    ...auc,
    { id: 'aurc', better: 'lower', limit: null, of: (side) => aurcOf(side.map(({ said }) => said.confidence), side.map((one) => !right(one))) },
    { id: 'calibration', better: 'lower', limit: null, of: (side) => calibrationOf(side.map(({ said }) => said.confidence), side.map(right)) },
    { id: 'latency-p95', better: 'lower', limit: latencyLimitMs, of: (side) => quantileOf(side.map(({ said }) => said.ms), 0.95) },
  ];
}

/** Cost of following the suggestion in every case; combinations the owner did not list cost nothing. */
function costOf(costs: DecisionServiceDefinition['costs'], decided: string, truth: string): number {
  if (decided === truth) return 0;
  return costs.errors.find((entry) => entry.decided === decided && entry.truth === truth)?.cost ?? 0;
}
