/**
 * Is the candidate's error higher than the champion's by less than a margin? An exact unconditional test on pairs.
 *
 * Statistic: T. Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample
 * design" (Statistics in Medicine 17, 1998). Its normal approximation is not used: the p-value is the largest probability
 * of a statistic as good as the one seen, over the unknown share of discordant pairs, restricted as by R. Berger & D. Boos
 * (JASA 89, 1994) to a confidence set whose own error is added to the p-value. So the level holds at every sample size,
 * up to the fineness of the search over that share.
 */
import { binomialMass, binomialTail } from './binomial.ts';
import { lowerBound, upperBound } from './binomial-interval.ts';
import { errorDifference, sizeOf, swapModels, type PairedTable } from './paired-table.ts';

/** Error given to the confidence set of the nuisance share; added to every p-value. */
const gamma = 1e-4;
const nuisanceSteps = 24;
/** Terms below this cannot move a p-value that matters. */
const negligible = 1e-12;

/** p-value of "the candidate's error is higher by `margin` or more". Small: it is not. Margin between −1 and 1. */
export function notWorsePValue(table: PairedTable, margin: number): number {
  const n = sizeOf(table);
  if (!(margin > -1 && margin < 1)) throw new RangeError(`the margin must lie between -1 and 1, found ${margin}`);
  if (errorDifference(table) >= margin) return 1;
  const { onlyChampionWrong: b, onlyCandidateWrong: c } = table;
  const needed = fewestChampionErrors(n, scoreStatistic({ n, b, c }, margin), margin);
  const [from, to] = nuisanceSet(n, b + c, margin);
  let largest = 0;
  for (let step = 0; step <= nuisanceSteps; step += 1) {
    largest = Math.max(largest, regionProbability(needed, n, from + ((to - from) * step) / nuisanceSteps, margin));
  }
  return Math.min(1, largest + gamma);
}

/** One-sided upper bound of the difference candidate − champion: wrong with probability at most δ. */
export function differenceUpperBound(table: PairedTable, delta: number): number {
  let low = errorDifference(table);
  let high = 1;
  while (high - low > 1e-4) {
    const middle = (low + high) / 2;
    if (notWorsePValue(table, Math.min(middle, 1 - 1e-9)) > delta) low = middle;
    else high = middle;
  }
  return high;
}

/** One-sided lower bound of the same difference. */
export function differenceLowerBound(table: PairedTable, delta: number): number {
  return -differenceUpperBound(swapModels(table), delta);
}

type Counts = { n: number; b: number; c: number };

/** Tango's score statistic of the hypothesis pc − pb = margin; the lower, the better for the candidate. */
function scoreStatistic({ n, b, c }: Counts, margin: number): number {
  const half = b + c + (c - b) * margin - 2 * n * margin;
  const root = Math.sqrt(Math.max(0, half * half + 8 * n * b * margin * (1 - margin)));
  const q = Math.max(0, -margin, (half + root) / (4 * n));
  const variance = n * (2 * q + margin - margin * margin);
  const excess = c - b - n * margin;
  if (variance <= 0) return excess === 0 ? 0 : Math.sign(excess) * Infinity;
  return excess / Math.sqrt(variance);
}

/** Per number c of pairs that only the candidate has wrong: the fewest b that make the statistic as good as the one seen; Infinity if none. */
function fewestChampionErrors(n: number, seen: number, margin: number): number[] {
  const tolerance = 1e-9;
  return Array.from({ length: n + 1 }, (_, c) => {
    const asGood = (b: number): boolean => scoreStatistic({ n, b, c }, margin) <= seen + tolerance;
    if (!asGood(n - c)) return Infinity;
    let low = 0;
    let high = n - c;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (asGood(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}

/** Shares pb that the number of discordant pairs leaves possible on the boundary pc = pb + margin. */
function nuisanceSet(n: number, discordant: number, margin: number): [number, number] {
  const floor = Math.max(0, -margin);
  const ceiling = (1 - margin) / 2;
  const clamp = (q: number): number => Math.min(ceiling, Math.max(floor, q));
  return [clamp((lowerBound(discordant, n, gamma / 2) - margin) / 2), clamp((upperBound(discordant, n, gamma / 2) - margin) / 2)];
}

/** Probability of the region where b ≥ needed[c], with pb = q and pc = q + margin. */
function regionProbability(needed: readonly number[], n: number, q: number, margin: number): number {
  const pc = Math.min(1, Math.max(0, q + margin));
  const pbGivenRest = pc >= 1 ? 0 : Math.min(1, Math.max(0, q / (1 - pc)));
  let sum = 0;
  for (let c = 0; c <= n; c += 1) {
    const fewest = needed[c] ?? Infinity;
    if (fewest === Infinity) continue;
    const mass = binomialMass(c, n, pc);
    if (mass < negligible) {
      if (c > n * pc) break;
      continue;
    }
    sum += mass * binomialTail(fewest, n - c, pbGivenRest);
  }
  return sum;
}
