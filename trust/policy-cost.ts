/**
 * What a routing policy costs, and the threshold that is cheapest if the probabilities are true.
 * Source: C. K. Chow, "On optimum recognition error and reject tradeoff" (1970).
 */

/**
 * The confidence from which automating is cheaper than a review: p ≥ 1 − h − c_r / c_e,
 * with review cost c_r, error cost c_e and the expert's own error rate h. Within [0, 1].
 */
export function chowThreshold(costs: { review: number; error: number; expertErrorRate?: number }): number {
  const { review, error, expertErrorRate = 0 } = costs;
  if (!(error > 0) || !(review >= 0)) throw new RangeError(`expected costs review ≥ 0 and error > 0, found ${review} and ${error}`);
  return Math.min(1, Math.max(0, 1 - expertErrorRate - review / error));
}

/** Cost of deciding `decided` where `truth` is right; 0 for what is not listed. */
export type ErrorCost = { decided: string; truth: string; cost: number };

/** One case with known truth: what the model said, whether it acted alone, what a person decided otherwise. */
export type CostCase = { predicted: string; truth: string; automatic: boolean; verdict?: string };

export type PolicyCost = {
  /** Mean cost per case of the policy itself. */
  policy: number;
  /** The same cases, every one automatic. */
  allAutomatic: number;
  /** The same cases, every one reviewed. */
  allReviewed: number;
};

/**
 * (1/n) Σ [automatic: C(ŷ, y) | reviewed: c_r + C(verdict, y)] beside its two extremes.
 * Where no verdict is given the person is taken to be right; say so when showing the number.
 */
export function policyCost(cases: readonly CostCase[], costs: { errors: readonly ErrorCost[]; review: number }): PolicyCost {
  if (cases.length === 0) throw new RangeError('expected at least one case');
  const errorCost = (decided: string, truth: string): number =>
    decided === truth ? 0 : (costs.errors.find((entry) => entry.decided === decided && entry.truth === truth)?.cost ?? 0);
  const sum = { policy: 0, allAutomatic: 0, allReviewed: 0 };
  for (const { predicted, truth, automatic, verdict = truth } of cases) {
    const alone = errorCost(predicted, truth);
    const reviewed = costs.review + errorCost(verdict, truth);
    sum.allAutomatic += alone;
    sum.allReviewed += reviewed;
    sum.policy += automatic ? alone : reviewed;
  }
  const n = cases.length;
  return { policy: sum.policy / n, allAutomatic: sum.allAutomatic / n, allReviewed: sum.allReviewed / n };
}
