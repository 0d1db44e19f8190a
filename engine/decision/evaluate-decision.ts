// Evaluates a decision of a graph with the decisions it requires.
import type { Environment } from '../expression/index.ts';
import type { DecisionResult, Drg } from './contract.ts';

/** Evaluates synchronously; a failure names the decision, the rule or input, and what was found. */
export function evaluateDecision(
  _drg: Drg,
  decisionId: string,
  _variables: Readonly<Record<string, unknown>>,
  _environment: Environment,
): DecisionResult {
  return { ok: false, failedDecisionDefinitionId: decisionId, failureMessage: 'DMN is being built', evaluatedDecisions: [] };
}
