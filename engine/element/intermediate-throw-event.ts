// Intermediate throw event: throws and goes on; without a definition it is a milestone that is passed.
import { takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { takeBackJob } from './job-work.ts';
import { throwEvent } from './throw.ts';

export const intermediateThrowEvent: ElementBehaviour<'INTERMEDIATE_THROW_EVENT'> = {
  onActivate: (visit) => throwEvent(visit, visit.element.throws),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};
