// A visit: one step of one element instance, with what the step may read and where its outcome goes.
import type { ProcessDefinition } from '../deployment/state.ts';
import type { JsonValue } from '../expression/index.ts';
import type { IncidentType } from '../incident/records.ts';
import type { Key } from '../keys.ts';
import type { ElementModel, ElementOf, ElementType } from '../model/executable.ts';
import type { EngineEvent } from '../records.ts';
import type { Step } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import type { View } from '../view.ts';

/** Set by `fail` alone: variables may have any names, also "failure" and "message". */
const stuck = Symbol('stuck');

/** The step cannot be done now; it becomes an incident, and resolving that tries the step again. */
export type Failure = {
  readonly [stuck]: true;
  readonly failure: IncidentType;
  readonly message: string;
  /** What is stated beside the incident: a decision that was evaluated and failed. */
  readonly events?: readonly EngineEvent[];
  /** So many of the step's events stay: the variables that went out before it failed. */
  readonly keeps?: number;
};

export function fail(failure: IncidentType, message: string, events: readonly EngineEvent[] = []): Failure {
  return { [stuck]: true, failure, message, events };
}

export const isFailure = (value: unknown): value is Failure => typeof value === 'object' && value !== null && stuck in value;

export type Visit = {
  readonly element: ElementModel;
  readonly definition: ProcessDefinition;
  readonly instance: { readonly key: Key; readonly processInstanceKey: Key; readonly scopeKey: Key; /** From 1: an inner instance of multi-instance. */ readonly loopCounter?: number | null };
  readonly view: View;
  readonly step: Step;
  /** Local variables that this step sets; they hide stored ones. */
  readonly locals: Record<string, JsonValue>;
  /** Variables that this step hands out of the element. */
  readonly passed: Record<string, JsonValue>;
  /** What triggered an event sub-process brought along: its start event hands it out. */
  readonly brought?: Variables;
  /** Ended by hand: listeners of the cancellation are not asked. */
  readonly isForced?: true;
  /** Reads a variable as the element sees it. */
  readonly read: (name: string) => JsonValue | undefined;
  /** Reads a variable as its scope sees it: without the element's own. */
  readonly readOuter: (name: string) => JsonValue | undefined;
  /** The scopes from the enclosing one outwards. */
  outerScopes(): readonly Key[];
};

/** A visit of an element of a known type. */
export type VisitOf<Type extends ElementType> = Visit & { readonly element: ElementOf<Type> };

type NewVisit = Pick<Visit, 'element' | 'definition' | 'instance' | 'view' | 'step' | 'brought'> & { /** Just created: it has no stored variables. */ readonly fresh: boolean };

export function createVisit({ fresh, ...given }: NewVisit): Visit {
  const { view, instance } = given;
  const locals: Record<string, JsonValue> = {};
  let outer: readonly Key[] | undefined;
  const outerScopes = () => (outer ??= instance.scopeKey === instance.processInstanceKey ? [instance.scopeKey] : view.elements.scopesOf(instance.scopeKey));
  const readOuter = (name: string) => view.variables.visible(outerScopes(), name);
  const readStored = (name: string) => {
    if (fresh) return readOuter(name);
    const own = view.variables.visible([instance.key], name);
    return own === undefined ? readOuter(name) : own;
  };
  return {
    ...given,
    locals,
    passed: {},
    read: (name) => (Object.hasOwn(locals, name) ? locals[name] : readStored(name)),
    readOuter,
    outerScopes,
  };
}

/** Fields by which jobs, tasks, timers and incidents point at the visited element instance. */
export function whereabouts(visit: Visit): { processInstanceKey: Key; processDefinitionKey: Key; bpmnProcessId: string; elementId: string; elementInstanceKey: Key } {
  return {
    processInstanceKey: visit.instance.processInstanceKey,
    processDefinitionKey: visit.definition.key,
    bpmnProcessId: visit.definition.bpmnProcessId,
    elementId: visit.element.id,
    elementInstanceKey: visit.instance.key,
  };
}
