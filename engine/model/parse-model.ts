// Reads the executable model of a stored definition, also one that an older version made.
import type { ElementModel, ProcessModel } from './executable.ts';

/** What the model of an older version may lack; the golden stores of those versions ask for each of them. */
type OlderElement = ElementModel | (Omit<Extract<ElementModel, { readonly type: 'AD_HOC_SUB_PROCESS' }>, 'eventSubProcesses'> & { readonly eventSubProcesses?: readonly string[] });

/** The model as this version has it. `json` is what a deployment stored. */
export function parseModel(json: string): ProcessModel {
  const model = JSON.parse(json) as Omit<ProcessModel, 'elements'> & { readonly elements: Readonly<Record<string, OlderElement>> };
  const elements = Object.entries(model.elements).map(([id, element]): [string, ElementModel] => [id, completed(element)]);
  return { ...model, elements: Object.fromEntries(elements) };
}

function completed(element: OlderElement): ElementModel {
  if (element.type === 'MULTI_INSTANCE_BODY') {
    const inner = completed(element.inner);
    return inner.type === 'MULTI_INSTANCE_BODY' ? element : { ...element, inner };
  }
  // Until version 3 an ad-hoc sub-process had no event sub-processes.
  return element.type === 'AD_HOC_SUB_PROCESS' ? { ...element, eventSubProcesses: element.eventSubProcesses ?? [] } : element;
}
