// Ends instances from outside: the whole tree under them in one step, innermost first.
import type { Key } from '../keys.ts';
import type { ProcessInstanceRow } from '../process-instance/state.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { behaviourOf } from './index.ts';
import type { ElementInstanceRow } from './state.ts';
import { visitInstance } from './visit-instance.ts';
import { mayWait, stopWaiting } from './waiting.ts';

/** Ends an element instance with all that belongs to it. */
export function terminateElement(view: View, step: Step, instance: ElementInstanceRow): void {
  terminateChildren(view, step, instance.key);
  const visit = visitInstance(view, step, instance);
  behaviourOf(visit.element.type).onTerminate(visit);
  if (mayWait(visit.element)) stopWaiting(view, step, instance.key);
  if (visit.definition.model.compensates) {
    for (const { key } of view.compensations.openIn(instance.key)) step.events.push({ type: 'compensation-subscription.deleted', key });
  }
  for (const incident of view.incidents.activeOf(instance.key)) step.events.push({ type: 'incident.resolved', key: incident.key });
  step.events.push({ type: 'element.terminated', key: instance.key });
}

/** Ends what runs in a scope, except one instance that ends by itself. */
export function terminateChildren(view: View, step: Step, scopeKey: Key, except?: Key): void {
  for (const child of view.elements.activeIn(scopeKey)) if (child.key !== except) terminateElement(view, step, child);
}

/** Ends a process instance; who called it is not told. */
export function terminateProcessInstance(view: View, step: Step, instance: ProcessInstanceRow): void {
  terminateChildren(view, step, instance.key);
  stopProcessEvents(view, step, instance);
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
