// Which flows of an exclusive or inclusive gateway a token takes: those whose condition holds, else the default flow.
import type { FlowModel } from '../model/executable.ts';
import { evaluateBoolean } from './evaluate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

/** `most`: no condition is evaluated any more once so many hold. */
export function chooseFlows(visit: VisitOf<'EXCLUSIVE_GATEWAY' | 'INCLUSIVE_GATEWAY'>, most: number): readonly FlowModel[] | Failure {
  const { outgoing, defaultFlow } = visit.element;
  const [only] = outgoing;
  if (only === undefined || (outgoing.length === 1 && only.condition === null)) return outgoing;
  const chosen: FlowModel[] = [];
  for (const flow of outgoing) {
    if (flow.condition === null || flow.id === defaultFlow) continue;
    const holds = evaluateBoolean(visit, flow.condition);
    if (isFailure(holds)) return holds;
    if (holds) chosen.push(flow);
    if (chosen.length === most) return chosen;
  }
  if (chosen.length > 0) return chosen;
  const otherwise = outgoing.find((flow) => flow.id === defaultFlow);
  return otherwise === undefined ? fail('CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow') : [otherwise];
}
