// What a decision's compiled logic is: a function of a scope, and what it tells about how it came to its value.
import { evaluateToValue, type Scope, type Value } from '../expression/values.ts';
import type { CompiledExpression } from '../expression/index.ts';

export type InputAudit = { readonly inputId: string; readonly inputName: string; readonly value: Value };
export type OutputAudit = { readonly outputId: string; readonly outputName: string; readonly value: Value };
export type RuleAudit = { readonly ruleId: string; readonly ruleIndex: number; readonly outputs: readonly OutputAudit[] };
/** How a table came to its value; empty for every other logic. */
export type Audit = { readonly inputs: readonly InputAudit[]; readonly rules: readonly RuleAudit[] };

export const noAudit: Audit = { inputs: [], rules: [] };

export type DecisionLogic = (scope: Scope) => { readonly value: Value; readonly audit: Audit };

/** Thrown where a decision cannot be evaluated; `evaluateDecision` turns it into a result. */
export class DecisionFailed extends Error {
  readonly audit: Audit;
  constructor(message: string, audit: Audit = noAudit) {
    super(message);
    this.audit = audit;
  }
}

/** The value of an expression, or the decision's failure. */
export function valueOf(compiled: CompiledExpression, scope: Scope, input: Value = null): Value {
  const found = evaluateToValue(compiled, scope, input);
  if (!found.ok) throw new DecisionFailed(found.message);
  return found.value;
}

/** A scope with more names in front of it. */
export function withNames(scope: Scope, names: ReadonlyMap<string, Value>): Scope {
  return { ...scope, read: (name) => (names.has(name) ? names.get(name) : scope.read(name)) };
}
