/**
 * Do today's cases look like those the evidence was collected on? Hints between audits, never proof: of the tools here
 * none is valid at every look, and none sees that the right answer changed while the inputs did not (trust reference 4.6).
 */
import { chiSquaredTest, holmAdjusted, kolmogorovSmirnovTest } from './two-sample-tests.ts';

/** One column of both samples: numbers, or codes. */
export type DriftColumn =
  | { name: string; kind: 'number'; reference: readonly number[]; current: readonly number[] }
  | { name: string; kind: 'code'; reference: readonly string[]; current: readonly string[] };

export type DriftHint = {
  name: string;
  test: 'kolmogorov-smirnov' | 'chi-squared';
  /** Population stability index. The usual bands 0.1 and 0.25 are folklore. */
  psi: number;
  /** Before and after Holm's correction over all columns. */
  pValue: number;
  adjusted: number;
  drifted: boolean;
};

/** Columns whose adjusted p-value is at most `level`. Columns with an empty side are left out. */
export function findDrift(columns: readonly DriftColumn[], level = 0.05): DriftHint[] {
  const found = columns.filter((column) => column.reference.length > 0 && column.current.length > 0).map(testColumn);
  const adjusted = holmAdjusted(found.map(({ pValue }) => pValue));
  return found.map((hint, index) => ({ ...hint, adjusted: adjusted[index] ?? 1, drifted: (adjusted[index] ?? 1) <= level }));
}

function testColumn(column: DriftColumn): Omit<DriftHint, 'adjusted' | 'drifted'> {
  if (column.kind === 'number') {
    const { reference, current, name } = column;
    return { name, test: 'kolmogorov-smirnov', psi: stabilityIndex(binNumbers(reference, reference), binNumbers(current, reference)), pValue: kolmogorovSmirnovTest(reference, current).pValue };
  }
  const codes = [...new Set([...column.reference, ...column.current])];
  const count = (sample: readonly string[]): number[] => codes.map((code) => sample.filter((one) => one === code).length);
  const [before, after] = [count(column.reference), count(column.current)];
  return { name: column.name, test: 'chi-squared', psi: stabilityIndex(before, after), pValue: chiSquaredTest(before, after).pValue };
}

/** PSI = Σ (p_b − q_b) ln(p_b / q_b) over counts of the same bins; half a case is added to each bin, so that empty ones stay finite. */
export function stabilityIndex(reference: readonly number[], current: readonly number[]): number {
  if (reference.length !== current.length || reference.length === 0) throw new RangeError(`expected counts of the same bins, found ${reference.length} and ${current.length}`);
  const share = (counts: readonly number[]): number[] => {
    const total = counts.reduce((sum, count) => sum + count + 0.5, 0);
    return counts.map((count) => (count + 0.5) / total);
  };
  const p = share(reference);
  const q = share(current);
  return p.reduce((sum, value, index) => sum + (value - (q[index] ?? value)) * Math.log(value / (q[index] ?? value)), 0);
}

/** Counts in the ten bins between the reference's deciles. */
function binNumbers(values: readonly number[], reference: readonly number[]): number[] {
  const sorted = [...reference].sort((a, b) => a - b);
  const edges = Array.from({ length: 9 }, (_, index) => sorted[Math.floor((sorted.length * (index + 1)) / 10)] ?? 0);
  const counts = new Array<number>(10).fill(0);
  for (const value of values) {
    const bin = edges.filter((edge) => value >= edge).length;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
