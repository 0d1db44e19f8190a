// Short ways to evaluate FEEL in tests.
import { compileFeel, compileUnaryTests, evaluate, evaluateUnaryTests } from '../../../engine/expression/index.ts';
import type { CompiledExpression, Environment, Evaluation, JsonValue } from '../../../engine/expression/index.ts';

export const environment: Environment = { now: Date.parse('2026-03-04T05:06:07.008Z'), timeZone: 'Europe/Berlin' };

function compiled(found: CompiledExpression | { readonly error: string }): CompiledExpression {
  if ('error' in found) throw new Error(found.error);
  return found;
}

/** The whole evaluation of an expression. */
export const evaluation = (source: string, variables: Record<string, unknown> = {}): Evaluation => evaluate(compiled(compileFeel(source)), variables, environment);

/** The value of an expression that must have one. */
export function feel(source: string, variables: Record<string, unknown> = {}): JsonValue {
  const found = evaluation(source, variables);
  if (!found.ok) throw new Error(found.message);
  return found.value;
}

/** Whether an input passes unary tests. */
export function passes(tests: string, input: JsonValue, variables: Record<string, unknown> = {}): JsonValue {
  const found = evaluateUnaryTests(compiled(compileUnaryTests(tests)), input, variables, environment);
  if (!found.ok) throw new Error(found.message);
  return found.value;
}
