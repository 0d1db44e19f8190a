// Parallel gateway: joins when a token waits on each incoming flow (element/decide.ts counts them), then forks.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const parallelGateway: ElementBehaviour<'PARALLEL_GATEWAY'> = {
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
