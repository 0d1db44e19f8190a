// Evaluates a decision of a graph with the decisions it requires.
import { newBudget, valueToJson, type Scope, type Value } from '../expression/values.ts';
import type { Environment, JsonValue } from '../expression/index.ts';
import type { Decision, DecisionResult, Drg, EvaluatedDecision } from './contract.ts';
import { DecisionFailed, noAudit, withNames, type Audit } from './logic.ts';

/** Variables by name: a map, or a function that reads them one by one. */
type Variables = Readonly<Record<string, unknown>> | ((name: string) => unknown);
type Evaluating = { readonly drg: Drg; readonly scope: Scope; readonly values: Map<string, Value>; readonly evaluated: EvaluatedDecision[] };

/** Evaluates synchronously; a failure names the decision, the rule or input, and what was found. */
export function evaluateDecision(drg: Drg, decisionId: string, variables: Variables, environment: Environment): DecisionResult {
  const asked = drg.decisions.find(({ id }) => id === decisionId);
  if (asked === undefined) return { ok: false, failedDecisionDefinitionId: decisionId, failureMessage: `Expected to evaluate decision '${decisionId}', but no decision found for id '${decisionId}'`, evaluatedDecisions: [] };
  const evaluating: Evaluating = { drg, scope: { read: reader(variables), environment, budget: newBudget() }, values: new Map(), evaluated: [] };
  const failed = evaluateWithRequired(asked, evaluating);
  const { evaluated } = evaluating;
  if (failed !== undefined) {
    return { ok: false, failedDecisionDefinitionId: failed.decision.id, failureMessage: `Expected to evaluate decision '${decisionId}', but ${failed.message}`, evaluatedDecisions: evaluated };
  }
  return { ok: true, output: evaluated.at(-1)?.output ?? null, evaluatedDecisions: evaluated };
}

type Failed = { readonly decision: Decision; readonly message: string };

/** Required decisions first, each once; the first failure ends the evaluation. */
function evaluateWithRequired(decision: Decision, evaluating: Evaluating): Failed | undefined {
  const required = new Map<string, Value>();
  for (const id of decision.requiredDecisionIds) {
    const found = evaluating.drg.decisions.find((each) => each.id === id);
    if (found === undefined) throw new Error(`decision '${decision.id}' requires '${id}', which parseDrg should have refused`);
    if (!evaluating.values.has(id)) {
      const failed = evaluateWithRequired(found, evaluating);
      if (failed !== undefined) return failed;
    }
    required.set(found.resultName, evaluating.values.get(id) ?? null);
  }
  return evaluateOne(decision, withNames(evaluating.scope, required), evaluating);
}

function evaluateOne(decision: Decision, scope: Scope, { values, evaluated }: Evaluating): Failed | undefined {
  try {
    const { value, audit } = decision.logic(scope);
    evaluated.push(evaluatedDecision(decision, value, audit, scope));
    values.set(decision.id, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof DecisionFailed)) throw error;
    evaluated.push(evaluatedDecision(decision, null, error.audit, scope));
    return { decision, message: error.message };
  }
}

function evaluatedDecision(decision: Decision, value: Value, audit: Audit, scope: Scope): EvaluatedDecision {
  const json = (each: Value): JsonValue => {
    const found = valueToJson(each, scope);
    if ('error' in found) throw new DecisionFailed(found.error, noAudit);
    return found.json;
  };
  return {
    decisionDefinitionId: decision.id,
    decisionDefinitionName: decision.name,
    decisionDefinitionType: decision.type,
    output: json(value),
    evaluatedInputs: audit.inputs.map(({ value: inputValue, ...input }) => ({ ...input, inputValue: json(inputValue) })),
    matchedRules: audit.rules.map(({ outputs, ...rule }) => ({ ...rule, evaluatedOutputs: outputs.map(({ value: outputValue, ...output }) => ({ ...output, outputValue: json(outputValue) })) })),
  };
}

/** Variables are JSON, and JSON values are FEEL values as they stand. */
function reader(variables: Variables): (name: string) => Value | undefined {
  if (typeof variables === 'function') return (name) => variables(name) as Value | undefined;
  return (name) => (Object.hasOwn(variables, name) ? (variables[name] as Value | undefined) : undefined);
}
