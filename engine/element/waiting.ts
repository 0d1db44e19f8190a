// What an element instance waits for beside its own work: timers and messages of its trigger and its boundary events.
import type { ElementModel, TimerModel, Trigger } from '../model/executable.ts';
import type { Key } from '../keys.ts';
import type { Step } from '../processing/step.ts';
import { firstDue } from '../timer/schedule.ts';
import type { View } from '../view.ts';
import { evaluateCorrelationKey, evaluateText } from './evaluate.ts';
import { isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

/** Opens timers and subscriptions of the attached boundary events; nothing when one of them cannot be opened. */
export function waitForBoundaryEvents(visit: Visit): Failure | undefined {
  for (const id of visit.element.boundaryEvents) {
    const boundary = visit.definition.model.elements[id];
    if (boundary?.type !== 'BOUNDARY_EVENT') continue;
    const failure = waitFor(visit, boundary, boundary.trigger);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Opens what one catch event waits for; the visited instance is the one that waits. */
export function waitFor(visit: Visit, catchEvent: ElementModel, trigger: Trigger): Failure | undefined {
  switch (trigger.kind) {
    case 'error': return undefined;
    case 'timer': return startTimer(visit, catchEvent, trigger.timer);
    case 'message': return subscribe(visit, catchEvent, trigger.message);
    default: return trigger satisfies never;
  }
}

/** The due date of a timer expression, evaluated in the element's own scope. */
export function evaluateTimer(visit: Visit, timer: TimerModel): { text: string; dueAt: number; repetitions: number } | Failure {
  const text = evaluateText(visit, timer.expression);
  if (isFailure(text)) return text;
  const due = firstDue(timer.kind, text, visit.view.now, visit.view.timeZone);
  return 'error' in due ? { failure: 'EXTRACT_VALUE_ERROR', message: due.error } : { text, ...due };
}

function startTimer(visit: Visit, catchEvent: ElementModel, timer: TimerModel): Failure | undefined {
  const due = evaluateTimer(visit, timer);
  if (isFailure(due)) return due;
  visit.step.events.push({
    type: 'timer.created',
    key: visit.view.newKey(),
    processDefinitionKey: visit.definition.key,
    processInstanceKey: visit.instance.processInstanceKey,
    elementInstanceKey: visit.instance.key,
    elementId: catchEvent.id,
    dueAt: due.dueAt,
    repetitions: due.repetitions,
  });
  return undefined;
}

/** The correlation key of a boundary event is read in the enclosing scope, that of a catch event in its own. */
function subscribe(visit: Visit, catchEvent: ElementModel, message: Extract<Trigger, { kind: 'message' }>['message']): Failure | undefined {
  const messageName = evaluateText(visit, message.name);
  if (isFailure(messageName)) return messageName;
  const read = catchEvent.type === 'BOUNDARY_EVENT' ? visit.readOuter : visit.read;
  const correlationKey = evaluateCorrelationKey(visit, message.correlationKey ?? '=null', read);
  if (isFailure(correlationKey)) return correlationKey;
  const subscriptionKey = visit.view.newKey();
  visit.step.events.push({ type: 'message-subscription.created', key: subscriptionKey, ...whereabouts(visit), elementId: catchEvent.id, messageName, correlationKey });
  visit.step.followUps.push({ type: 'message.poll', subscriptionKey });
  return undefined;
}

/** Takes back all open timers and subscriptions of an element instance. */
export function stopWaiting(view: View, step: Step, elementInstanceKey: Key): void {
  for (const timer of view.timers.of(elementInstanceKey)) step.events.push({ type: 'timer.canceled', key: timer.key });
  for (const subscription of view.messages.subscriptionsOf(elementInstanceKey)) step.events.push({ type: 'message-subscription.deleted', key: subscription.key });
}

/** Whether an instance of this element can have open timers or subscriptions. */
export function mayWait(element: ElementModel): boolean {
  return element.boundaryEvents.length > 0 || element.type === 'INTERMEDIATE_CATCH_EVENT' || element.type === 'RECEIVE_TASK';
}
