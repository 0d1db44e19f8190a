/**
 * How error falls as fewer cases are decided automatically: the risk–coverage curve and its areas.
 * Sources: Geifman, Uziel & El-Yaniv (ICLR 2019) for AURC and its excess; Traub et al. (arXiv 2407.01032) for AUGRC.
 */

export type CurvePoint = {
  threshold: number;
  /** Cases at or above the threshold, and the wrong ones among them. */
  m: number;
  k: number;
  /** φ(t) = m / n */
  coverage: number;
  /** Selective risk R(t) = k / m: error of the automatic cases. */
  risk: number;
  /** Joint risk J(t) = k / n: share of all cases that are automatic and wrong. */
  jointRisk: number;
};

/** One point per distinct score, strict to lax; ties move together. */
export function riskCoverageCurve(scores: readonly number[], errors: readonly boolean[]): CurvePoint[] {
  const order = sortByScore(scores, errors);
  const n = order.length;
  const curve: CurvePoint[] = [];
  let k = 0;
  order.forEach(({ score, wrong }, index) => {
    if (wrong) k += 1;
    if (order[index + 1]?.score === score) return;
    const m = index + 1;
    curve.push({ threshold: score, m, k, coverage: m / n, risk: k / m, jointRisk: k / n });
  });
  return curve;
}

export type CurveAreas = {
  /** (1/n) Σ_k (1/k) Σ_{j ≤ k} e_(j): mean selective risk over all coverages. */
  aurc: number;
  /** AURC − AURC*, with AURC* ≈ r + (1 − r)·ln(1 − r) for the best possible order at error r. */
  excessAurc: number;
  /** (1/n) Σ_k (1/n) Σ_{j ≤ k} e_(j): mean risk of undetected failures. */
  augrc: number;
};

/** The areas under the curve. Cases of one score share their errors evenly, so the order of ties does not matter. */
export function curveAreas(scores: readonly number[], errors: readonly boolean[]): CurveAreas {
  const shared = shareErrorsOfTies(scores, errors);
  const n = shared.length;
  if (n === 0) throw new RangeError('expected at least one case');
  let wrong = 0;
  let aurc = 0;
  let augrc = 0;
  shared.forEach((error, index) => {
    wrong += error;
    aurc += wrong / (index + 1) / n;
    augrc += wrong / n / n;
  });
  const rate = wrong / n;
  const best = rate >= 1 ? 1 : rate + (1 - rate) * Math.log1p(-rate);
  return { aurc, excessAurc: aurc - best, augrc };
}

function shareErrorsOfTies(scores: readonly number[], errors: readonly boolean[]): number[] {
  let before = { m: 0, k: 0 };
  return riskCoverageCurve(scores, errors).flatMap(({ m, k }) => {
    const size = m - before.m;
    const share = (k - before.k) / size;
    before = { m, k };
    return new Array<number>(size).fill(share);
  });
}

function sortByScore(scores: readonly number[], errors: readonly boolean[]): { score: number; wrong: boolean }[] {
  if (scores.length !== errors.length)
    throw new RangeError(`scores and errors must have one length, found ${scores.length} and ${errors.length}`);
  return scores
    .map((score, index) => ({ score, wrong: errors[index] === true }))
    .sort((a, b) => b.score - a.score);
}
