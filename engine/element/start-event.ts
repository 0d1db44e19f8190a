// Start event: the token begins here; a message or a timer may have brought variables.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const startEvent: ElementBehaviour<'START_EVENT'> = {
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
