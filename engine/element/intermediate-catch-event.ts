// Intermediate catch event: waits for its timer, message or signal; a link, or what an event-based gateway awaited, is here already.
import { done, nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { waitFor } from './waiting.ts';

export const intermediateCatchEvent: ElementBehaviour<'INTERMEDIATE_CATCH_EVENT'> = {
  onActivate: (visit) => {
    const { trigger, behindGateway } = visit.element;
    return behindGateway || trigger.kind === 'link' ? done : (waitFor(visit, visit.element, trigger) ?? waiting);
  },
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
