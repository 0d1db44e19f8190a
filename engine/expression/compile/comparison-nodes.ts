// Comparisons: the six operators, `between`, `in` and `instance of`.
import { comparators, ordered } from './comparators.ts';
import { child, childNamed, NotCompilable, type Compiler, type NodeCompiler } from './node-compiler.ts';
import { compileType, isInstance } from './types.ts';
import { anyTest, compileTest } from './unary-tests.ts';
import type { Closure } from './frame.ts';
import type { FeelNode } from './parse-feel.ts';

export const comparisonNodes = {
  Comparison(node, compiler) {
    const operator = child(node, 1);
    if (operator.name === 'in') return compileIn(node, compiler);
    if (operator.name === 'between') return compileBetween(node, compiler);
    const compare = comparators[operator.text];
    if (compare === undefined) throw new NotCompilable(`the comparison '${operator.text}' is not supported`);
    const left = compiler.compile(child(node, 0));
    const right = compiler.compile(child(node, 2));
    return (frame) => compare(left(frame), right(frame), frame.run);
  },
  InstanceOfExpression(node, compiler) {
    const value = compiler.compile(child(node, 0));
    const type = compileType(child(node, 3));
    return (frame) => isInstance(value(frame), type);
  },
} as const satisfies Record<string, NodeCompiler>;

function compileBetween(node: FeelNode, compiler: Compiler): Closure {
  const [value, from, to] = [0, 2, 4].map((index) => compiler.compile(child(node, index)));
  if (value === undefined || from === undefined || to === undefined) throw new NotCompilable(`'${node.text}' is incomplete`);
  return (frame) => {
    const point = value(frame);
    const fromStart = ordered(point, from(frame), frame.run, (found) => found >= 0);
    const toEnd = ordered(point, to(frame), frame.run, (found) => found <= 0);
    return fromStart === null || toEnd === null ? null : fromStart && toEnd;
  };
}

function compileIn(node: FeelNode, compiler: Compiler): Closure {
  const value = compiler.compile(child(node, 0));
  const listed = childNamed(node, 'PositiveUnaryTests');
  const tests = (listed?.children ?? [child(node, 2)]).map((each) => compileTest(each, compiler));
  const test = anyTest(tests);
  return (frame) => test(frame, value(frame));
}
