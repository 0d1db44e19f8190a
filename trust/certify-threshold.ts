/**
 * The certified threshold: the lowest score from which a model may act alone, with proof that among those cases
 * the error is at most alpha, with confidence 1 − delta.
 *
 * Method: Learn-then-Test with a fixed sequence (Angelopoulos et al., arXiv 2110.01052). Thresholds are quantiles
 * of the scores, fixed without looking at a single label; they are tested from strict to lax by the exact binomial
 * test P(Bin(m, α) ≤ k) ≤ δ, and the first failure ends the walk. No division of δ is needed.
 * The policy that is certified: automatic iff the predicted class may be automatic and score ≥ threshold;
 * errors are counted among those cases only.
 */
import { binomialCdf } from './binomial.ts';
import { upperBound } from './binomial-interval.ts';
import { verdictsNeeded, verdictsNeededAtRate } from './verdicts-needed.ts';

export type CertifyOptions = {
  /** One entry per verdict: the score, whether the predicted class may be automatic, whether it was wrong. */
  scores: readonly number[];
  automatic: readonly boolean[];
  errors: readonly boolean[];
  alpha: number;
  delta: number;
  gridSize?: number;
  /** The walk starts at the size that would still pass with that many errors; fixed per service in advance. */
  startAllowsErrors?: number;
  /** Thresholds fixed elsewhere, for instance from a population. Default: quantiles of these scores. */
  grid?: readonly number[];
};

/** One threshold looked at: m automatic cases, k of them wrong, p-value of "the error is above alpha". */
export type TestedThreshold = { threshold: number; m: number; k: number; pValue: number; passed: boolean };

/** What a certificate would take: more verdicts at the error seen so far, or no number at all. */
export type Need = { kind: 'more-verdicts'; atLeast: number } | { kind: 'not-reachable' };

type Basis = {
  alpha: number;
  delta: number;
  /** Verdicts given, and those whose predicted class may be automatic. */
  n: number;
  eligible: number;
  /** The smallest number of automatic cases at which the walk may start. */
  startSize: number;
  tested: TestedThreshold[];
};

export type Certification =
  | (Basis & {
      certified: true;
      threshold: number;
      /** Every threshold proven, strict to lax: each of them may be used. */
      accepted: number[];
      m: number;
      k: number;
      errorRate: number;
      upperBound: number;
      /** Share of all verdicts that are automatic at this threshold. */
      coverage: number;
    })
  | (Basis & { certified: false; reason: 'too-few-verdicts' | 'too-many-errors'; need: Need });

/** Walks the fixed sequence and returns the last threshold that passed, or why there is none. */
export function certifyThreshold(options: CertifyOptions): Certification {
  const { scores, automatic, errors, alpha, delta, gridSize = 40, startAllowsErrors = 2 } = options;
  const n = scores.length;
  if (automatic.length !== n || errors.length !== n)
    throw new RangeError(`scores, automatic and errors must have one length, found ${n}, ${automatic.length}, ${errors.length}`);
  const cases = sortEligible(scores, automatic, errors);
  const startSize = verdictsNeeded({ alpha, delta, errors: startAllowsErrors });
  const grid = options.grid ?? scoreQuantiles(cases.scores, gridSize);
  const sequence = countAbove(cases, grid).filter(({ m }) => m >= startSize);

  const tested: TestedThreshold[] = [];
  const accepted: TestedThreshold[] = [];
  for (const point of sequence) {
    const pValue = binomialCdf(point.k, point.m, alpha);
    const step = { ...point, pValue, passed: pValue <= delta };
    tested.push(step);
    if (!step.passed) break;
    accepted.push(step);
  }
  const basis = { alpha, delta, n, eligible: cases.scores.length, startSize, tested };
  const last = accepted.at(-1);
  if (last === undefined) return { ...basis, ...explainFailure(basis, sequence) };
  return {
    ...basis,
    certified: true,
    threshold: last.threshold,
    accepted: accepted.map(({ threshold }) => threshold),
    m: last.m,
    k: last.k,
    errorRate: last.k / last.m,
    upperBound: upperBound(last.k, last.m, delta),
    coverage: last.m / n,
  };
}

/** Thresholds at `size` evenly spaced quantiles of the scores, strict to lax, equal ones once. */
export function scoreQuantiles(scores: readonly number[], size: number): number[] {
  const sorted = [...scores].sort((a, b) => b - a);
  const grid = new Set<number>();
  for (let j = 1; j <= size; j += 1) {
    const score = sorted[Math.ceil((sorted.length * j) / size) - 1];
    if (score !== undefined) grid.add(score);
  }
  return [...grid];
}

type Eligible = { scores: number[]; errors: boolean[] };
type Point = { threshold: number; m: number; k: number };

function sortEligible(scores: readonly number[], automatic: readonly boolean[], errors: readonly boolean[]): Eligible {
  const order = scores
    .map((score, index) => ({ score, index }))
    .filter(({ score, index }) => {
      if (!Number.isFinite(score)) throw new RangeError(`scores must be finite numbers, found ${score}`);
      return automatic[index] === true;
    })
    .sort((a, b) => b.score - a.score);
  return { scores: order.map(({ score }) => score), errors: order.map(({ index }) => errors[index] === true) };
}

/** m and k at each threshold, ties on the same side, strict to lax. */
function countAbove(cases: Eligible, grid: readonly number[]): Point[] {
  let m = 0;
  let k = 0;
  return [...grid]
    .sort((a, b) => b - a)
    .map((threshold) => {
      while (m < cases.scores.length && (cases.scores[m] ?? -Infinity) >= threshold) {
        if (cases.errors[m] === true) k += 1;
        m += 1;
      }
      return { threshold, m, k };
    });
}

/** Too few cases to start, or too many errors; and what it would take, read off every threshold of the grid. */
function explainFailure(
  basis: Basis,
  sequence: readonly Point[],
): { certified: false; reason: 'too-few-verdicts' | 'too-many-errors'; need: Need } {
  const { alpha, delta, n, eligible, startSize } = basis;
  if (sequence.length === 0) {
    const total = eligible === 0 ? Infinity : Math.ceil((startSize * n) / eligible);
    const need: Need =
      n === 0
        ? { kind: 'more-verdicts', atLeast: startSize }
        : Number.isFinite(total)
          ? { kind: 'more-verdicts', atLeast: Math.max(1, total - n) }
          : { kind: 'not-reachable' };
    return { certified: false, reason: 'too-few-verdicts', need };
  }
  const totals = sequence.flatMap(({ m, k }) => {
    const needed = verdictsNeededAtRate({ alpha, delta, errorRate: k / m });
    return needed === null ? [] : [Math.ceil((needed * n) / m)];
  });
  const need: Need =
    totals.length === 0 ? { kind: 'not-reachable' } : { kind: 'more-verdicts', atLeast: Math.max(1, Math.min(...totals) - n) };
  return { certified: false, reason: 'too-many-errors', need };
}
