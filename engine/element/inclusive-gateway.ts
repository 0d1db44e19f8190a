// Inclusive gateway: takes every flow whose condition holds, else the default flow; how it joins says element/join.ts.
import { readDefaultFlow } from '../model/read-default-flow.ts';
import { noEndListeners, unmapped } from './unmapped.ts';
import type { FlowModel } from '../model/executable.ts';
import { done, nothingToTakeBack } from './behaviour.ts';
import type { Element } from './contract.ts';
import { evaluateBoolean } from './evaluate.ts';
import { noFlowHolds } from './exclusive-gateway.ts';
import { isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

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
  refusesListeners: () => noEndListeners,
  onActivate: () => done,
  onComplete: chooseFlows,
  onTerminate: nothingToTakeBack,
};

function chooseFlows(visit: VisitOf<'INCLUSIVE_GATEWAY'>): readonly FlowModel[] | Failure {
  const { outgoing, defaultFlow } = visit.element;
  const [only] = outgoing;
  if (only === undefined || (outgoing.length === 1 && only.condition === null)) return outgoing;
  const chosen: FlowModel[] = [];
  for (const flow of outgoing) {
    if (flow.condition === null || flow.id === defaultFlow) continue;
    const holds = evaluateBoolean(visit, flow.condition);
    if (isFailure(holds)) return holds;
    if (holds) chosen.push(flow);
  }
  if (chosen.length > 0) return chosen;
  const otherwise = outgoing.find((flow) => flow.id === defaultFlow);
  return otherwise === undefined ? noFlowHolds : [otherwise];
}
