// Intermediate catch event: waits for its timer or message.
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { waitFor } from './waiting.ts';

export const intermediateCatchEvent: ElementBehaviour<'INTERMEDIATE_CATCH_EVENT'> = {
  onActivate: (visit) => waitFor(visit, visit.element, visit.element.trigger) ?? waiting,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
