// Three-valued logic and `if`: whatever is no boolean counts as unknown.
import { shown } from '../value/text.ts';
import { typeOf, type Value } from '../value/value.ts';
import { child, type NodeCompiler } from './node-compiler.ts';
import { warn, type Run } from './run.ts';

export const logicNodes = {
  Conjunction: (node, compiler) => {
    const left = compiler.compile(child(node, 0));
    const right = compiler.compile(child(node, 2));
    return (frame) => {
      const a = truth(left(frame), frame.run);
      if (a === false) return false;
      const b = truth(right(frame), frame.run);
      return b === false ? false : a === true && b === true ? true : null;
    };
  },
  Disjunction: (node, compiler) => {
    const left = compiler.compile(child(node, 0));
    const right = compiler.compile(child(node, 2));
    return (frame) => {
      const a = truth(left(frame), frame.run);
      if (a === true) return true;
      const b = truth(right(frame), frame.run);
      return b === true ? true : a === false && b === false ? false : null;
    };
  },
  IfExpression: (node, compiler) => {
    const condition = compiler.compile(child(node, 1));
    const then = compiler.compile(child(node, 3));
    const otherwise = compiler.compile(child(node, 5));
    return (frame) => (truth(condition(frame), frame.run) === true ? then(frame) : otherwise(frame));
  },
} as const satisfies Record<string, NodeCompiler>;

/** The boolean, or null with a warning. */
export function truth(value: Value, run: Run): boolean | null {
  if (typeof value === 'boolean') return value;
  return warn(run, 'INVALID_TYPE', () => `Expected boolean but found '${shown(value)}'${value === null ? '' : ` (${typeOf(value)})`}`);
}
