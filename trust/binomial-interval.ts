/**
 * Exact intervals for a rate of k errors in m cases.
 * Source: Clopper & Pearson (1934): the bound is the rate at which the count seen would be just too unlikely.
 */
import { binomialCdf, binomialTail } from './binomial.ts';

export type Interval = { lower: number; upper: number };

/** U(k, m, δ): the p with P(Bin(m, p) ≤ k) = δ. The true rate is above it with probability at most δ. */
export function upperBound(k: number, m: number, delta: number): number {
  requireCounts(k, m, delta);
  if (m === 0 || k === m) return 1;
  return bisect((p) => binomialCdf(k, m, p) > delta);
}

/** L(k, m, δ): the p with P(Bin(m, p) ≥ k) = δ. The true rate is below it with probability at most δ. */
export function lowerBound(k: number, m: number, delta: number): number {
  requireCounts(k, m, delta);
  if (m === 0 || k === 0) return 0;
  return bisect((p) => binomialTail(k, m, p) <= delta);
}

/** The two-sided interval of the given confidence, half of the rest on each side. */
export function rateInterval(k: number, m: number, confidence = 0.95): Interval {
  const side = (1 - confidence) / 2;
  return { lower: lowerBound(k, m, side), upper: upperBound(k, m, side) };
}

/** The largest p in [0, 1] for which `isBelow(p)` still holds; isBelow changes once, from true to false. */
function bisect(isBelow: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function requireCounts(k: number, m: number, delta: number): void {
  if (!Number.isInteger(k) || !Number.isInteger(m) || k < 0 || m < k)
    throw new RangeError(`expected whole counts 0 ≤ k ≤ m, found k = ${k}, m = ${m}`);
  if (!(delta > 0 && delta < 1)) throw new RangeError(`delta must lie between 0 and 1, found ${delta}`);
}
