// Literals: numbers, strings, booleans, null, `@"…"`, and parentheses around anything.
import { parseNumber } from '../value/number.ts';
import { temporalLiteral } from '../builtin/conversions.ts';
import { child, NotCompilable, type NodeCompiler } from './node-compiler.ts';
import { warn } from './run.ts';
import type { Closure } from './frame.ts';
import type { FeelNode } from './parse-feel.ts';
import type { Value } from '../value/value.ts';

const constant = (value: Value): Closure => () => value;

export const literalNodes = {
  NumericLiteral: (node) => constant(numberOf(node)),
  StringLiteral: (node) => constant(unescape(node.text)),
  BooleanLiteral: (node) => constant(node.text === 'true'),
  null: () => constant(null),
  ParenthesizedExpression: (node, compiler) => compiler.compile(child(node, 1)),
  Expression: (node, compiler) => compiler.compile(child(node, 0)),
  FunctionBody: (node, compiler) => compiler.compile(child(node, 0)),
  AtLiteral(node) {
    const text = unescape(child(node, 0).text);
    const value = temporalLiteral(text);
    return value === undefined ? ({ run }) => warn(run, 'FUNCTION_INVOCATION_FAILURE', () => `'${text}' is no date, time or duration`) : constant(value);
  },
} as const satisfies Record<string, NodeCompiler>;

/** The number of a literal, a sign in front included. */
export function numberOf(node: FeelNode): number | NonNullable<ReturnType<typeof parseNumber>> {
  const value = parseNumber(node.text.replace(/\s+/g, ''));
  if (value === null) throw new NotCompilable(`'${node.text}' is no number`);
  return value;
}

const escapes = /\\(?:(["\\nrt'])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6}))/g;
const plain: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text of a string literal without its quotes. */
export function unescape(literal: string): string {
  const text = literal.slice(1, -1);
  if (!text.includes('\\')) return text;
  return text.replace(escapes, (whole, letter: string | undefined, four: string | undefined, six: string | undefined) => {
    if (letter !== undefined) return plain[letter] ?? letter;
    const code = Number.parseInt(four ?? six ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
