// What may hang on an activity of a random process: multi-instance, listeners, a compensation handler.
import { escape, type Node } from '../scenario/diagram.ts';
import { bare, boundary, raw } from '../scenario/elements.ts';
import type { Activity, Loop } from './blocks.ts';

/** Runs once per item. */
export function looped(node: Node, loop: Loop | null): Node {
  if (loop === null) return node;
  const collect = loop.collect === null ? '' : ` outputCollection="results" outputElement="${escape(loop.collect)}"`;
  const until = loop.until === null ? '' : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escape(loop.until)}</bpmn:completionCondition>`;
  const xml = `<bpmn:multiInstanceLoopCharacteristics isSequential="${loop.sequential}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="${escape(loop.over)}" inputElement="item"${collect}/></bpmn:extensionElements>${until}</bpmn:multiInstanceLoopCharacteristics>`;
  return { ...node, body: (node.body ?? '') + xml };
}

/** One listener; `completing` is a task listener and means something at user tasks only. */
export function listening(node: Node, listener: Activity['listener']): Node {
  if (listener === null) return node;
  const type = `${node.id}-${listener}`;
  if (listener === 'completing' && node.tag !== 'userTask') return node;
  const xml = listener === 'completing' ? `<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="${type}"/></zeebe:taskListeners>` : `<zeebe:executionListeners><zeebe:executionListener eventType="${listener}" type="${type}"/></zeebe:executionListeners>`;
  return { ...node, extensions: (node.extensions ?? '') + xml };
}

/** The boundary event, the service task that undoes the activity, and what joins the two. */
export function compensated(activity: string): Node[] {
  const [event, handler] = [`${activity}-undone`, `${activity}-undo`];
  return [
    boundary(event, activity, bare('compensateEventDefinition', `id="${event}-definition"`)),
    raw('serviceTask', handler, { attributes: { isForCompensation: 'true' }, extensions: `<zeebe:taskDefinition type="${handler}"/>` }),
    raw('association', `${activity}-undoes`, { attributes: { sourceRef: event, targetRef: handler, associationDirection: 'One' } }),
  ];
}
