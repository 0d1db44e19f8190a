// How an element is connected within its scope: flows in and out, mappings, boundary events.
import { elementDrawnBy } from '../element/index.ts';
import { jumpsOf } from '../element/links.ts';
import type { ElementBase, FlowModel, Mapping } from './executable.ts';
import { definitionOf, extensionOf, isTrue, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readExecutionListeners } from './read-execution-listeners.ts';
import { handlerOf } from './scope.ts';
import type { Scope } from './scope.ts';

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

function readFlow(source: Node, flow: Node, problems: Problems): FlowModel {
  const target = nodeOf(flow, 'targetRef');
  if (target?.id === undefined) problems.add(flow, 'must have a target');
  const condition = textOf(nodeOf(flow, 'conditionExpression'), 'body') ?? null;
  if (condition !== null) {
    if (elementDrawnBy(source)?.takesConditions !== true) problems.add(source, 'Conditional sequence flows are only supported at exclusive or inclusive gateway');
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
