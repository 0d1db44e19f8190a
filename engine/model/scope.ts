// The flow elements of one process or sub-process, and what stands beside what.
import { nodeOf } from './moddle.ts';
import type { Node } from './moddle.ts';

/** The flow elements of one process or sub-process; associations lead from compensation events to their handlers. */
export type Scope = {
  readonly scopeId: string | null;
  readonly nodes: readonly Node[];
  readonly flows: readonly Node[];
  readonly associations: readonly Node[];
  /** Flows and boundary events by what they belong to, in the order of the file. */
  readonly flowsTo: ReadonlyMap<Node, readonly Node[]>;
  readonly flowsFrom: ReadonlyMap<Node, readonly Node[]>;
  readonly attachedTo: ReadonlyMap<Node, readonly Node[]>;
};

export function createScope(given: Pick<Scope, 'scopeId' | 'nodes' | 'flows' | 'associations'>): Scope {
  return { ...given, flowsTo: groupBy(given.flows, 'targetRef'), flowsFrom: groupBy(given.flows, 'sourceRef'), attachedTo: groupBy(given.nodes, 'attachedToRef') };
}

function groupBy(nodes: readonly Node[], property: string): ReadonlyMap<Node, readonly Node[]> {
  const groups = new Map<Node, Node[]>();
  for (const node of nodes) {
    const key = nodeOf(node, property);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  return groups;
}

/** The activity that a compensation boundary event leads to. */
export function handlerOf(boundary: Node, scope: Scope): Node | undefined {
  return nodeOf(scope.associations.find((association) => nodeOf(association, 'sourceRef') === boundary), 'targetRef');
}
