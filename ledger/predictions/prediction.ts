/** What a model said of a case, and the explanation of it. */

export type Model = { name: string; version: string; digest: string };

export type NoveltyBand = 'low' | 'medium' | 'high';

export type Prediction = {
  caseId: string;
  /** Only the decider's prediction can decide; shadows are compared and never decide. */
  role: 'decider' | 'shadow';
  releaseId: string | null;
  model: Model;
  class: string;
  /** The probability of the predicted class: the score that the threshold is compared with. */
  confidence: number;
  probabilities: Record<string, number>;
  novelty: { score: number; band: NoveltyBand } | null;
  storedAt: number;
};

export type StorePredictionRequest = Omit<Prediction, 'storedAt' | 'novelty'> & { novelty?: Prediction['novelty'] };

/** Idempotent: a case has one decider's prediction, and one per shadow model version; the first one stays. */
export type StorePredictionResult =
  | { kind: 'stored'; prediction: Prediction }
  | { kind: 'already'; prediction: Prediction }
  | { kind: 'case-unknown' };

/** Signed contributions per input field to the probability of `class`. Kept in the vault: it tells of the input. */
export type Explanation = {
  method: string;
  class: string;
  baseValue: number;
  prediction: number;
  attributions: Record<string, number>;
  tolerance: number | null;
};
