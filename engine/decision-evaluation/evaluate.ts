// Evaluates a deployed decision and says what happened on the way.
import { evaluateDecision } from '../decision/index.ts';
import type { DecisionRow } from '../deployment/state.ts';
import type { JsonValue } from '../expression/index.ts';
import type { Variables } from '../variable/records.ts';
import type { View } from '../view.ts';
import type { EvaluatedDecisionRecord } from './records.ts';

export type Evaluated = {
  readonly output: JsonValue;
  readonly evaluatedDecisions: readonly EvaluatedDecisionRecord[];
  readonly failure: { readonly decisionId: string; readonly message: string } | null;
};

export function evaluate(view: View, decision: DecisionRow, variables: Variables): Evaluated {
  const drg = view.decisions.drg(decision.decisionRequirementsKey);
  const result = evaluateDecision(drg, decision.decisionId, variables, { now: view.now, timeZone: view.timeZone });
  const evaluatedDecisions = result.evaluatedDecisions.map((evaluated) => ({
    ...identify(view, decision, evaluated.decisionDefinitionId),
    name: evaluated.decisionDefinitionName,
    decisionType: evaluated.decisionDefinitionType,
    output: evaluated.output,
    evaluatedInputs: evaluated.evaluatedInputs,
    matchedRules: evaluated.matchedRules,
  }));
  if (result.ok) return { output: result.output, evaluatedDecisions, failure: null };
  return { output: null, evaluatedDecisions, failure: { decisionId: result.failedDecisionDefinitionId, message: result.failureMessage } };
}

function identify(view: View, asked: DecisionRow, decisionId: string) {
  const row = decisionId === asked.decisionId ? asked : view.deployments.decisionOf(asked.decisionRequirementsKey, decisionId);
  return { decisionDefinitionKey: row?.key ?? asked.key, decisionId, version: row?.version ?? asked.version };
}
