// Ends instances from outside: the whole tree under them in one step, innermost first; only listeners of a cancellation hold it up.
import type { Key } from '../keys.ts';
import type { HeldFollowUp } from '../process-instance/records.ts';
import type { ProcessInstanceRow } from '../process-instance/state.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { takeBackListener } from './execution-listeners.ts';
import { mayWait, behaviourOf } from './index.ts';
import type { ElementInstanceRow } from './state.ts';
import { visitInstance } from './visit-instance.ts';
import { stopWaiting } from './waiting.ts';

export type Termination = {
  /** What follows when the listeners that hold it up are done. */
  readonly then?: readonly HeldFollowUp[];
  /** A person ended it by hand: listeners of a cancellation are not asked, as on a cluster. */
  readonly isForced?: true;
  /** Nothing below has such listeners: known from a look at all of it, which is not repeated at each depth. */
  readonly isFree?: true;
};

/** Ends an element instance with all that belongs to it. True: listeners hold it up, and `then` follows when they are done. */
export function terminateElement(view: View, step: Step, instance: ElementInstanceRow, { then = [], isForced, isFree }: Termination = {}): boolean {
  const forced = isForced === undefined ? {} : { isForced };
  let isHeld = terminateChildren(view, step, instance.key, { ...forced, ...(isFree === undefined ? {} : { isFree }) });
  const visit = { ...visitInstance(view, step, instance), ...forced };
  const called = visit.element.type === 'CALL_ACTIVITY' ? view.processInstances.calledBy(instance.key) : undefined;
  // The end of the called process has its turn behind what waits, unless listeners in it hold up this one, too.
  if (called !== undefined && (isFree === true || !mayBeHeld(view, called.key))) step.followUps.push({ type: 'process-instance.terminate', processInstanceKey: called.key, isFree: true });
  else if (called !== undefined && terminateProcessInstance(view, step, called, forced)) isHeld = true;
  if (behaviourOf(visit.element.type).onTerminate(visit) === true) isHeld = true;
  if (visit.element.listeners !== undefined) takeBackListener(view, step, instance.key);
  if (mayWait(visit.element)) stopWaiting(view, step, instance.key);
  if (visit.definition.model.compensates) {
    for (const { key } of view.compensations.openIn(instance.key)) step.events.push({ type: 'compensation-subscription.deleted', key });
  }
  for (const incident of view.incidents.activeOf(instance.key)) step.events.push({ type: 'incident.resolved', key: incident.key });
  step.events.push({ type: isHeld ? 'element.terminating' : 'element.terminated', key: instance.key });
  const { processInstanceKey } = instance;
  if ((instance.loopCounter ?? 0) === 0 && view.processInstances.endsAfter(processInstanceKey, instance.elementId)) step.followUps.push({ type: 'process-instance.terminate', processInstanceKey });
  if (isHeld && then.length > 0) step.events.push({ type: 'follow-ups.held', instanceKey: instance.key, followUps: then });
  return isHeld;
}

/** Whether a task with listeners is open somewhere below. */
function mayBeHeld(view: View, scopeKey: Key): boolean {
  return view.elements.activeIn(scopeKey).some(({ key }) => {
    const called = view.processInstances.calledBy(key);
    return view.userTasks.openOf(key)?.listens === 1 || mayBeHeld(view, key) || (called !== undefined && mayBeHeld(view, called.key));
  });
}

/** Ends what runs in a scope, except one instance that ends by itself. True: listeners hold some of it up. */
export function terminateChildren(view: View, step: Step, scopeKey: Key, { except, ...given }: Pick<Termination, 'isForced' | 'isFree'> & { readonly except?: Key } = {}): boolean {
  let isHeld = false;
  for (const child of view.elements.activeIn(scopeKey)) if (child.key !== except) isHeld = terminateElement(view, step, child, given) || isHeld;
  return isHeld;
}

/** What follows in a scope that was emptied: now, or when the listeners that hold some of it up are done. */
export function followEmptied(step: Step, scopeKey: Key, isHeld: boolean, next: HeldFollowUp, when: 'atOnce' | 'followUps' = 'followUps'): void {
  if (isHeld) step.events.push({ type: 'follow-ups.held', instanceKey: scopeKey, followUps: [next] });
  else step[when].push(next);
}

/** Ends a process instance. True: listeners hold it up; its call activity waits for it then. */
export function terminateProcessInstance(view: View, step: Step, instance: ProcessInstanceRow, given: Pick<Termination, 'isForced' | 'isFree'> = {}): boolean {
  const isHeld = terminateChildren(view, step, instance.key, given);
  stopProcessEvents(view, step, instance);
  takeBackListener(view, step, instance.key);
  for (const incident of view.incidents.activeOf(instance.key)) step.events.push({ type: 'incident.resolved', key: incident.key });
  if (isHeld) step.events.push({ type: 'process-instance.terminating', key: instance.key });
  else finishProcessInstance(step, instance);
  return isHeld;
}

function finishProcessInstance(step: Step, instance: ProcessInstanceRow): void {
  step.events.push({ type: 'process-instance.terminated', key: instance.key });
  if (instance.messageLock !== null) {
    step.followUps.push({ type: 'message.poll-start', bpmnProcessId: instance.bpmnProcessId, correlationKey: instance.messageLock });
  }
}

/** Takes back what the process itself waits for and what in it could have been compensated. */
export function stopProcessEvents(view: View, step: Step, instance: ProcessInstanceRow): void {
  const model = view.deployments.process(instance.processDefinitionKey)?.model;
  if ((model?.eventSubProcesses.length ?? 0) > 0) stopWaiting(view, step, instance.key);
  if (model?.compensates === true) step.events.push({ type: 'compensation-subscriptions.deleted', processInstanceKey: instance.key });
}

/** The listeners that held up something in this scope are done: it ends, and next the scope that waits for it; or what waited goes on in it. */
export function finishTermination(view: View, step: Step, key: Key): void {
  if (view.elements.activeIn(key).length > 0) return;
  const process = view.processInstances.get(key);
  const instance = process === undefined ? view.elements.get(key) : undefined;
  const isEnding = (process ?? instance)?.phase === 'TERMINATING';
  const held = view.processInstances.heldFor(key);
  if (held.length > 0) step.events.push({ type: 'follow-ups.released', instanceKey: key });
  if (process !== undefined && isEnding) {
    finishProcessInstance(step, process);
    if (process.parentElementInstanceKey !== null) step.followUps.push({ type: 'element.finish-termination', elementInstanceKey: process.parentElementInstanceKey });
    return;
  }
  if (instance !== undefined && isEnding) step.events.push({ type: 'element.terminated', key });
  step.followUps.push(...held);
  if (instance !== undefined && isEnding) step.followUps.push({ type: 'element.finish-termination', elementInstanceKey: instance.scopeKey });
}
