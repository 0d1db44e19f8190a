// Ranges as values: `[1..5]`, and `(< 5)` with one open end.
import { order } from '../value/compare.ts';
import { rangeOf, type Value } from '../value/value.ts';
import { shown } from '../value/text.ts';
import { child, type NodeCompiler } from './node-compiler.ts';
import { warn } from './run.ts';

const bounded: Readonly<Record<string, (bound: Value) => Value>> = {
  '<': (bound) => rangeOf(null, bound, false, false),
  '<=': (bound) => rangeOf(null, bound, false, true),
  '>': (bound) => rangeOf(bound, null, false, false),
  '>=': (bound) => rangeOf(bound, null, true, false),
  '=': (bound) => rangeOf(bound, bound, true, true),
};

export const rangeNodes = {
  SimplePositiveUnaryTest(node, compiler) {
    if (node.children.length === 1) return compiler.compile(child(node, 0));
    const operator = child(node, 0).text;
    const make = bounded[operator];
    const bound = compiler.compile(child(node, 1));
    if (make === undefined) return ({ run }) => warn(run, 'INVALID_TYPE', () => `'${node.text}' is a test, not a value`);
    return (frame) => make(bound(frame));
  },
  Interval(node, compiler) {
    const startIncluded = child(node, 0).text === '[';
    const endIncluded = child(node, 4).text === ']';
    const from = compiler.compile(child(node, 1));
    const to = compiler.compile(child(node, 3));
    return (frame) => {
      const start = from(frame);
      const end = to(frame);
      if (order(start, end) !== undefined) return rangeOf(start, end, startIncluded, endIncluded);
      return warn(frame.run, 'INVALID_TYPE', () => `Invalid range from '${shown(start)}' to '${shown(end)}'`);
    };
  },
} as const satisfies Record<string, NodeCompiler>;
