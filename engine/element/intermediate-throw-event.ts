// Intermediate throw event without a definition: a milestone that is passed.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const intermediateThrowEvent: ElementBehaviour<'INTERMEDIATE_THROW_EVENT'> = {
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
