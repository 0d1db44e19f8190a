// The DMN boundary: parse a decision requirements graph once, evaluate its decisions many times.
export type { Decision, DecisionType, Drg, DecisionResult, EvaluatedDecision, EvaluatedInput, EvaluatedOutput, MatchedRule, ParseFailure } from './contract.ts';
export { parseDrg } from './parse-drg.ts';
export { evaluateDecision } from './evaluate-decision.ts';
