// Ends instances from outside: the whole tree under them in one step, innermost first; only listeners of a cancellation hold it up.
import type { Key } from '../keys.ts';
import type { HeldFollowUp } from '../process-instance/records.ts';
import type { ProcessInstanceRow } from '../process-instance/state.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { takeBackListener } from './execution-listeners.ts';
import { behaviourOf } from './index.ts';
import type { ElementInstanceRow } from './state.ts';
import { visitInstance } from './visit-instance.ts';
import { mayWait, stopWaiting } from './waiting.ts';

/** Ends an element instance with all that belongs to it. True: listeners hold it up, and `then` follows when they are done. */
export function terminateElement(view: View, step: Step, instance: ElementInstanceRow, then: readonly HeldFollowUp[] = []): boolean {
  let isHeld = terminateChildren(view, step, instance.key);
  const visit = visitInstance(view, step, instance);
  if (behaviourOf(visit.element.type).onTerminate(visit) === true) isHeld = true;
  if (visit.element.listeners !== undefined) takeBackListener(view, step, instance.key);
  if (mayWait(visit.element)) stopWaiting(view, step, instance.key);
  if (visit.definition.model.compensates) {
    for (const { key } of view.compensations.openIn(instance.key)) step.events.push({ type: 'compensation-subscription.deleted', key });
  }
  for (const incident of view.incidents.activeOf(instance.key)) step.events.push({ type: 'incident.resolved', key: incident.key });
  step.events.push({ type: isHeld ? 'element.terminating' : 'element.terminated', key: instance.key });
  if (isHeld && then.length > 0) step.events.push({ type: 'follow-ups.held', instanceKey: instance.key, followUps: then });
  return isHeld;
}

/** Ends what runs in a scope, except one instance that ends by itself. True: listeners hold some of it up. */
export function terminateChildren(view: View, step: Step, scopeKey: Key, except?: Key): boolean {
  let isHeld = false;
  for (const child of view.elements.activeIn(scopeKey)) if (child.key !== except) isHeld = terminateElement(view, step, child) || isHeld;
  return isHeld;
}

/** Ends a process instance; who called it is not told. */
export function terminateProcessInstance(view: View, step: Step, instance: ProcessInstanceRow): void {
  const isHeld = terminateChildren(view, step, instance.key);
  stopProcessEvents(view, step, instance);
  takeBackListener(view, step, instance.key);
  for (const incident of view.incidents.activeOf(instance.key)) step.events.push({ type: 'incident.resolved', key: incident.key });
  if (isHeld) step.events.push({ type: 'process-instance.terminating', key: instance.key });
  else finishProcessInstance(step, instance);
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

/** The listeners that held up an element instance are done: it ends, and next the scope that waits for it. */
export function finishTermination(view: View, step: Step, key: Key): void {
  if (view.elements.activeIn(key).length > 0) return;
  const process = view.processInstances.get(key);
  if (process !== undefined) {
    if (process.phase === 'TERMINATING') finishProcessInstance(step, process);
    return;
  }
  const instance = view.elements.get(key);
  if (instance?.phase !== 'TERMINATING') return;
  step.events.push({ type: 'element.terminated', key });
  const held = view.processInstances.heldFor(key);
  if (held.length > 0) step.events.push({ type: 'follow-ups.released', instanceKey: key });
  step.followUps.push(...held, { type: 'element.finish-termination', elementInstanceKey: instance.scopeKey });
}
