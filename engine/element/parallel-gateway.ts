// Parallel gateway: joins when a token waits on each incoming flow (join.ts counts them), then forks.
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { unmapped } from './unmapped.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    PARALLEL_GATEWAY: Readonly<Record<never, never>>;
  }
}

export const parallelGateway: Element<'PARALLEL_GATEWAY'> = {
  reads: 'bpmn:ParallelGateway',
  extensions: ['zeebe:IoMapping'],
  read: (_node, base) => ({ ...base, ...unmapped, type: 'PARALLEL_GATEWAY' }),
  refusesListeners: () => ({ event: 'end', by: 'gateway element' }),
  passesAtOnce: () => true,
  leavesAtOnce: true,
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
