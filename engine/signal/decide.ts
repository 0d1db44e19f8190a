// Decides whom a signal reaches: every open subscription and every signal start event.
import { accept } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import type { BroadcastSignal } from './records.ts';

export const signalDeciders: Deciders<BroadcastSignal> = {
  'signal.broadcast': ({ signalName, variables }, view, step) => {
    const signalKey = view.newKey();
    step.events.push({ type: 'signal.broadcasted', key: signalKey, signalName, variables });
    for (const { elementInstanceKey, elementId, processDefinitionKey } of view.signals.named(signalName)) {
      if (elementInstanceKey === null) {
        step.followUps.push({ type: 'process-instance.start', processDefinitionKey, processInstanceKey: view.newKey(), startElementId: elementId, variables });
      } else if (view.elements.get(elementInstanceKey)?.elementId === elementId) {
        // What waits is asked to complete, as a cluster does: with a turn in between others would end it before.
        step.followUps.push({ type: 'element.complete', elementInstanceKey, variables });
      } else {
        // Who throws the signal may stand in the scope that its event sub-process interrupts: it is ended before it completes.
        const isEventSubProcess = view.deployments.process(processDefinitionKey)?.model.elements[elementId]?.type === 'START_EVENT';
        (isEventSubProcess ? step.atOnce : step.followUps).push({ type: 'catch-event.trigger', elementInstanceKey, elementId, variables });
      }
    }
    return accept({ signalKey });
  },
};
