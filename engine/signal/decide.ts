// Decides whom a signal reaches: every open subscription and every signal start event.
import { accept } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import type { BroadcastSignal } from './records.ts';

export const signalDeciders: Deciders<BroadcastSignal> = {
  'signal.broadcast': ({ signalName, variables }, view, step) => {
    const signalKey = view.newKey();
    step.events.push({ type: 'signal.broadcasted', key: signalKey, signalName, variables });
    for (const { elementInstanceKey, elementId, processDefinitionKey } of view.signals.named(signalName)) {
      const isEventSubProcess = view.deployments.process(processDefinitionKey)?.model.elements[elementId]?.type === 'START_EVENT';
      // Who throws the signal may stand in the scope that its event sub-process interrupts: it is ended before it completes.
      if (elementInstanceKey !== null) (isEventSubProcess ? step.atOnce : step.followUps).push({ type: 'catch-event.trigger', elementInstanceKey, elementId, variables });
      else step.followUps.push({ type: 'process-instance.start', processDefinitionKey, processInstanceKey: view.newKey(), startElementId: elementId, variables });
    }
    return accept({ signalKey });
  },
};
