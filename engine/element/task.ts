// Task without a kind: passed at once, as a manual task is.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { unmapped } from './unmapped.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    TASK: Readonly<Record<never, never>>;
  }
}

export const task: Element<'TASK'> = {
  reads: 'bpmn:Task',
  extensions: ['zeebe:IoMapping'],
  read: (_node, base) => ({ ...base, ...unmapped, type: 'TASK' }),
  passesAtOnce: () => true,
  opensNoBoundaryEvents: () => true,
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
