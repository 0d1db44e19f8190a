// Decides what a timer, message, signal, error or escalation does that reached who waits for it.
import type { Key } from '../keys.ts';
import type { ElementOf } from '../model/executable.ts';
import type { Decide, Step } from '../processing/step.ts';
import { nothing } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import type { View } from '../view.ts';
import { elementOf } from './element-of.ts';
import { isOver } from './lifecycle.ts';
import type { ElementCommand } from './records.ts';
import type { ElementInstanceRow } from './state.ts';
import { isScopeOpen } from './step.ts';
import { hold, terminateElement } from './terminate.ts';
import { startsOf, stopWaiting } from './waiting.ts';

type Trigger = Extract<ElementCommand, { type: 'catch-event.trigger' }>;

export const triggerCatchEvent: Decide<Trigger> = (command, view, step) => {
  const instance = view.elements.get(command.elementInstanceKey);
  const waiting = instance ?? view.processInstances.get(command.elementInstanceKey);
  if (waiting === undefined || isOver(waiting.phase)) return nothing;
  if (instance?.elementId === command.elementId) {
    step.followUps.push({ type: 'element.complete', elementInstanceKey: instance.key, variables: command.variables });
    return nothing;
  }
  const definition = view.deployments.process(waiting.processDefinitionKey);
  if (definition === undefined) return nothing;
  const element = elementOf(definition, command);
  if (element.type === 'START_EVENT') {
    if (waiting.interruptedBy === null) startEventSubProcess(view, step, { start: element, scopeKey: waiting.key, processInstanceKey: instance?.processInstanceKey ?? waiting.key, processDefinitionKey: definition.key, variables: command.variables });
  } else if (instance !== undefined && element.type === 'INTERMEDIATE_CATCH_EVENT') passGateway(view, step, instance, command);
  else if (instance !== undefined && element.type === 'BOUNDARY_EVENT') leaveByBoundary(view, step, instance, element, command.variables);
  return nothing;
};

function leaveByBoundary(view: View, step: Step, instance: ElementInstanceRow, element: ElementOf<'BOUNDARY_EVENT'>, variables: Variables): void {
  const { scopeKey, processInstanceKey, processDefinitionKey } = instance;
  const next = { type: 'element.activate', elementId: element.id, scopeKey, processInstanceKey, processDefinitionKey, variables } as const;
  if (element.interrupting) return terminateElement(view, step, instance, [next]);
  if (!isScopeOpen(view, element.id, scopeKey, processInstanceKey)) return;
  step.events.push({ type: 'token.added', scopeKey, processInstanceKey });
  step.atOnce.push(next);
}

/** The gateway takes the flow to the event that came; the others are awaited no longer. */
function passGateway(view: View, step: Step, instance: ElementInstanceRow, { elementId, variables }: Trigger): void {
  const { key, scopeKey, processInstanceKey, processDefinitionKey } = instance;
  // What ends the scope ends the gateway, too.
  if (!isScopeOpen(view, instance.elementId, scopeKey, processInstanceKey)) return;
  stopWaiting(view, step, key);
  // As on a cluster the flow to the event is not told as taken.
  step.events.push({ type: 'element.completed', key, scopeKey, processInstanceKey, flows: [{ flowId: null }] });
  step.atOnce.push({ type: 'element.activate', elementId, scopeKey, processInstanceKey, processDefinitionKey, variables });
}

type EventSubProcessStart = {
  readonly start: ElementOf<'START_EVENT'>;
  /** The element or process instance in which the event sub-process stands. */
  readonly scopeKey: Key;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly variables: Variables;
};

function startEventSubProcess(view: View, step: Step, { start, scopeKey, processInstanceKey, processDefinitionKey, variables }: EventSubProcessStart): void {
  const { scopeId: elementId } = start;
  if (elementId === null) return;
  const next = { type: 'element.activate', elementId, scopeKey, processInstanceKey, processDefinitionKey, variables } as const;
  if (!start.interrupting) {
    step.events.push({ type: 'token.added', scopeKey, processInstanceKey });
    step.atOnce.push(next);
    return;
  }
  stopWaiting(view, step, scopeKey, startsInScope(view, processDefinitionKey, elementId));
  step.events.push({ type: 'scope.interrupted', scopeKey, processInstanceKey, by: elementId });
  const children = view.elements.activeIn(scopeKey);
  if (children.length === 0) step.followUps.push(next);
  else hold(step, scopeKey, [next]);
  for (const { key } of children) step.followUps.push({ type: 'element.terminate', elementInstanceKey: key });
}

/** The start events of all event sub-processes that stand beside this one. */
function startsInScope(view: View, processDefinitionKey: Key, eventSubProcessId: string): readonly string[] {
  const model = view.deployments.process(processDefinitionKey)?.model;
  const scopeId = model?.elements[eventSubProcessId]?.scopeId;
  const beside = Object.values(model?.elements ?? {}).filter((element) => element.type === 'EVENT_SUB_PROCESS' && element.scopeId === scopeId);
  return model === undefined ? [] : startsOf(model, beside.map((element) => element.id));
}
