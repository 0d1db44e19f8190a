/**
 * Agreement of verdicts. Human–model agreement is bad news only where it is below human–human agreement on the same kind
 * of case (trust reference 4.5): people are not the truth either.
 */
import { lowerBound, upperBound } from './binomial-interval.ts';

/** Two answers to one case. */
export type AnswerPair = readonly [string, string];

export type Agreement = { cases: number; agreed: number; rate: number; kappa: number | null };

/** Observed agreement and J. Cohen's κ = (p_o − p_e) / (1 − p_e) (1960); κ is null where chance alone would agree always. */
export function agreementOf(pairs: readonly AnswerPair[]): Agreement {
  const cases = pairs.length;
  if (cases === 0) return { cases, agreed: 0, rate: 0, kappa: null };
  const agreed = pairs.filter(([a, b]) => a === b).length;
  const rate = agreed / cases;
  const classes = new Set(pairs.flat());
  const share = (side: 0 | 1, name: string): number => pairs.filter((pair) => pair[side] === name).length / cases;
  const byChance = [...classes].reduce((total, name) => total + share(0, name) * share(1, name), 0);
  return { cases, agreed, rate, kappa: byChance >= 1 ? null : (rate - byChance) / (1 - byChance) };
}

export type AgreementNotice = {
  model: Agreement;
  experts: Agreement;
  /** Experts' agreement minus the model's, and its lower bound at the level of this look. */
  difference: number;
  low: number;
  below: boolean;
  /** Looks are taken when both numbers of pairs have doubled again: 25, 50, 100, …; 0 before the first. */
  look: number;
};

const firstLook = 25;

/**
 * Is the model's agreement with experts below the experts' own? Two independent samples; the bound of the difference is
 * that of two exact binomial bounds, δ_j / 2 each. Look j is taken at 25·2^(j−1) pairs of each kind with δ_j = δ / (j(j+1)),
 * so that over all looks a false notice has probability at most δ.
 */
export function agreementBelowExperts(given: { withModel: readonly AnswerPair[]; amongExperts: readonly AnswerPair[]; delta: number }): AgreementNotice {
  const smaller = Math.min(given.withModel.length, given.amongExperts.length);
  const look = smaller < firstLook ? 0 : Math.floor(Math.log2(smaller / firstLook)) + 1;
  const size = look === 0 ? 0 : firstLook * 2 ** (look - 1);
  const model = agreementOf(given.withModel.slice(0, size));
  const experts = agreementOf(given.amongExperts.slice(0, size));
  if (look === 0) return { model, experts, difference: 0, low: -1, below: false, look };
  const level = given.delta / (look * (look + 1)) / 2;
  const low = lowerBound(experts.agreed, experts.cases, level) - upperBound(model.agreed, model.cases, level);
  return { model, experts, difference: experts.rate - model.rate, low, below: low > 0, look };
}
