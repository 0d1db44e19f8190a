// Event sub-process: begins when its start event is triggered while the scope around it runs; then a scope like a sub-process.
import { beginScope, nothingToTakeBack } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const eventSubProcess: ElementBehaviour<'EVENT_SUB_PROCESS'> = {
  onActivate: (visit) => beginScope(visit, visit.brought),
  onComplete: () => [],
  onTerminate: nothingToTakeBack,
};
