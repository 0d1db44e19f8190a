// Exclusive gateway: takes the first flow whose condition holds, else the default flow.
import type { FlowModel } from '../model/executable.ts';
import { done, nothingToTakeBack } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { evaluateBoolean } from './evaluate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

export const exclusiveGateway: ElementBehaviour<'EXCLUSIVE_GATEWAY'> = {
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
