/**
 * Champion and candidate on the same blind-audited cases, compared at looks that were planned before the first case.
 * δ is divided among the looks (Bonferroni), so that "not worse" is said of a candidate whose error is higher by the
 * margin or more with probability at most δ over the whole plan, however early the shadow ends; "worse" likewise of one
 * that is not worse at all. "Not significantly worse" is never taken for "not worse" (trust reference 4.8).
 */
import { countPairs, errorDifference, type Pair, type PairedTable } from './paired-table.ts';
import { differenceLowerBound, differenceUpperBound, notWorsePValue } from './paired-test.ts';

export type Verdict = 'not-worse' | 'worse' | 'undecided';

export type LookResult = {
  /** Pairs looked at. */
  pairs: number;
  table: PairedTable;
  /** Error of the candidate minus error of the champion, with one-sided bounds at the δ of one look. */
  difference: { value: number; low: number; high: number };
  verdict: Verdict;
};

export type ComparisonOptions = {
  /** In the order in which their verdicts came. */
  pairs: readonly Pair[];
  /** Numbers of pairs, ascending, fixed in advance. */
  looks: readonly number[];
  margin: number;
  delta: number;
  /** No more time: one of the looks that are left is spent on all pairs there are. */
  timeUp: boolean;
};

export type PlannedComparison = {
  result: Verdict;
  /** No look and no time is left. */
  atEnd: boolean;
  deltaPerLook: number;
  /** Looks taken, up to and with the first that decided. */
  looks: LookResult[];
  /** Pairs of the next look; null at the end or once decided. */
  nextAt: number | null;
};

/** Takes every look that is due and stops at the first that decides: later pairs never change what was decided. */
export function comparePlanned(options: ComparisonOptions): PlannedComparison {
  const { pairs, looks: planned, margin, delta, timeUp } = options;
  if (planned.length === 0) throw new RangeError('expected at least one planned look');
  if (!(margin > 0 && margin < 1)) throw new RangeError(`the margin must lie between 0 and 1, found ${margin}`);
  const deltaPerLook = delta / planned.length;
  const due = planned.filter((size) => size <= pairs.length);
  const lastDue = due.at(-1) ?? 0;
  if (timeUp && due.length < planned.length && pairs.length > lastDue) due.push(pairs.length);
  const looks: LookResult[] = [];
  for (const size of due) {
    const look = lookAt(countPairs(pairs.slice(0, size)), { margin, delta: deltaPerLook });
    looks.push(look);
    if (look.verdict !== 'undecided') return { result: look.verdict, atEnd: false, deltaPerLook, looks, nextAt: null };
  }
  const atEnd = timeUp || due.length === planned.length;
  return { result: 'undecided', atEnd, deltaPerLook, looks, nextAt: atEnd ? null : (planned[due.length] ?? null) };
}

/** One look: not worse where the upper bound is below the margin, else worse where the lower bound is above 0. */
export function lookAt(table: PairedTable, level: { margin: number; delta: number }): LookResult {
  const { margin, delta } = level;
  const difference = { value: errorDifference(table), low: differenceLowerBound(table, delta), high: differenceUpperBound(table, delta) };
  const pairs = table.bothRight + table.onlyChampionWrong + table.onlyCandidateWrong + table.bothWrong;
  const verdict = notWorsePValue(table, margin) <= delta ? 'not-worse' : difference.low > 0 ? 'worse' : 'undecided';
  return { pairs, table, difference, verdict };
}

/**
 * Pairs that a comparison needs if both models are equally good: (z₁₋δ + z_power)² · d / Δ², d = share of discordant
 * pairs (trust reference 4.7). A normal approximation, for planning only.
 */
export function pairsNeeded(options: { margin: number; delta: number; discordant: number; power?: number }): number {
  const { margin, delta, discordant, power = 0.8 } = options;
  return Math.ceil(((normalQuantile(1 - delta) + normalQuantile(power)) ** 2 * discordant) / margin ** 2);
}

/** Inverse of the normal distribution, by bisection of its series-free form; good to 1e-9. */
function normalQuantile(p: number): number {
  let low = -10;
  let high = 10;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Φ(x) by Simpson's rule on the density: enough for planning. */
function normalCdf(x: number): number {
  const steps = 400;
  const width = x / steps;
  const density = (at: number): number => Math.exp(-(at * at) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let step = 1; step < steps; step += 1) sum += (step % 2 === 0 ? 2 : 4) * density(step * width);
  return 0.5 + (sum * width) / 3;
}
