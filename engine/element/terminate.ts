// Ends instances from outside: the whole tree under them in one step, innermost first.
import type { ProcessInstanceRow } from '../process-instance/state.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { behaviourOf } from './index.ts';
import type { ElementInstanceRow } from './state.ts';
import { visitInstance } from './visit-instance.ts';
import { mayWait, stopWaiting } from './waiting.ts';

/** Ends an element instance with all that belongs to it. */
export function terminateElement(view: View, step: Step, instance: ElementInstanceRow): void {
  for (const child of view.elements.activeIn(instance.key)) terminateElement(view, step, child);
  const visit = visitInstance(view, step, instance);
  behaviourOf(visit.element.type).onTerminate(visit);
  if (mayWait(visit.element)) stopWaiting(view, step, instance.key);
  for (const incident of view.incidents.activeOf(instance.key)) step.events.push({ type: 'incident.resolved', key: incident.key });
  step.events.push({ type: 'element.terminated', key: instance.key });
}

/** Ends a process instance; who called it is not told. */
export function terminateProcessInstance(view: View, step: Step, instance: ProcessInstanceRow): void {
  for (const child of view.elements.activeIn(instance.key)) terminateElement(view, step, child);
  step.events.push({ type: 'process-instance.terminated', key: instance.key });
  if (instance.messageLock !== null) {
    step.followUps.push({ type: 'message.poll-start', bpmnProcessId: instance.bpmnProcessId, correlationKey: instance.messageLock });
  }
}
