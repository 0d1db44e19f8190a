// How an element is connected within its scope: flows in and out, mappings, boundary events.
import type { ElementBase, FlowModel, Mapping } from './executable.ts';
import { extensionOf, isTrue, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readExecutionListeners } from './read-listeners.ts';

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

/** What every element has, whatever its type. */
export function connect(node: Node, scope: Scope, problems: Problems): ElementBase {
  const mapping = extensionOf(node, 'zeebe:IoMapping');
  const boundaries = scope.attachedTo.get(node) ?? [];
  const compensation = boundaries.find((other) => definitionOf(other)?.$type === 'bpmn:CompensateEventDefinition');
  const listeners = readExecutionListeners(node, problems);
  return {
    id: node.id ?? '',
    name: node.name ?? null,
    scopeId: scope.scopeId,
    incoming: (scope.flowsTo.get(node) ?? []).map((flow) => flow.id ?? ''),
    outgoing: [...outgoingInOrder(node, scope).map((flow) => readFlow(node, flow, problems)), ...jumpsOf(node, scope)],
    inputs: readMappings(node, mapping, 'inputParameters', problems),
    outputs: readMappings(node, mapping, 'outputParameters', problems),
    boundaryEvents: boundaries.map((other) => other.id ?? ''),
    compensationHandler: compensation === undefined ? null : (handlerOf(compensation, scope)?.id ?? null),
    isForCompensation: isTrue(node, 'isForCompensation'),
    ...(listeners === undefined ? {} : { listeners }),
  };
}

/** The flow that stands last in the file comes first, as on a cluster; the order of the `outgoing` entries has no meaning. */
function outgoingInOrder(node: Node, scope: Scope): readonly Node[] {
  return (scope.flowsFrom.get(node) ?? []).toReversed();
}

const definitionOf = (node: Node): Node | undefined => nodesOf(node, 'eventDefinitions')[0];

/** The activity that a compensation boundary event leads to. */
export function handlerOf(boundary: Node, scope: Scope): Node | undefined {
  return nodeOf(scope.associations.find((association) => nodeOf(association, 'sourceRef') === boundary), 'targetRef');
}

/** The way that no sequence flow draws: from a link throw event to its catch event. */
function jumpsOf(node: Node, scope: Scope): readonly FlowModel[] {
  const definition = definitionOf(node);
  const jump = (target: Node | undefined): FlowModel[] => (target?.id === undefined ? [] : [{ id: null, target: target.id, condition: null }]);
  if (node.$type !== 'bpmn:IntermediateThrowEvent' || definition?.$type !== 'bpmn:LinkEventDefinition') return [];
  return jump(scope.nodes.find((other) => other.$type === 'bpmn:IntermediateCatchEvent' && definitionOf(other)?.$type === 'bpmn:LinkEventDefinition' && definitionOf(other)?.name === definition.name));
}

function readFlow(source: Node, flow: Node, problems: Problems): FlowModel {
  const target = nodeOf(flow, 'targetRef');
  if (target?.id === undefined) problems.add(flow, 'must have a target');
  const condition = textOf(nodeOf(flow, 'conditionExpression'), 'body') ?? null;
  if (condition !== null) {
    if (source.$type !== 'bpmn:ExclusiveGateway' && source.$type !== 'bpmn:InclusiveGateway') problems.add(source, 'Conditional sequence flows are only supported at exclusive or inclusive gateway');
    if (!condition.trimStart().startsWith('=')) problems.add(flow, `the condition '${condition}' must be an expression that starts with '='`);
    problems.check(flow, condition);
  }
  return { id: flow.id ?? '', target: target?.id ?? '', condition };
}

function readMappings(node: Node, mapping: Node | undefined, property: string, problems: Problems): Mapping[] {
  return nodesOf(mapping, property).map((parameter) => {
    const source = textOf(parameter, 'source') ?? '';
    const target = textOf(parameter, 'target') ?? '';
    if (!/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(target)) problems.add(node, `the target '${target}' of a variable mapping must be a variable name or a path of names with dots`);
    return { source: problems.check(node, source), target };
  });
}
