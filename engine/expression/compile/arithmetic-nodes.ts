// Arithmetic: two operands and an operator, or a minus before one.
import { add, divide, multiply, power, subtract, type Operation } from '../value/arithmetic.ts';
import { negate } from '../value/number.ts';
import { dayTime, yearMonth } from '../temporal/duration.ts';
import { isDayTime, isNumber, isYearMonth } from '../value/value.ts';
import { shown } from '../value/text.ts';
import { child, NotCompilable, type Compiler, type NodeCompiler } from './node-compiler.ts';
import { warn } from './run.ts';
import type { Closure } from './frame.ts';
import type { FeelNode } from './parse-feel.ts';

const operations: Readonly<Record<string, Operation>> = { '+': add, '-': subtract, '*': multiply, '/': divide, '**': power, '^': power };

export const arithmeticNodes = {
  ArithmeticExpression(node, compiler) {
    if (node.children.length === 2) return minus(child(node, 1), compiler);
    const operator = child(node, 1).text;
    const operation = operations[operator];
    if (operation === undefined) throw new NotCompilable(`the operator '${operator}' is not supported`);
    const left = compiler.compile(child(node, 0));
    const right = compiler.compile(child(node, 2));
    return (frame) => operation(left(frame), right(frame), frame.run);
  },
} as const satisfies Record<string, NodeCompiler>;

function minus(node: FeelNode, compiler: Compiler): Closure {
  const operand = compiler.compile(node);
  return (frame) => {
    const value = operand(frame);
    if (isNumber(value)) return negate(value);
    if (isDayTime(value)) return dayTime(-value.nanos);
    if (isYearMonth(value)) return yearMonth(-value.months);
    return warn(frame.run, 'INVALID_TYPE', () => `Expected number but found '${shown(value)}'`);
  };
}
