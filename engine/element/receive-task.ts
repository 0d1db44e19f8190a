// Receive task: waits for its message, as a message catch event does.
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { waitFor } from './waiting.ts';

export const receiveTask: ElementBehaviour<'RECEIVE_TASK'> = {
  onActivate: (visit) => waitFor(visit, visit.element, visit.element.trigger) ?? waiting,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
