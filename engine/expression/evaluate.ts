// Evaluates compiled expressions over a variable map.
import { codeOf } from './compile-expression.ts';
import { bind, rootFrame, type Frame, type Read } from './compile/frame.ts';
import { beginRun, EvaluationFailed, LimitExceeded, type Budget, type Run } from './compile/run.ts';
import { inputName } from './compile/unary-tests.ts';
import { toJson } from './value/json.ts';
import { isDateTime, type Value } from './value/value.ts';
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
  const run = beginRun(environment);
  let isLocal = false;
  const found = guarded(compiled, run, () => {
    const value = runCode(compiled, null, rootFrame(run, reader(variables)));
    isLocal = isDateTime(value) && value.zone === null && value.offset === null;
    return toJson(value, run);
  });
  return found.ok && isLocal ? { ...found, isLocalDateTime: true } : found;
}

/** Evaluates unary tests against an input; the value is true, false or null. */
export function evaluateUnaryTests(compiled: CompiledExpression, input: JsonValue, variables: Variables, environment: Environment): Evaluation {
  const run = beginRun(environment);
  return guarded(compiled, run, () => toJson(runCode(compiled, asValue(input), rootFrame(run, reader(variables))), run));
}

/** Where an evaluation of a decision stands: its variables, its world and what it may still spend. */
export type Scope = { readonly read: Read; readonly environment: Environment; readonly budget: Budget };

/** Evaluates without turning the result into JSON; the input is that of unary tests. */
export function evaluateToValue(compiled: CompiledExpression, { read, environment, budget }: Scope, input: Value = null): ValueEvaluation {
  const run = beginRun(environment, budget);
  return guarded(compiled, run, () => runCode(compiled, input, rootFrame(run, read)));
}

/** A FEEL value as JSON, or why it is too large to be one. */
export function valueToJson(value: Value, { environment, budget }: Scope): { readonly json: JsonValue } | { readonly error: string } {
  try {
    return { json: toJson(value, beginRun(environment, budget)) };
  } catch (error) {
    if (error instanceof LimitExceeded) return { error: `the result cannot be stored: ${error.message}` };
    throw error;
  }
}

function runCode(compiled: CompiledExpression, input: Value, frame: Frame): Value {
  if (compiled.kind === 'constant') return compiled.source;
  const code = codeOf(compiled);
  return code.kind === 'expression' ? code.run(frame) : code.test(bind(frame, inputName, input), input);
}

/** Limits and failed assertions become failures; anything else is a defect and goes on. */
function guarded<T>(compiled: CompiledExpression, run: Run, action: () => T): { ok: true; value: T; warnings: readonly Warning[] } | { ok: false; message: string; warnings: readonly Warning[] } {
  try {
    return { ok: true, value: action(), warnings: run.warnings };
  } catch (error) {
    if (error instanceof LimitExceeded) return failed(compiled, `the evaluation was stopped: ${error.message}`, run);
    if (error instanceof EvaluationFailed) return { ok: false, message: `Assertion failure on evaluate the expression '${textOf(compiled)}': ${error.message}`, warnings: run.warnings };
    throw error;
  }
}

const textOf = ({ source }: CompiledExpression): string => source.trim().replace(/^=\s*/, '');
const failed = (compiled: CompiledExpression, why: string, { warnings }: Run): { ok: false; message: string; warnings: readonly Warning[] } =>
  ({ ok: false, message: `Failed to evaluate expression '${textOf(compiled)}': ${why}`, warnings });

function reader(variables: Variables): Read {
  if (typeof variables === 'function') return (name) => asDefined(variables(name));
  return (name) => (Object.hasOwn(variables, name) ? asDefined(variables[name]) : undefined);
}

/** Variables are JSON, and JSON values are FEEL values as they stand. */
const asValue = (json: unknown): Value => json as Value;
const asDefined = (json: unknown): Value | undefined => (json === undefined ? undefined : asValue(json));
