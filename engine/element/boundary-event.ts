// Boundary event: activated once it was triggered; the activity it is attached to did the waiting.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const boundaryEvent: ElementBehaviour<'BOUNDARY_EVENT'> = {
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
