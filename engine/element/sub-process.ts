// Embedded sub-process: a scope with a start event of its own; it is done when its last token ends.
import { beginScope, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const subProcess: ElementBehaviour<'SUB_PROCESS'> = {
  onActivate: (visit) => beginScope(visit),
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
