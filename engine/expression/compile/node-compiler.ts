// The contract of one grammar node's compilation.
import type { Closure } from './frame.ts';
import type { FeelNode } from './parse-feel.ts';

export type Compiler = {
  readonly compile: (node: FeelNode) => Closure;
  /** Notes that the expression may read the variable of that name. */
  readonly noteReference: (name: string) => void;
};

export type NodeCompiler = (node: FeelNode, compiler: Compiler) => Closure;

/** Thrown for what parses but has no meaning here; becomes the compilation's error. */
export class NotCompilable extends Error {}

/** A child that the grammar promises. */
export function child(node: FeelNode, index: number): FeelNode {
  const found = node.children[index];
  if (found === undefined) throw new NotCompilable(`'${node.text}' is incomplete`);
  return found;
}

export const childNamed = (node: FeelNode, name: string): FeelNode | undefined => node.children.find((each) => each.name === name);

/** A name as it is looked up: backticks off, runs of white space one space. */
export const nameOf = (node: FeelNode): string => node.text.replaceAll('`', '').replace(/\s+/g, ' ').trim();
