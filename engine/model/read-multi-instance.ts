// Reads multi-instance: the body that runs an activity once per item of a collection.
import type { ActivityModel, ElementModel, LoopModel } from './executable.ts';
import { extensionOf, isTrue, nodeOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** Flows, boundary events and compensation are the body's; mappings and the work are those of the inner activity. */
export function asMultiInstance(node: Node, loopNode: Node, element: ActivityModel, problems: Problems): ElementModel | undefined {
  const loop = readLoop(node, loopNode, problems);
  if (loop === undefined) return undefined;
  const { id, name, scopeId, incoming, outgoing, boundaryEvents, compensationHandler, isForCompensation } = element;
  const inner = { ...element, incoming: [], outgoing: [], boundaryEvents: [], compensationHandler: null, isForCompensation: false };
  return { id, name, scopeId, incoming, outgoing, boundaryEvents, compensationHandler, isForCompensation, inputs: [], outputs: [], type: 'MULTI_INSTANCE_BODY', loop, inner };
}

function readLoop(node: Node, loopNode: Node, problems: Problems): LoopModel | undefined {
  const loop = extensionOf(loopNode, 'zeebe:LoopCharacteristics');
  if (loop === undefined) {
    problems.add(node, "Must have exactly one 'zeebe:loopCharacteristics' extension element");
    return undefined;
  }
  const inputCollection = textOf(loop, 'inputCollection') ?? '';
  const collection = textOf(loop, 'outputCollection') ?? '';
  const element = textOf(loop, 'outputElement') ?? '';
  const condition = textOf(nodeOf(loopNode, 'completionCondition'), 'body')?.trim() ?? '';
  if (inputCollection === '') problems.add(node, "Attribute 'inputCollection' must be present and not empty");
  for (const source of [inputCollection, element, condition]) {
    if (source !== '' && !source.trimStart().startsWith('=')) problems.add(node, `Expected expression but found static value '${source}'. An expression must start with '=' (e.g. '=${source}').`);
  }
  if (collection !== '' && element === '') problems.add(node, "Attribute 'outputElement' must be present if the attribute 'outputCollection' is set");
  if (collection === '' && element !== '') problems.add(node, "Attribute 'outputCollection' must be present if the attribute 'outputElement' is set");
  return {
    isSequential: isTrue(loopNode, 'isSequential'),
    inputCollection: problems.check(node, inputCollection),
    inputElement: textOf(loop, 'inputElement') ?? null,
    output: collection === '' ? null : { collection, element: problems.check(node, element) },
    completionCondition: condition === '' ? null : problems.check(node, condition),
  };
}
