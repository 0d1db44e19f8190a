// Start event: the token begins here; what triggered it may have brought variables. From now on the scope's events are waited for.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { waitForScopeEvents } from './waiting.ts';

export const startEvent: ElementBehaviour<'START_EVENT'> = {
  onActivate: ({ brought }) => (brought === undefined ? done : { kind: 'done', variables: brought }),
  onComplete: (visit) => waitForScopeEvents(visit) ?? takeAllFlows(visit),
  onTerminate: nothingToTakeBack,
};
