// Decisions evaluated on request or by a business rule task.
import type { EvaluatedInput, MatchedRule } from '../decision/index.ts';
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import type { Variables } from '../variable/records.ts';

export type DecisionReference = { readonly decisionId: string } | { readonly decisionDefinitionKey: Key };

export type EvaluateDecision = { readonly type: 'decision.evaluate'; readonly decision: DecisionReference; readonly variables: Variables };

/** One decision that was evaluated on the way to the asked one. */
export type EvaluatedDecisionRecord = {
  readonly decisionDefinitionKey: Key;
  readonly decisionId: string;
  readonly name: string;
  readonly version: number;
  readonly decisionType: 'DECISION_TABLE' | 'LITERAL_EXPRESSION' | 'UNKNOWN';
  readonly output: JsonValue;
  readonly evaluatedInputs: readonly EvaluatedInput[];
  readonly matchedRules: readonly MatchedRule[];
};

/** Answer of `decision.evaluate`; a decision that failed is an answer too. */
export type DecisionAnswer = {
  readonly evaluationKey: Key;
  readonly decisionDefinitionKey: Key;
  readonly decisionId: string;
  readonly name: string;
  readonly version: number;
  readonly decisionRequirementsId: string;
  readonly decisionRequirementsKey: Key;
  readonly output: JsonValue;
  readonly evaluatedDecisions: readonly EvaluatedDecisionRecord[];
  readonly failure: { readonly decisionId: string; readonly message: string } | null;
};

export type DecisionEvent = {
  readonly type: 'decision.evaluated';
  /** The evaluation key; its instances are `key-1`, `key-2`, … */
  readonly key: Key;
  readonly rootDecisionDefinitionKey: Key;
  readonly processDefinitionKey: Key | null;
  readonly processInstanceKey: Key | null;
  readonly elementInstanceKey: Key | null;
  readonly evaluatedDecisions: readonly EvaluatedDecisionRecord[];
  readonly failure: { readonly decisionId: string; readonly message: string } | null;
};
