// Evaluates compiled expressions over a variable map.
import type { CompiledExpression, Environment, Evaluation, JsonValue } from './contract.ts';

/** Evaluates over plain JSON variables; a function `(name) => JsonValue | undefined` may stand in for the map. */
export function evaluate(
  compiled: CompiledExpression,
  _variables: Readonly<Record<string, unknown>> | ((name: string) => unknown),
  _environment: Environment,
): Evaluation {
  if (compiled.kind === 'constant') return { ok: true, value: compiled.source, warnings: [] };
  return { ok: false, message: 'FEEL is being built', warnings: [] };
}

/** Evaluates unary tests against an input; the value is true, false or null. */
export function evaluateUnaryTests(
  _compiled: CompiledExpression,
  _input: JsonValue,
  _variables: Readonly<Record<string, unknown>>,
  _environment: Environment,
): Evaluation {
  return { ok: false, message: 'FEEL is being built', warnings: [] };
}
