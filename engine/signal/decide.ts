// Decides whom a signal reaches: every open subscription and every signal start event.
import { accept } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import type { BroadcastSignal } from './records.ts';

export const signalDeciders: Deciders<BroadcastSignal> = {
  'signal.broadcast': ({ signalName, variables }, view, step) => {
    const signalKey = view.newKey();
    step.events.push({ type: 'signal.broadcasted', key: signalKey, signalName, variables });
    for (const { elementInstanceKey, elementId, processDefinitionKey } of view.signals.named(signalName)) {
      if (elementInstanceKey !== null) step.followUps.push({ type: 'catch-event.trigger', elementInstanceKey, elementId, variables });
      else step.followUps.push({ type: 'process-instance.start', processDefinitionKey, processInstanceKey: view.newKey(), startElementId: elementId, variables });
    }
    return accept({ signalKey });
  },
};
