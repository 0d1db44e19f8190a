// From FEEL text to a tree: lezer-feel's parser with Camunda's dialect, and a sentence for what is no FEEL.
import { parser, trackVariables } from 'lezer-feel';
import type { SyntaxNode, Tree } from '@lezer/common';

export type FeelNode = {
  /** The grammar's name: `Comparison`, `FunctionInvocation`, … */
  readonly name: string;
  readonly text: string;
  readonly children: readonly FeelNode[];
  /** How many nodes the tree holds: what one evaluation of it costs. */
  readonly weight: number;
};

export type Top = 'Expression' | 'UnaryTests';
export const maxDepth = 200;
export const maxLength = 100_000;

/** Parses a whole source; names with spaces or operators in them must be known to the parser beforehand. */
export function parseFeel(source: string, top: Top, names: readonly string[]): FeelNode | { error: string } {
  if (source.length > maxLength) return { error: `the expression has ${source.length} characters, more than ${maxLength}` };
  const known = Object.fromEntries(names.map((name) => [name, null]));
  const tree: Tree = parser.configure({ top, dialect: 'camunda', contextTracker: trackVariables(known) }).parse(source);
  const root = tree.topNode;
  const fault = firstFault(tree, source);
  if (fault !== undefined) return { error: fault };
  try {
    return toNode(root, source, 0);
  } catch (error) {
    if (error instanceof TooDeep) return { error: `the expression nests deeper than ${maxDepth} levels` };
    throw error;
  }
}

class TooDeep extends Error {}

function toNode(node: SyntaxNode, source: string, depth: number): FeelNode {
  if (depth > maxDepth) throw new TooDeep();
  const children: FeelNode[] = [];
  let weight = 1;
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.type.isSkipped || child.name === 'LineComment' || child.name === 'BlockComment') continue;
    const made = toNode(child, source, depth + 1);
    weight += made.weight;
    children.push(made);
  }
  return { name: node.name, text: source.slice(node.from, node.to), children, weight };
}

/** Where the parser first had to guess, as a sentence with line and column. */
function firstFault(tree: Tree, source: string): string | undefined {
  let at: number | undefined;
  let inside = 'Expression';
  tree.iterate({
    enter(ref) {
      if (at !== undefined) return false;
      if (!ref.type.isError) return true;
      at = ref.from;
      inside = ref.node.parent?.name ?? inside;
      return false;
    },
  });
  if (at === undefined) return undefined;
  const before = source.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const rest = source.slice(at).trim();
  const found = rest === '' ? 'the end of the expression' : `'${rest.length > 40 ? `${rest.slice(0, 40)}…` : rest}'`;
  return `unexpected ${found} at line ${line}, column ${column} (reading ${readable(inside)})`;
}

const readable = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
