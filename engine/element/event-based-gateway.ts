// Event-based gateway: waits for the events behind it and takes the flow to the first that comes.
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { waitForEvents } from './waiting.ts';

export const eventBasedGateway: ElementBehaviour<'EVENT_BASED_GATEWAY'> = {
  onActivate: (visit) => waitForEvents(visit, visit.element.outgoing.map((flow) => flow.target)) ?? waiting,
  // Not called: element/trigger-catch-event.ts completes it, as it knows which event came.
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
