// Manual task: work outside of any system; the engine passes it at once.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const manualTask: ElementBehaviour<'MANUAL_TASK'> = {
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
