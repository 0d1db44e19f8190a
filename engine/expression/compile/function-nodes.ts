// Function definitions and calls: built-ins resolved while compiling, functions of the expression while running.
import { findBuiltin, isKnownBuiltin } from '../builtin/registry.ts';
import { argumentFailure, invokeBuiltin, type Builtin } from '../builtin/builtin.ts';
import { isFunction, tag, type FeelFunction, type Value } from '../value/value.ts';
import { shown } from '../value/text.ts';
import { bindEntries, lookUp, type Closure, type Frame } from './frame.ts';
import { child, childNamed, nameOf, NotCompilable, type Compiler, type NodeCompiler } from './node-compiler.ts';
import { deeper, EvaluationFailed, spend, warn, type Run } from './run.ts';
import { compileType, isInstance, type Type } from './types.ts';
import type { FeelNode } from './parse-feel.ts';

type Arguments = { readonly names: readonly string[] | undefined; readonly values: readonly Closure[] };

export const functionNodes = {
  FunctionInvocation(node, compiler) {
    const target = child(node, 0);
    const given = compileArguments(node, compiler);
    if (target.name === 'VariableName' || target.name === 'SpecialFunctionName') return callByName(nameOf(target), given, compiler);
    const callee = compiler.compile(target);
    return (frame) => callValue(callee(frame), given, frame) ?? null;
  },
  DateTimeLiteral(node, compiler) {
    const first = child(node, 0);
    if (first.name === 'AtLiteral') return compiler.compile(first);
    const call = callByName(nameOf(first), compileArguments(node, compiler), compiler);
    return hasLiteralArguments(node) ? once(call) : call;
  },
  FunctionDefinition(node, compiler) {
    if (childNamed(node, 'external') !== undefined) {
      return ({ run }) => warn(run, 'FUNCTION_INVOCATION_FAILURE', () => 'External functions (Java, PMML) are not supported');
    }
    const parameters = (childNamed(node, 'FormalParameters')?.children ?? []).map((each) => ({
      name: nameOf(child(each, 0)),
      type: typeOfParameter(each),
    }));
    const bodyNode = childNamed(node, 'FunctionBody');
    if (bodyNode === undefined) throw new NotCompilable(`the function '${node.text}' has no body`);
    const body = compiler.compile(bodyNode);
    return (frame) => newFunction(parameters, body, bodyNode.weight, frame);
  },
} as const satisfies Record<string, NodeCompiler>;

const literalArguments = new Set(['StringLiteral', 'NumericLiteral']);
const hasLiteralArguments = (node: FeelNode): boolean =>
  (childNamed(node, 'PositionalParameters')?.children ?? []).every(({ name }) => literalArguments.has(name));

/** `date("2026-01-01")` means the same each time; what failed is called again, for its warning. */
function once(call: Closure): Closure {
  let known: Value = null;
  return (frame) => (known ??= call(frame));
}

const typeOfParameter = (node: FeelNode): Type | undefined => {
  const type = childNamed(node, 'Type');
  return type === undefined ? undefined : compileType(type);
};

type Parameter = { readonly name: string; readonly type: Type | undefined };

function newFunction(parameters: readonly Parameter[], body: Closure, weight: number, frame: Frame): FeelFunction {
  return {
    [tag]: 'function',
    parameters: parameters.map(({ name }) => name),
    invoke(args, run) {
      spend(run, weight);
      const misfit = parameters.find(({ type }, index) => type !== undefined && (args[index] ?? null) !== null && !isInstance(args[index] ?? null, type));
      if (misfit !== undefined) return warn(run, 'FUNCTION_INVOCATION_FAILURE', () => `The argument '${misfit.name}' is not of the parameter's type`);
      const bound = Object.fromEntries(parameters.map(({ name }, index) => [name, args[index] ?? null]));
      return deeper(run, () => body(bindEntries(frame, bound)));
    },
  };
}

function compileArguments(node: FeelNode, compiler: Compiler): Arguments {
  const named = childNamed(node, 'NamedParameters');
  if (named !== undefined) {
    return {
      names: named.children.map((each) => nameOf(child(each, 0))),
      values: named.children.map((each) => compiler.compile(child(each, 1))),
    };
  }
  const positional = childNamed(node, 'PositionalParameters');
  return { names: undefined, values: (positional?.children ?? []).map((each) => compiler.compile(each)) };
}

function callByName(name: string, given: Arguments, compiler: Compiler): Closure {
  compiler.noteReference(name);
  const builtin = findBuiltin(name, given.names ?? given.values.length);
  const known = isKnownBuiltin(name);
  return (frame) => {
    const own = lookUp(frame, name);
    if (isFunction(own)) return callValue(own, given, frame);
    if (builtin !== undefined) return callBuiltin(name, builtin, given, frame);
    const count = given.names === undefined ? `${given.values.length} parameters` : `the parameters ${given.names.map((each) => `'${each}'`).join(', ')}`;
    return warn(frame.run, 'NO_FUNCTION_FOUND', () => `No function found with name '${name}' and ${count}${known ? '; it exists with others' : ''}`);
  };
}

function callBuiltin(name: string, builtin: Builtin, given: Arguments, frame: Frame): Value {
  const values = given.values.map((value) => value(frame));
  const args = given.names === undefined ? values : inOrder(builtin.parameters, given.names, values);
  const result = invokeBuiltin(builtin, args, frame.run);
  if (result.ok) return result.value;
  if (result.fatal) throw new EvaluationFailed(result.message);
  return warn(frame.run, 'FUNCTION_INVOCATION_FAILURE', () => `Failed to invoke function '${name}': ${result.message}`);
}

function callValue(callee: Value, given: Arguments, frame: Frame): Value {
  if (!isFunction(callee)) return warn(frame.run, 'NO_FUNCTION_FOUND', () => `'${shown(callee)}' is no function`);
  const values = given.values.map((value) => value(frame));
  if (given.names !== undefined) {
    const unknown = given.names.find((name) => !callee.parameters.includes(name));
    if (unknown !== undefined) return wrongArguments(callee, values, frame.run);
    return callee.invoke(inOrder(callee.parameters, given.names, values), frame.run);
  }
  return values.length === callee.parameters.length ? callee.invoke(values, frame.run) : wrongArguments(callee, values, frame.run);
}

const wrongArguments = (callee: FeelFunction, values: readonly Value[], run: Run): null =>
  warn(run, 'NO_FUNCTION_FOUND', () => `${shown(callee)} takes other arguments; ${argumentFailure(values)}`);

const inOrder = (parameters: readonly string[], names: readonly string[], values: readonly Value[]): Value[] =>
  parameters.map((parameter) => values[names.indexOf(parameter)] ?? null);
