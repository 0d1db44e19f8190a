// How an element is connected within its scope: flows in and out, mappings, boundary events.
import type { ElementBase, FlowModel, Mapping } from './executable.ts';
import { extensionOf, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** The flow elements of one process or sub-process. */
export type Scope = { readonly scopeId: string | null; readonly nodes: readonly Node[]; readonly flows: readonly Node[] };

/** What every element has, whatever its type. */
export function connect(node: Node, scope: Scope, problems: Problems): ElementBase {
  const mapping = extensionOf(node, 'zeebe:IoMapping');
  const inputs = readMappings(node, mapping, 'inputParameters', problems);
  return {
    id: node.id ?? '',
    name: node.name ?? null,
    scopeId: scope.scopeId,
    incoming: scope.flows.filter((flow) => nodeOf(flow, 'targetRef') === node).map((flow) => flow.id ?? ''),
    outgoing: outgoingInOrder(node, scope).map((flow) => readFlow(node, flow, problems)),
    inputs: ignoresInputs(node) ? [] : inputs,
    outputs: readMappings(node, mapping, 'outputParameters', problems),
    boundaryEvents: scope.nodes.filter((other) => other.$type === 'bpmn:BoundaryEvent' && nodeOf(other, 'attachedToRef') === node).map((other) => other.id ?? ''),
  };
}

/** None and error events that end or are passed: Zeebe applies their outputs only (measured on 8.8.21). */
function ignoresInputs(node: Node): boolean {
  const [definition] = nodesOf(node, 'eventDefinitions');
  return (node.$type === 'bpmn:EndEvent' || node.$type === 'bpmn:IntermediateThrowEvent') && (definition === undefined || definition.$type === 'bpmn:ErrorEventDefinition');
}

/**
 * The last in the file first, whatever order the element names them in: so does Zeebe (measured on 8.8.21).
 * It decides which of two true conditions wins and which branch of a fork starts first.
 */
function outgoingInOrder(node: Node, scope: Scope): readonly Node[] {
  return scope.flows.filter((flow) => nodeOf(flow, 'sourceRef') === node).toReversed();
}

function readFlow(source: Node, flow: Node, problems: Problems): FlowModel {
  const target = nodeOf(flow, 'targetRef');
  if (target?.id === undefined) problems.add(flow, 'must have a target');
  const condition = textOf(nodeOf(flow, 'conditionExpression'), 'body') ?? null;
  if (condition !== null) {
    if (source.$type !== 'bpmn:ExclusiveGateway') problems.add(flow, 'a condition is supported only on a flow that leaves an exclusive gateway');
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
    if (source === '') problems.add(node, `the mapping to '${target}' must have a source`);
    return { source: problems.check(node, source), target };
  });
}
