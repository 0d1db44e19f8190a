// Evaluates compiled expressions over a variable map.
import { codeOf } from './compile-expression.ts';
import { bind, rootFrame, type Frame } from './compile/frame.ts';
import { beginRun, EvaluationFailed, LimitExceeded, type Run } from './compile/run.ts';
import { inputName } from './compile/unary-tests.ts';
import { toJson } from './value/json.ts';
import type { Value } from './value/value.ts';
import type { CompiledExpression, Environment, Evaluation, JsonValue, Warning } from './contract.ts';

/** Variables by name: a map, or a function that reads them one by one (undefined: there is none). */
export type Variables = Readonly<Record<string, unknown>> | ((name: string) => unknown);

/** A result before it becomes JSON, for callers that evaluate on with it (decisions). */
export type ValueEvaluation =
  | { readonly ok: true; readonly value: Value; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly message: string; readonly warnings: readonly Warning[] };

/** Evaluates over plain JSON variables; the result is JSON. */
export function evaluate(compiled: CompiledExpression, variables: Variables, environment: Environment): Evaluation {
  if (compiled.kind === 'constant') return { ok: true, value: compiled.source, warnings: [] };
  const run = beginRun(reader(variables), environment);
  return guarded(compiled, run, () => toJson(runCode(compiled, null, run), run));
}

/** Evaluates unary tests against an input; the value is true, false or null. */
export function evaluateUnaryTests(compiled: CompiledExpression, input: JsonValue, variables: Variables, environment: Environment): Evaluation {
  const run = beginRun(reader(variables), environment);
  return guarded(compiled, run, () => toJson(runCode(compiled, asValue(input), run), run));
}

/** Evaluates without turning the result into JSON; the input is that of unary tests. */
export function evaluateToValue(compiled: CompiledExpression, variables: (name: string) => Value | undefined, environment: Environment, input: Value = null): ValueEvaluation {
  const run = beginRun(variables, environment);
  return guarded(compiled, run, () => runCode(compiled, input, run));
}

/** A FEEL value as JSON, under the limits of an evaluation of its own. */
export function valueToJson(value: Value, environment: Environment): JsonValue {
  return toJson(value, beginRun(() => undefined, environment));
}

function runCode(compiled: CompiledExpression, input: Value, run: Run): Value {
  if (compiled.kind === 'constant') return compiled.source;
  const code = codeOf(compiled);
  const frame: Frame = rootFrame(run);
  return code.kind === 'expression' ? code.run(frame) : code.test(bind(frame, inputName, input), input);
}

/** Limits and failed assertions become failures; anything else is a defect and goes on. */
function guarded<T>(compiled: CompiledExpression, run: Run, action: () => T): { ok: true; value: T; warnings: readonly Warning[] } | { ok: false; message: string; warnings: readonly Warning[] } {
  try {
    return { ok: true, value: action(), warnings: run.warnings };
  } catch (error) {
    if (error instanceof LimitExceeded) return failed(compiled, `the evaluation was stopped: ${error.message}`, run);
    if (error instanceof EvaluationFailed) return failed(compiled, error.message, run);
    throw error;
  }
}

const failed = ({ source }: CompiledExpression, why: string, { warnings }: Run): { ok: false; message: string; warnings: readonly Warning[] } =>
  ({ ok: false, message: `Failed to evaluate expression '${source.trim().replace(/^=\s*/, '')}': ${why}`, warnings });

function reader(variables: Variables): (name: string) => Value | undefined {
  if (typeof variables === 'function') return (name) => asDefined(variables(name));
  return (name) => (Object.hasOwn(variables, name) ? asDefined(variables[name]) : undefined);
}

/** Variables are JSON, and JSON values are FEEL values as they stand. */
const asValue = (json: unknown): Value => json as Value;
const asDefined = (json: unknown): Value | undefined => (json === undefined ? undefined : asValue(json));
