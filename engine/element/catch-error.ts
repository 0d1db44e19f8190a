// Who catches an error: the nearest error boundary event up the scopes and out of called processes.
import type { Key } from '../keys.ts';
import type { View } from '../view.ts';
import type { ElementInstanceRow } from './state.ts';

export type ErrorCatcher = { /** The activity instance that the error ends. */ readonly elementInstanceKey: Key; readonly boundaryEventId: string };
/** Nobody does; the codes that would have been caught on the way. */
export type Uncaught = { readonly available: readonly string[] };

/** Looks from this element or process instance outwards; on one level the exact code goes before one that catches all. */
export function findErrorCatcher(view: View, from: Key, code: string): ErrorCatcher | Uncaught {
  const available: string[] = [];
  let key: Key | null = from;
  while (key !== null) {
    const instance = view.elements.get(key);
    if (instance === undefined) {
      key = view.processInstances.get(key)?.parentElementInstanceKey ?? null;
      continue;
    }
    const boundaries = errorBoundariesOf(view, instance);
    const catching = boundaries.find((boundary) => boundary.code === code) ?? boundaries.find((boundary) => boundary.code === null);
    if (catching !== undefined) return { elementInstanceKey: instance.key, boundaryEventId: catching.id };
    available.push(...boundaries.flatMap((boundary) => (boundary.code === null ? [] : [boundary.code])));
    key = instance.scopeKey;
  }
  return { available };
}

/** The sentence of the incident when nobody does. */
export function describeUncaught(code: string, { available }: Uncaught, message = ''): string {
  const said = message === '' ? '' : ` with message '${message}'`;
  const others = available.length === 0 ? 'No error events are available in the scope.' : `Available error events are [${available.join(', ')}]`;
  return `Expected to throw an error event with the code '${code}'${said}, but it was not caught. ${others}`;
}

function errorBoundariesOf(view: View, instance: ElementInstanceRow): { id: string; code: string | null }[] {
  const elements = view.deployments.process(instance.processDefinitionKey)?.model.elements;
  return (elements?.[instance.elementId]?.boundaryEvents ?? []).flatMap((id) => {
    const boundary = elements?.[id];
    return boundary?.type === 'BOUNDARY_EVENT' && boundary.trigger.kind === 'error' ? [{ id, code: boundary.trigger.code }] : [];
  });
}
