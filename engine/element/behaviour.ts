// The contract of an element: what it does when a token arrives, when its work is done, and when it is ended from outside.
import type { ElementType, FlowModel } from '../model/executable.ts';
import type { Variables } from '../variable/records.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

/** `waiting`: something from outside completes it. `done`: it completes at once, with what it brought. */
export type Activated = { readonly kind: 'waiting' } | { readonly kind: 'done'; readonly variables?: Variables };

export const waiting: Activated = { kind: 'waiting' };
export const done: Activated = { kind: 'done' };

export type ElementBehaviour<Type extends ElementType> = {
  /**
   * The input mappings are applied and the boundary events wait. States what is needed for the work (a job, a task, a
   * timer) or does it. Next: ACTIVATED, then `onComplete` at once when it answers `done`. A failure leaves the instance
   * ACTIVATING with an incident, and this runs again when that is resolved.
   */
  onActivate(visit: VisitOf<Type>): Activated | Failure;
  /**
   * The output mappings are applied. Answers the flows that the token takes; none ends it. Next: COMPLETED, and the
   * targets of the flows are activated. A failure leaves the instance COMPLETING with an incident.
   */
  onComplete(visit: VisitOf<Type>): readonly FlowModel[] | Failure;
  /** Takes back what `onActivate` stated, children and waiting apart. Next: TERMINATED, or TERMINATING when it answers true: listeners come first. */
  onTerminate(visit: VisitOf<Type>): boolean | void;
};

/** A behaviour whose element is not known by type; call it with a visit of its own element only. */
export type AnyBehaviour = {
  onActivate(visit: Visit): Activated | Failure;
  onComplete(visit: Visit): readonly FlowModel[] | Failure;
  onTerminate(visit: Visit): boolean | void;
};

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
