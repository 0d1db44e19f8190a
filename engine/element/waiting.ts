// What an element instance waits for beside its own work: timers, messages and signals of its catch events.
import type { ElementModel, ProcessModel, TimerModel, Trigger } from '../model/executable.ts';
import type { Key } from '../keys.ts';
import type { Step } from '../processing/step.ts';
import { firstDue } from '../timer/schedule.ts';
import type { View } from '../view.ts';
import { evaluateCorrelationKey, evaluateDateText, evaluateText } from './evaluate.ts';
import { fail, isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit } from './visit.ts';
import { visitScope } from './visit-instance.ts';

/** Opens timers and subscriptions of these catch events; the visited instance is the one that waits. Nothing when one of them cannot be opened. */
export function waitForEvents(visit: Visit, catchEventIds: readonly string[]): Failure | undefined {
  for (const id of catchEventIds) {
    const catchEvent = visit.definition.model.elements[id];
    if (catchEvent === undefined || !('trigger' in catchEvent) || catchEvent.trigger === null) continue;
    const failure = waitFor(visit, catchEvent, catchEvent.trigger);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** The boundary events of a sub-process are opened later, when its start event has completed, together with its event sub-processes; an ad-hoc one has no start event. */
export function waitForBoundaryEvents(visit: Visit): Failure | undefined {
  const { element } = visit;
  if (element.type === 'SUB_PROCESS') return undefined;
  const catchEventIds = element.type === 'AD_HOC_SUB_PROCESS' ? scopeEventsOf(visit.definition.model, element) : element.boundaryEvents;
  return catchEventIds.length === 0 ? undefined : waitForEvents(visit, catchEventIds);
}

/** Once its start event is through, a scope waits for what starts its event sub-processes, a sub-process also for its boundary events. */
export function waitForScopeEvents(start: Visit): Failure | undefined {
  const { model } = start.definition;
  const { scopeId } = start.element;
  if (scopeId === null && model.eventSubProcesses.length === 0) return undefined;
  const scope = scopeId === null ? undefined : withoutLoop(model.elements[scopeId]);
  const catchEventIds = scope === undefined ? startsOf(model, model.eventSubProcesses) : [...innerStarts(model, scope), ...scope.boundaryEvents];
  if (catchEventIds.length === 0) return undefined;
  const visit = visitScope(start);
  Object.assign(visit.locals, start.passed);
  return waitForEvents(visit, catchEventIds);
}

/** What a scope waits for beside what runs in it: starts of its event sub-processes, its boundary events. */
export const scopeEventsOf = (model: ProcessModel, element: ElementModel): readonly string[] => [...innerStarts(model, element), ...element.boundaryEvents];

/** Opens what one catch event waits for. */
export function waitFor(visit: Visit, catchEvent: ElementModel, trigger: Trigger): Failure | undefined {
  switch (trigger.kind) {
    case 'timer': return startTimer(visit, catchEvent, trigger.timer);
    case 'message': return subscribe(visit, catchEvent, trigger.message);
    case 'signal': return subscribeToSignal(visit, catchEvent, trigger.name);
    case 'error':
    case 'escalation':
    case 'link':
    case 'compensation': return undefined;
    default: return trigger satisfies never;
  }
}

/** The due date of a timer expression, evaluated in the element's own scope. */
function evaluateTimer(visit: Visit, timer: TimerModel): { text: string; dueAt: number; repetitions: number } | Failure {
  const text = timer.kind === 'date' ? evaluateDateText(visit, timer.expression) : evaluateText(visit, timer.expression);
  if (isFailure(text)) return text;
  const due = firstDue(timer.kind, text, visit.view.now, visit.view.timeZone);
  return 'error' in due ? fail('EXTRACT_VALUE_ERROR', due.error) : { text, ...due };
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

/** The correlation key of a boundary event is read in the enclosing scope, that of any other in the scope of who waits. */
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

function subscribeToSignal(visit: Visit, catchEvent: ElementModel, name: string): Failure | undefined {
  const signalName = evaluateText(visit, name);
  if (isFailure(signalName)) return signalName;
  visit.step.events.push({ type: 'signal-subscription.created', key: visit.view.newKey(), ...whereabouts(visit), elementId: catchEvent.id, signalName });
  return undefined;
}

/** Takes back open timers and subscriptions of an element or process instance: all, or those of the named catch events. */
export function stopWaiting(view: View, step: Step, waitingKey: Key, catchEventIds?: readonly string[]): void {
  const isMeant = ({ elementId }: { readonly elementId: string }) => catchEventIds === undefined || catchEventIds.includes(elementId);
  for (const timer of view.timers.of(waitingKey).filter(isMeant)) step.events.push({ type: 'timer.canceled', key: timer.key });
  for (const subscription of view.messages.subscriptionsOf(waitingKey).filter(isMeant)) step.events.push({ type: 'message-subscription.deleted', key: subscription.key });
  for (const subscription of view.signals.of(waitingKey).filter(isMeant)) step.events.push({ type: 'signal-subscription.deleted', key: subscription.key });
}

/** Start events of these event sub-processes. */
export function startsOf(model: ProcessModel, eventSubProcesses: readonly string[]): string[] {
  return eventSubProcesses.flatMap((id) => {
    const element = model.elements[id];
    return element?.type === 'EVENT_SUB_PROCESS' ? [element.start] : [];
  });
}

const innerStarts = (model: ProcessModel, scope: ElementModel): string[] => ('eventSubProcesses' in scope ? startsOf(model, scope.eventSubProcesses) : []);
const withoutLoop = (element: ElementModel | undefined): ElementModel | undefined => (element?.type === 'MULTI_INSTANCE_BODY' ? element.inner : element);
