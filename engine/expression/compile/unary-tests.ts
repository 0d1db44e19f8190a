// Unary tests: what stands in a decision table's input cell or behind `in`, tested against an input.
import { equal, inRange } from '../value/compare.ts';
import { isBoolean, isList, isRange, type Value } from '../value/value.ts';
import { comparators, notComparable } from './comparators.ts';
import { bind, type Closure, type Frame, type Test } from './frame.ts';
import { child, childNamed, NotCompilable, type Compiler } from './node-compiler.ts';
import { spend } from './run.ts';
import type { FeelNode } from './parse-feel.ts';

/** The name under which an expression inside a test sees the input. */
export const inputName = '?';

/** `-`, one test, several of which one must hold, or `not(…)` around them. */
export function compileUnaryTestsNode(root: FeelNode, compiler: Compiler): Test {
  const first = child(root, 0);
  if (first.name === 'Wildcard') return () => true;
  const listed = childNamed(root, 'PositiveUnaryTests');
  if (listed === undefined) throw new NotCompilable(`'${root.text}' is no unary test`);
  const any = anyTest(listed.children.map((each) => compileTest(each, compiler)));
  if (first.name !== 'not') return any;
  return (frame, input) => {
    const found = any(frame, input);
    return found === null ? null : !found;
  };
}

/** True when one holds; null when none does and one could not be told. */
export function anyTest(tests: readonly Test[]): Test {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (frame, input) => {
    let result: boolean | null = false;
    for (const test of tests) {
      const found = test(frame, input);
      if (found === true) return true;
      if (found === null) result = null;
    }
    return result;
  };
}

const literals = new Set(['NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'null', 'DateTimeLiteral']);

/** Compiles one positive unary test. */
export function compileTest(node: FeelNode, compiler: Compiler): Test {
  if (node.name === 'PositiveUnaryTest') return compileTest(child(node, 0), compiler);
  if (node.name === 'ParenthesizedExpression') {
    const inner = child(node, 1);
    if (inner.name === 'SimplePositiveUnaryTest') return compileTest(inner, compiler);
  }
  if (node.name === 'SimplePositiveUnaryTest' && child(node, 0).name === 'CompareOp') return operatorTest(node, compiler);
  const closure = compiler.compile(node);
  if (literals.has(node.name)) return (frame, input) => equalOrWarn(input, closure(frame), frame);
  if (node.name === 'SimplePositiveUnaryTest') return (frame, input) => rangeTest(closure(frame), input, frame);
  const usesInput = mentionsInput(node);
  return (frame, input) => matches(closure(bind(frame, inputName, input)), input, usesInput, frame);
}

/** A range that could not be made tells nothing about the input. */
function rangeTest(range: Value, input: Value, frame: Frame): boolean | null {
  return isRange(range) ? inRange(input, range) ?? notComparable(input, range, frame.run) : null;
}

function operatorTest(node: FeelNode, compiler: Compiler): Test {
  const operator = child(node, 0).text;
  const compare = comparators[operator];
  if (compare === undefined) throw new NotCompilable(`the comparison '${operator}' is not supported`);
  const bound = compiler.compile(child(node, 1));
  return (frame, input) => compare(input, bound(frame), frame.run);
}

const mentionsInput = (node: FeelNode): boolean => node.name === '?' || node.children.some(mentionsInput);

/** What an expression's value says about the input: itself when it spoke of `?`, else whether it is or holds the input. */
function matches(value: Value, input: Value, usesInput: boolean, frame: Frame): boolean | null {
  if (usesInput) return isBoolean(value) ? value : null;
  if (isRange(value)) return inRange(input, value) ?? notComparable(input, value, frame.run);
  if (isList(value)) return holds(value, input, frame);
  if (value === true) return true;
  const found = equal(input, value, frame.run);
  return found ?? (value === false ? false : notComparable(input, value, frame.run));
}

/** Whether a list is the input, or an item of it is, or is a range around it. */
function holds(list: readonly Value[], input: Value, frame: Frame): boolean {
  spend(frame.run, list.length);
  if (isList(input) && equal(input, list, frame.run) === true) return true;
  return list.some((item) => (isRange(item) ? inRange(input, item) === true : equal(input, item, frame.run) === true));
}

function equalOrWarn(a: Value, b: Value, frame: Frame): boolean | null {
  return equal(a, b, frame.run) ?? notComparable(a, b, frame.run);
}

/** A test used as a value inside a filter: `list[> 5]`. */
export function testOfItem(node: FeelNode, compiler: Compiler): Closure {
  const test = compileTest(node, compiler);
  return (frame) => test(frame, lookedUpItem(frame));
}

const lookedUpItem = (frame: Frame): Value => {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) if (at.name === 'item') return at.value;
  return null;
};
