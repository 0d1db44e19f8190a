// Evaluates a decision table and keeps what Camunda keeps for inspection: inputs, matched rules, their outputs.
import { beginRun, isList, type Scope, type Value } from '../expression/values.ts';
import { applyHitPolicy, outputValue } from './hit-policy.ts';
import { DecisionFailed, valueOf, withNames, type Audit, type InputAudit, type RuleAudit } from './logic.ts';
import type { Rule, Table } from './table.ts';

/** The name under which Camunda's tests see the input, besides `?`. */
const inputVariable = 'cellInput';

/** Inputs first, then every rule (or up to the first hit), then the hit policy; no hit gives the default outputs or null. */
export function evaluateTable(table: Table, scope: Scope): { value: Value; audit: Audit } {
  const inputs: InputAudit[] = table.inputs.map(({ id, name, expression }) => ({ inputId: id, inputName: name, value: valueOf(expression, scope) }));
  const matched = matchedRules(table, inputs, scope);
  if (matched.length === 0) return { value: defaultValue(table, scope), audit: { inputs, rules: [] } };
  const hits = matched.map((rule) => ({ rule, ruleIndex: rule.index, values: rule.outputs.map((output) => valueOf(output, scope)) }));
  const rules = hits.map(({ rule, values }): RuleAudit => ({
    ruleId: rule.id,
    ruleIndex: rule.index,
    outputs: table.outputs.map(({ id, label }, index) => ({ outputId: id, outputName: label, value: values[index] ?? null })),
  }));
  const outcome = applyHitPolicy(table.hitPolicy, table.aggregator, {
    names: table.outputs.map(({ name }) => name),
    hits,
    priorities: table.outputs.map(({ priorities }) => allowedValues(priorities === undefined ? [] : valueOf(priorities, scope))),
    run: beginRun(scope.environment, scope.budget),
  });
  if ('error' in outcome) throw new DecisionFailed(outcome.error, { inputs, rules });
  return { value: outcome.value, audit: { inputs, rules } };
}

const allowedValues = (value: Value): readonly Value[] => (isList(value) ? value : []);

/** A test that cannot be told (null against a number, say) does not match. */
function matchedRules({ rules, hitPolicy }: Table, inputs: readonly InputAudit[], scope: Scope): readonly Rule[] {
  const scopes = inputs.map(({ value }) => withNames(scope, new Map([[inputVariable, value]])));
  const isMatch = ({ tests }: Rule): boolean => tests.every((test, index) => valueOf(test, scopes[index] ?? scope, inputs[index]?.value ?? null) === true);
  if (hitPolicy !== 'FIRST') return rules.filter(isMatch);
  const first = rules.find(isMatch);
  return first === undefined ? [] : [first];
}

/** The outputs that have a default; one default alone is the value itself. */
function defaultValue({ outputs }: Table, scope: Scope): Value {
  const defaults = outputs.flatMap(({ name, otherwise }) => (otherwise === undefined ? [] : [{ name, value: valueOf(otherwise, scope) }]));
  return defaults.length === 0 ? null : outputValue(defaults.map(({ name }) => name), defaults.map(({ value }) => value));
}
