// Manual task: work outside of any system; the engine passes it at once.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { unmapped } from './unmapped.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    MANUAL_TASK: Readonly<Record<never, never>>;
  }
}

export const manualTask: Element<'MANUAL_TASK'> = {
  reads: 'bpmn:ManualTask',
  extensions: ['zeebe:IoMapping'],
  read: (_node, base) => ({ ...base, ...unmapped, type: 'MANUAL_TASK' }),
  passesAtOnce: () => true,
  opensNoBoundaryEvents: () => true,
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
