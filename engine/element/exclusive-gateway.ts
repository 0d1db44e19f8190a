// Exclusive gateway: takes the first flow whose condition holds, else the default flow.
import { readDefaultFlow } from '../model/read-default-flow.ts';
import { noEndListeners, unmapped } from './unmapped.ts';
import type { FlowModel } from '../model/executable.ts';
import { done, nothingToTakeBack } from './behaviour.ts';
import type { Element } from './contract.ts';
import { evaluateBoolean } from './evaluate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

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
  refusesListeners: () => noEndListeners,
  onActivate: () => done,
  onComplete: chooseFlow,
  onTerminate: nothingToTakeBack,
};

/** Also of an inclusive gateway. */
export const noFlowHolds: Failure = fail('CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow');

function chooseFlow(visit: VisitOf<'EXCLUSIVE_GATEWAY'>): readonly FlowModel[] | Failure {
  const { outgoing, defaultFlow } = visit.element;
  const [only] = outgoing;
  if (only === undefined || (outgoing.length === 1 && only.condition === null)) return outgoing;
  for (const flow of outgoing) {
    if (flow.condition === null || flow.id === defaultFlow) continue;
    const holds = evaluateBoolean(visit, flow.condition);
    if (isFailure(holds)) return holds;
    if (holds) return [flow];
  }
  const otherwise = outgoing.find((flow) => flow.id === defaultFlow);
  return otherwise === undefined ? noFlowHolds : [otherwise];
}
