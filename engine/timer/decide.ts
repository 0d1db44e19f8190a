// Decides what happens when a timer is due.
import { isFailure } from '../element/visit.ts';
import { visitWaiting } from '../element/visit-instance.ts';
import { evaluateAny } from '../element/evaluate.ts';
import type { TimerModel } from '../model/executable.ts';
import { accept, nothing } from '../processing/step.ts';
import type { Deciders, Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import type { TriggerTimer } from './records.ts';
import { nextDue } from './schedule.ts';
import type { TimerRow } from './state.ts';

export const timerDeciders: Deciders<TriggerTimer> = {
  'timer.trigger': ({ timerKey }, view, step) => {
    const timer = view.timers.get(timerKey);
    if (timer === undefined || timer.dueAt > view.now) return nothing;
    step.events.push({ type: 'timer.triggered', key: timerKey });
    const again = timer.repetitions !== 1 ? nextOf(view, step, timer) : undefined;
    if (again !== undefined) {
      const repetitions = timer.repetitions === -1 ? -1 : timer.repetitions - 1;
      step.events.push({ type: 'timer.created', ...timer, key: view.newKey(), dueAt: again, repetitions });
    }
    if (timer.elementInstanceKey !== null) {
      step.followUps.push({ type: 'catch-event.trigger', elementInstanceKey: timer.elementInstanceKey, elementId: timer.elementId, variables: {} });
    } else {
      step.followUps.push({
        type: 'process-instance.start',
        processDefinitionKey: timer.processDefinitionKey,
        processInstanceKey: view.newKey(),
        startElementId: timer.elementId,
        variables: {},
      });
    }
    return accept();
  },
};

/** When a cycle comes again: its expression is read anew, as its variables may have changed. */
function nextOf(view: View, step: Step, timer: TimerRow): number | undefined {
  const model = timerModelOf(view, timer);
  const text = model === undefined ? undefined : readCycle(view, step, timer, model);
  return text === undefined ? undefined : nextDue(text, timer.dueAt, view.now, view.timeZone);
}

function readCycle(view: View, step: Step, timer: TimerRow, model: TimerModel): string | undefined {
  const compiled = view.expressions.compile(model.expression);
  if (compiled.kind === 'constant') return model.expression;
  const visit = timer.elementInstanceKey === null ? undefined : visitWaiting(view, step, timer.elementInstanceKey, timer.elementId);
  if (visit === undefined) {
    const found = view.expressions.evaluate(compiled, () => undefined, view.now);
    return found.ok && typeof found.value === 'string' ? found.value : undefined;
  }
  const evaluated = evaluateAny(visit, model.expression);
  return !isFailure(evaluated) && typeof evaluated.found.value === 'string' ? evaluated.found.value : undefined;
}

function timerModelOf(view: View, timer: TimerRow): TimerModel | undefined {
  const element = view.deployments.process(timer.processDefinitionKey)?.model.elements[timer.elementId];
  const trigger = element !== undefined && 'trigger' in element ? element.trigger : null;
  return trigger?.kind === 'timer' ? trigger.timer : undefined;
}
