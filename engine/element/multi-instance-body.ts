// Multi-instance body: runs its activity once per item, one after the other or all at once; its inner instances are in inner-instances.ts.
import type { ActivityModel, ElementOf, ExpressionSource } from '../model/executable.ts';
import { extensionOf, isTrue, nodeOf, textOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { refuseStatic } from '../model/refuse-static.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import type { MadeElement } from './contract.ts';
import { evaluateList } from './evaluate.ts';
import { activationOf } from './inner-activation.ts';
import { isFailure } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    /** Runs `inner`, which has its id, once per item; boundary events and flows are the body's, mappings those of each inner one. */
    MULTI_INSTANCE_BODY: { readonly loop: LoopModel; readonly inner: ActivityModel };
  }
}

type LoopModel = {
  readonly isSequential: boolean;
  readonly inputCollection: ExpressionSource;
  readonly inputElement: string | null;
  readonly output: { readonly collection: string; readonly element: ExpressionSource } | null;
  readonly completionCondition: ExpressionSource | null;
};

export const multiInstanceBody: MadeElement<'MULTI_INSTANCE_BODY'> = {
  onActivate: start,
  onComplete: (visit) => {
    const { output } = visit.element.loop;
    if (output !== null) handOut(visit, output.collection);
    return takeAllFlows(visit);
  },
  onTerminate: nothingToTakeBack,
};

function start(visit: VisitOf<'MULTI_INSTANCE_BODY'>): Activated | Failure {
  const { element: { loop }, instance: { key, processInstanceKey }, view, step } = visit;
  const items = evaluateList(visit, loop.inputCollection);
  if (isFailure(items)) return items;
  step.events.push({ type: 'multi-instance.started', key, items, tokens: loop.isSequential ? Math.min(1, items.length) : items.length });
  if (loop.output !== null) writeLocally(view, step, { scopeKey: key, processInstanceKey }, { [loop.output.collection]: items.map(() => null) });
  if (items.length === 0) return { kind: 'done' };
  step.followUps.push(loop.isSequential ? activationOf(visit, 1, items[0] ?? null) : { type: 'multi-instance.create', bodyKey: key, loopCounter: 1 });
  return waiting;
}

/** Puts the body around an activity that is drawn with a multi-instance marker; others stay as they are. Undefined when a problem left nothing to build. */
export function inMultiInstance(node: Node, element: ActivityModel, problems: Problems): ActivityModel | ElementOf<'MULTI_INSTANCE_BODY'> | undefined {
  const loopNode = nodeOf(node, 'loopCharacteristics');
  if (loopNode?.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return element;
  // Flows, boundary events and compensation are the body's; mappings and the work are those of the inner activity.
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
  for (const source of [inputCollection, element, condition]) refuseStatic(node, source, problems);
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

function handOut(visit: Visit, name: string): void {
  const { view, step, instance: { key } } = visit;
  propagate(view, step, visit.outerScopes(), { [name]: visit.read(name) ?? null });
  const collected = view.variables.inItems(key, name);
  if (collected !== undefined) step.events.push({ type: 'variable.collected', key: collected });
}
