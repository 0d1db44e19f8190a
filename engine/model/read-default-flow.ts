// Reads the default flow of a gateway whose other flows have conditions.
import type { ElementBase } from './executable.ts';
import { nodeOf, nodesOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** Null when it has none; each other flow must have a condition then. */
export function readDefaultFlow(node: Node, base: ElementBase, problems: Problems): string | null {
  const defaultFlow = nodeOf(node, 'default')?.id ?? null;
  for (const flow of nodesOf(nodeOf(node, '$parent'), 'flowElements').filter((other) => nodeOf(other, 'sourceRef') === node)) {
    const mustDecide = base.outgoing.length > 1 && flow.id !== defaultFlow;
    if (mustDecide && nodeOf(flow, 'conditionExpression') === undefined) problems.add(flow, 'Must have a condition or be default flow');
  }
  return defaultFlow;
}
