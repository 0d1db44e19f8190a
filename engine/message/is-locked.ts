// Whether a message may start an instance: of a process one at a time runs for each correlation key.
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';

/** An instance of the process that a message with this key started is running, or is still to be started: by this turn, or by one that waits for its next slice. */
export function isLocked(view: View, step: Step, bpmnProcessId: string, correlationKey: string): boolean {
  return view.processInstances.isLocked(bpmnProcessId, correlationKey) || [...step.queued(), ...view.turns.waitingWithLock(correlationKey)].some((next) =>
    next.type === 'process-instance.start' && next.messageLock === correlationKey && view.deployments.process(next.processDefinitionKey)?.bpmnProcessId === bpmnProcessId);
}
