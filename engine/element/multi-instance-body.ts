// Multi-instance body: runs its activity once per item, one after the other or all at once; its inner instances are in inner-instances.ts.
import { propagate, writeLocally } from '../variable/write-variables.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateList } from './evaluate.ts';
import { activationOf } from './inner-activation.ts';
import { isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

export const multiInstanceBody: ElementBehaviour<'MULTI_INSTANCE_BODY'> = {
  onActivate: start,
  onComplete: (visit) => {
    const { output } = visit.element.loop;
    if (output !== null) propagate(visit.view, visit.step, visit.outerScopes(), { [output.collection]: visit.read(output.collection) ?? null });
    return takeAllFlows(visit);
  },
  onTerminate: nothingToTakeBack,
};

function start(visit: VisitOf<'MULTI_INSTANCE_BODY'>): Activated | Failure {
  const { element: { loop }, instance: { key, processInstanceKey }, view, step } = visit;
  const items = evaluateList(visit, loop.inputCollection);
  if (isFailure(items)) return items;
  step.events.push({ type: 'multi-instance.started', key, items, tokens: loop.isSequential ? Math.min(1, items.length) : items.length });
  if (loop.output !== null) writeLocally(view, step, { scopeKey: key, processInstanceKey }, { [loop.output.collection]: items.map(() => null) });
  if (items.length === 0) return { kind: 'done' };
  step.followUps.push(loop.isSequential ? activationOf(visit, 1, items[0] ?? null) : { type: 'multi-instance.create', bodyKey: key, loopCounter: 1, items });
  return waiting;
}
