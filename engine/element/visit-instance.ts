// A visit of an instance that exists.
import type { Key } from '../keys.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { elementOf } from './element-of.ts';
import type { ElementInstanceRow } from './state.ts';
import { createVisit } from './visit.ts';
import type { Visit } from './visit.ts';

export function visitInstance(view: View, step: Step, instance: ElementInstanceRow): Visit {
  const definition = view.deployments.process(instance.processDefinitionKey);
  if (definition === undefined) throw new Error(`Element instance ${instance.key} is of process definition ${instance.processDefinitionKey}, which is not stored.`);
  return createVisit({ element: elementOf(definition, instance), definition, instance, view, step, fresh: false });
}

/** A visit of the scope in which this element instance stands, be it the process; its variables and expressions are the scope's. */
export function visitScope({ element, definition, instance, view, step }: Visit): Visit {
  const { scopeKey, processInstanceKey } = instance;
  const scope = scopeKey === processInstanceKey ? undefined : view.elements.get(scopeKey);
  if (scope !== undefined) return visitInstance(view, step, scope);
  return createVisit({ element, definition, instance: { key: processInstanceKey, processInstanceKey, scopeKey: processInstanceKey }, view, step, fresh: false });
}

/** A visit of whoever waits for a catch event: an element instance, or a process instance for its event sub-processes. */
export function visitWaiting(view: View, step: Step, waitingKey: Key, catchEventId: string): Visit | undefined {
  const instance = view.elements.get(waitingKey);
  if (instance !== undefined) return visitInstance(view, step, instance);
  const process = view.processInstances.get(waitingKey);
  const definition = process === undefined ? undefined : view.deployments.process(process.processDefinitionKey);
  if (definition === undefined) return undefined;
  return createVisit({ element: elementOf(definition, { elementId: catchEventId }), definition, instance: { key: waitingKey, processInstanceKey: waitingKey, scopeKey: waitingKey }, view, step, fresh: false });
}
