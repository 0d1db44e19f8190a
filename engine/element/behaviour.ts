// What behaviours answer, and what many of them do alike; the contract of an element is in contract.ts.
import type { FlowModel } from '../model/executable.ts';
import type { Variables } from '../variable/records.ts';
import type { VisitOf } from './visit.ts';

/** `waiting`: something from outside completes it. `done`: it completes at once, with what it brought. */
export type Activated = { readonly kind: 'waiting' } | { readonly kind: 'done'; readonly variables?: Variables };

export const waiting: Activated = { kind: 'waiting' };
export const done: Activated = { kind: 'done' };

/** Nearly all elements leave by every outgoing flow. */
export const takeAllFlows = (visit: { readonly element: { readonly outgoing: readonly FlowModel[] } }): readonly FlowModel[] => visit.element.outgoing;

/** For elements that state nothing of their own. */
export const nothingToTakeBack = (): void => undefined;

/** A scope waits for its children; the first of them is its start event, which may bring variables along. */
export function beginScope({ element, instance, definition, step }: VisitOf<'SUB_PROCESS' | 'EVENT_SUB_PROCESS'>, variables?: Variables): Activated {
  step.followUps.push({
    type: 'element.activate',
    elementId: element.start,
    scopeKey: instance.key,
    processInstanceKey: instance.processInstanceKey,
    processDefinitionKey: definition.key,
    ...(variables === undefined ? {} : { variables }),
  });
  return waiting;
}
