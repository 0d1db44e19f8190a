// Inclusive gateway: takes every flow whose condition holds, else the default flow; how it joins says element/join.ts.
import { readDefaultFlow } from '../model/read-default-flow.ts';
import { done, nothingToTakeBack } from './behaviour.ts';
import { chooseFlows } from './choose-flows.ts';
import type { Element } from './contract.ts';
import { unmapped } from './unmapped.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    INCLUSIVE_GATEWAY: { readonly defaultFlow: string | null };
  }
}

export const inclusiveGateway: Element<'INCLUSIVE_GATEWAY'> = {
  reads: 'bpmn:InclusiveGateway',
  extensions: ['zeebe:IoMapping'],
  read: (node, base, problems) => ({ ...base, ...unmapped, type: 'INCLUSIVE_GATEWAY', defaultFlow: readDefaultFlow(node, base, problems) }),
  takesConditions: true,
  refusesListeners: () => ({ event: 'end', by: 'gateway element' }),
  passesAtOnce: () => true,
  leavesAtOnce: true,
  onActivate: () => done,
  onComplete: (visit) => chooseFlows(visit, Infinity),
  onTerminate: nothingToTakeBack,
};
