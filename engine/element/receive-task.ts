// Receive task: waits for its message, as a message catch event does.
import { nodeOf } from '../model/moddle.ts';
import { readMessage } from '../model/read-trigger.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Element } from './contract.ts';
import { waitFor } from './waiting.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    RECEIVE_TASK: { readonly trigger: Trigger };
  }
}

export const receiveTask: Element<'RECEIVE_TASK'> = {
  reads: 'bpmn:ReceiveTask',
  extensions: ['zeebe:IoMapping'],
  read: (node, base, problems) => {
    const trigger = readMessage(node, nodeOf(node, 'messageRef'), problems);
    return trigger === null ? undefined : { ...base, type: 'RECEIVE_TASK', trigger };
  },
  mayWait: () => true,
  onActivate: (visit) => waitFor(visit, visit.element, visit.element.trigger) ?? waiting,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
