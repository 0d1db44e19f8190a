// Compensation: remembers what was completed, and calls the handlers that undo it.
import type { CompensationRow } from '../compensation/state.ts';
import type { Key } from '../keys.ts';
import type { View } from '../view.ts';
import { done, waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import { elementOf } from './element-of.ts';
import type { ElementCommand } from './records.ts';
import type { Visit } from './visit.ts';

/** Remembers a completed activity that has a handler, or a scope in which something can be compensated. */
export function rememberForCompensation({ element, instance, definition, view, step }: Visit): void {
  if (!definition.model.compensates) return;
  const { key, processInstanceKey, scopeKey } = instance;
  const handlerId = element.compensationHandler;
  if (handlerId !== null || view.compensations.openIn(key).length > 0) {
    step.events.push({ type: 'compensation-subscription.created', key: view.newKey(), processInstanceKey, scopeKey, activityId: element.id, activityKey: key, handlerId });
  }
  if (!element.isForCompensation) return;
  const compensated = view.compensations.ofHandler(key);
  if (compensated === undefined || compensated.throwKey === null) return;
  step.events.push({ type: 'compensation-subscription.deleted', key: compensated.key });
  if (view.compensations.openOf(compensated.throwKey) === 1) step.followUps.push({ type: 'element.complete', elementInstanceKey: compensated.throwKey });
}

/** Calls the handlers of all that was completed in the scope of the event, or of one activity in it; waits until they are done. */
export function throwCompensation(visit: Visit, activityId: string | null): Activated {
  const { instance, definition, view, step } = visit;
  const { scopeKey, processInstanceKey } = instance;
  const open = scopesOfCompensation(view, visit).flatMap((scope) => view.compensations.openIn(scope)).filter((row) => activityId === null || row.activityId === activityId);
  const handled: CompensationRow[] = [];
  const collect = (row: CompensationRow) => {
    if (row.handlerId === null) step.events.push({ type: 'compensation-subscription.deleted', key: row.key });
    else handled.push(row);
    view.compensations.openIn(row.activityKey).forEach(collect);
  };
  open.forEach(collect);
  const handlers: ElementCommand[] = [];
  const processDefinitionKey = definition.key;
  for (const row of handled) {
    const boundary = definition.model.elements[row.activityId]?.boundaryEvents.find((id) => isCompensation(definition.model.elements[id]));
    if (boundary === undefined || row.handlerId === null) continue;
    const [boundaryKey, handlerKey] = [view.newKey(), view.newKey()];
    const token = { type: 'token.added', scopeKey, processInstanceKey } as const;
    step.events.push({ type: 'compensation-subscription.triggered', key: row.key, throwKey: instance.key, handlerKey }, token, token);
    step.followUps.push({ type: 'element.activate', elementId: boundary, scopeKey, processInstanceKey, processDefinitionKey, key: boundaryKey });
    handlers.push({ type: 'element.activate', elementId: row.handlerId, scopeKey, processInstanceKey, processDefinitionKey, key: handlerKey });
  }
  step.followUps.push(...handlers);
  return handled.length === 0 ? done : waiting;
}

const isCompensation = (element: Visit['element'] | undefined): boolean => element?.type === 'BOUNDARY_EVENT' && element.trigger.kind === 'compensation';

/** The scope of the event; from an event sub-process also the scope that it belongs to. */
function scopesOfCompensation(view: View, { instance, definition }: Visit): Key[] {
  const scopes = [instance.scopeKey];
  for (let scope = view.elements.get(instance.scopeKey); scope !== undefined && elementOf(definition, scope).type === 'EVENT_SUB_PROCESS'; scope = view.elements.get(scope.scopeKey)) {
    scopes.push(scope.scopeKey);
  }
  return scopes;
}
