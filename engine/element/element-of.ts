// Which element an instance is of: an inner instance of multi-instance shares its id with the body.
import type { ProcessDefinition } from '../deployment/state.ts';
import type { ElementModel } from '../model/executable.ts';

export function elementOf(definition: ProcessDefinition, { elementId, loopCounter }: { readonly elementId: string; readonly loopCounter?: number | null }): ElementModel {
  const element = definition.model.elements[elementId];
  if (element === undefined) throw new Error(`Element '${elementId}' is not in the stored process definition ${definition.key}.`);
  return element.type === 'MULTI_INSTANCE_BODY' && (loopCounter ?? 0) > 0 ? element.inner : element;
}
