// A visit of an element instance that exists.
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import type { ElementInstanceRow } from './state.ts';
import { createVisit } from './visit.ts';
import type { Visit } from './visit.ts';

export function visitInstance(view: View, step: Step, instance: ElementInstanceRow): Visit {
  const definition = view.deployments.process(instance.processDefinitionKey);
  const element = definition?.model.elements[instance.elementId];
  if (definition === undefined || element === undefined) {
    throw new Error(`Element instance ${instance.key} is of element '${instance.elementId}' in process definition ${instance.processDefinitionKey}, which is not stored.`);
  }
  return createVisit({ element, definition, instance, view, step, fresh: false });
}
