// Collects what is wrong in a diagram: which element, in which line, why.
import type { ExpressionSource } from './executable.ts';
import { compileExpression } from '../expression/index.ts';
import { lineOf } from './moddle.ts';
import type { Node } from './moddle.ts';

export type Problems = {
  add(node: Node, reason: string): void;
  /** Of a process as a whole. */
  addToProcess(node: Node, reason: string): void;
  /** Adds a problem when the expression does not compile; answers it either way. */
  check(node: Node, source: ExpressionSource): ExpressionSource;
  list(): readonly string[];
};

export function collectProblems(xml: string): Problems {
  const sentences: string[] = [];
  const add = (node: Node, reason: string) => {
    const id = node.id ?? '';
    const name = node.name === undefined || node.name === '' ? '' : ` "${node.name.replaceAll(/\s+/g, ' ')}"`;
    sentences.push(`- Element: ${id === '' ? node.$type : id}${name}${id === '' ? '' : ` (line ${lineOf(xml, id)})`} - ERROR: ${reason}`);
  };
  return {
    add,
    addToProcess: (node, reason) => void sentences.push(`- Process: ${node.id ?? ''} (line ${lineOf(xml, node.id ?? '')}) - ERROR: ${reason}`),
    check: (node, source) => {
      const compiled = compileExpression(source);
      if ('error' in compiled) add(node, `failed to parse expression '${source.length > 300 ? `${source.slice(0, 300)}…` : source}': ${compiled.error}`);
      return source;
    },
    list: () => sentences,
  };
}
