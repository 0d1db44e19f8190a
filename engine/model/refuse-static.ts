// Refuses a text where only an expression makes sense.
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** An empty text is nothing, and fine. */
export function refuseStatic(node: Node, source: string, problems: Problems): void {
  if (source !== '' && !source.trimStart().startsWith('=')) problems.add(node, `Expected expression but found static value '${source}'. An expression must start with '=' (e.g. '=${source}').`);
}
