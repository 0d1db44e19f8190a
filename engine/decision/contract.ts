// What callers of the DMN boundary see; names are those of Camunda's REST API.
import type { JsonValue } from '../expression/index.ts';
import type { DecisionLogic } from './logic.ts';

/** A parsed and compiled decision requirements graph; safe to keep and share. */
export type Drg = {
  /** The id of `<definitions>`: the decision requirements id. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** In document order. */
  readonly decisions: readonly Decision[];
};

/** Boxed expressions other than these two have no type of their own in Camunda's API. */
export type DecisionType = 'DECISION_TABLE' | 'LITERAL_EXPRESSION' | 'UNKNOWN';

export type Decision = {
  readonly id: string;
  readonly name: string;
  readonly type: DecisionType;
  readonly requiredDecisionIds: readonly string[];
  /** `<zeebe:versionTag value="…"/>` of the decision, when it has one. */
  readonly versionTag: string | undefined;
  /** The name under which decisions that require this one see its result: its variable, else its id. */
  readonly resultName: string;
  /** The compiled decision; only `evaluateDecision` looks inside. */
  readonly logic: DecisionLogic;
};

/** The file cannot be deployed; the sentence names what is wrong and where. */
export type ParseFailure = { readonly error: string };

export type EvaluatedInput = { readonly inputId: string; readonly inputName: string; readonly inputValue: JsonValue };
export type EvaluatedOutput = { readonly outputId: string; readonly outputName: string; readonly outputValue: JsonValue };
export type MatchedRule = { readonly ruleId: string; /** From 1. */ readonly ruleIndex: number; readonly evaluatedOutputs: readonly EvaluatedOutput[] };

/** One decision that was evaluated on the way; REST writes `output`, `inputValue` and `outputValue` as JSON text. */
export type EvaluatedDecision = {
  readonly decisionDefinitionId: string;
  readonly decisionDefinitionName: string;
  readonly decisionDefinitionType: DecisionType;
  readonly output: JsonValue;
  readonly evaluatedInputs: readonly EvaluatedInput[];
  readonly matchedRules: readonly MatchedRule[];
};

/** Evaluated decisions come in evaluation order: required ones first, the asked one last; a failed one is the last. */
export type DecisionResult =
  | { readonly ok: true; readonly output: JsonValue; readonly evaluatedDecisions: readonly EvaluatedDecision[] }
  | {
      readonly ok: false;
      readonly failedDecisionDefinitionId: string;
      readonly failureMessage: string;
      readonly evaluatedDecisions: readonly EvaluatedDecision[];
    };
