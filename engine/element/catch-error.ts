// Who catches an error: the nearest error boundary event up the scopes and out of called processes.
import type { Key } from '../keys.ts';
import type { ElementModel, ProcessModel } from '../model/executable.ts';
import type { View } from '../view.ts';

export type ErrorCatcher = { /** The activity instance that the error ends. */ readonly elementInstanceKey: Key; readonly boundaryEventId: string };

/** Looks from this element or process instance outwards; on one level the exact code goes before one that catches all. */
export function findErrorCatcher(view: View, from: Key, code: string): ErrorCatcher | undefined {
  let key: Key | null = from;
  while (key !== null) {
    const instance = view.elements.get(key);
    if (instance === undefined) {
      key = view.processInstances.get(key)?.parentElementInstanceKey ?? null;
      continue;
    }
    const model = view.deployments.process(instance.processDefinitionKey)?.model;
    const boundaryEventId = model === undefined ? undefined : boundaryFor(model, model.elements[instance.elementId], code);
    if (boundaryEventId !== undefined) return { elementInstanceKey: instance.key, boundaryEventId };
    key = instance.scopeKey;
  }
  return undefined;
}

/** The sentence of the incident when nobody does. */
export function describeUncaught(code: string, message?: string): string {
  const said = message === undefined || message === '' ? '' : ` with message '${message}'`;
  return `Expected to throw an error event with the code '${code}'${said}, but it was not caught. No matching error event is available in the scope.`;
}

function boundaryFor(model: ProcessModel, activity: ElementModel | undefined, code: string): string | undefined {
  let catchesAll: string | undefined;
  for (const id of activity?.boundaryEvents ?? []) {
    const boundary = model.elements[id];
    if (boundary?.type !== 'BOUNDARY_EVENT' || boundary.trigger.kind !== 'error') continue;
    if (boundary.trigger.code === code) return id;
    if (boundary.trigger.code === null) catchesAll = id;
  }
  return catchesAll;
}
