// Exclusive gateway: takes the first flow whose condition holds, else the default flow.
import { readDefaultFlow } from '../model/read-default-flow.ts';
import { done, nothingToTakeBack } from './behaviour.ts';
import { chooseFlows } from './choose-flows.ts';
import type { Element } from './contract.ts';
import { unmapped } from './unmapped.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    EXCLUSIVE_GATEWAY: { readonly defaultFlow: string | null };
  }
}

export const exclusiveGateway: Element<'EXCLUSIVE_GATEWAY'> = {
  reads: 'bpmn:ExclusiveGateway',
  extensions: ['zeebe:IoMapping'],
  read: (node, base, problems) => ({ ...base, ...unmapped, type: 'EXCLUSIVE_GATEWAY', defaultFlow: readDefaultFlow(node, base, problems) }),
  takesConditions: true,
  refusesListeners: () => ({ event: 'end', by: 'gateway element' }),
  passesAtOnce: () => true,
  leavesAtOnce: true,
  onActivate: () => done,
  onComplete: (visit) => chooseFlows(visit, 1),
  onTerminate: nothingToTakeBack,
};
