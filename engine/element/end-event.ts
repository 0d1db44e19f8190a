// End event: the token ends here, after what the event throws; how a terminate end event ends its scope is in step.ts.
import { takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { takeBackJob } from './job-work.ts';
import { throwEvent } from './throw.ts';

export const endEvent: ElementBehaviour<'END_EVENT'> = {
  onActivate: (visit) => throwEvent(visit, visit.element.throws),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};
