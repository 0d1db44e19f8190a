// Who catches an error or an escalation: the nearest boundary event or event sub-process, up the scopes and out of called processes.
import type { Key } from '../keys.ts';
import type { ProcessModel } from '../model/executable.ts';
import type { View } from '../view.ts';
import { elementOf } from './element-of.ts';
import { startsOf } from './waiting.ts';

export type Catcher = {
  /** The activity to which the boundary event is attached, or the scope of the event sub-process. */
  readonly elementInstanceKey: Key;
  /** The boundary event, or the start event of the event sub-process. */
  readonly catchEventId: string;
  /** An event sub-process catches, not a boundary event. */
  readonly isStart: boolean;
  readonly interrupting: boolean;
};
/** Nobody does; the codes that would have been caught on the way. */
export type Uncaught = { readonly available: readonly string[] };

type Kind = 'error' | 'escalation';
type Place = {
  readonly key: Key;
  readonly model: ProcessModel;
  readonly catchEventIds: readonly string[];
  readonly interruptedBy: string | null;
  /** On its way to its end. */
  readonly isEnding: boolean;
  /** The scope around it, for a process the call activity that started it, while that is active. */
  readonly outer: Key | null;
};

/**
 * Looks from this element or process instance outwards; on one level the exact code goes before one that catches all.
 * What is thrown in a scope that was interrupted or is ending is not caught around it in this process any more, as on a cluster;
 * an escalation still finds the catcher there, which then catches nothing: whoever threw it waits to be ended.
 */
export function findCatcher(view: View, from: Key, kind: Kind, code: string): Catcher | Uncaught {
  const available: string[] = [];
  let key: Key | null = from;
  /** The element that was left on the way here. */
  let left: string | undefined;
  while (key !== null) {
    const place = placeOf(view, key);
    if (place === undefined) break;
    const isShut = place.interruptedBy !== null || place.isEnding;
    // On a cluster what an event sub-process throws to the scope that it interrupted would stay active for ever.
    if (isShut && (kind === 'error' || left === place.interruptedBy)) {
      left = undefined;
      key = callerOf(view, key);
      continue;
    }
    const events = catchEventsOf(place, kind);
    const catching = events.find((event) => event.code === code) ?? events.find((event) => event.code === null);
    if (catching !== undefined) return { elementInstanceKey: place.key, catchEventId: catching.id, isStart: catching.isStart, interrupting: catching.interrupting };
    available.push(...events.flatMap((event) => (event.code === null ? [] : [event.code])));
    left = view.elements.get(key)?.elementId;
    key = isShut ? callerOf(view, key) : place.outer;
  }
  return { available };
}

/** The sentence of the incident when nobody catches an error. */
export function describeUncaught(code: string, { available }: Uncaught, message = ''): string {
  const said = message === '' ? '' : ` with message '${message}'`;
  const others = available.length === 0 ? 'No error events are available in the scope.' : `Available error events are [${available.join(', ')}]`;
  return `Expected to throw an error event with the code '${code}'${said}, but it was not caught. ${others}`;
}

function placeOf(view: View, key: Key): Place | undefined {
  const instance = view.elements.get(key);
  const process = instance === undefined ? view.processInstances.get(key) : undefined;
  const definition = view.deployments.process((instance ?? process)?.processDefinitionKey ?? 0);
  if (definition === undefined) return undefined;
  const { model } = definition;
  if (instance === undefined) {
    return { key, model, catchEventIds: startsOf(model, model.eventSubProcesses), interruptedBy: process?.interruptedBy ?? null, isEnding: process?.phase !== 'ACTIVATED', outer: callerOf(view, key) };
  }
  const element = elementOf(definition, instance);
  const inside = 'eventSubProcesses' in element ? startsOf(model, element.eventSubProcesses) : [];
  return { key, model, catchEventIds: [...inside, ...element.boundaryEvents], interruptedBy: instance.interruptedBy, isEnding: instance.phase !== 'ACTIVATED', outer: instance.scopeKey };
}

/** The call activity that started the process of this instance, while it is active. */
function callerOf(view: View, key: Key): Key | null {
  const caller = view.processInstances.get(view.elements.get(key)?.processInstanceKey ?? key)?.parentElementInstanceKey ?? null;
  return caller !== null && view.elements.get(caller)?.phase === 'ACTIVATED' ? caller : null;
}

function catchEventsOf({ model, catchEventIds }: Place, kind: Kind): { id: string; code: string | null; isStart: boolean; interrupting: boolean }[] {
  return catchEventIds.flatMap((id) => {
    const event = model.elements[id];
    if (event?.type !== 'BOUNDARY_EVENT' && event?.type !== 'START_EVENT') return [];
    return event.trigger?.kind === kind ? [{ id, code: event.trigger.code, isStart: event.type === 'START_EVENT', interrupting: event.interrupting }] : [];
  });
}
