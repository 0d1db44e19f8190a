// Puts tokens on chosen elements, with the scopes around them: for modifications and for a start at chosen elements.
import type { ProcessDefinition } from '../deployment/state.ts';
import { createVisit } from '../element/visit.ts';
import { scopeEventsOf, startsOf, waitForEvents } from '../element/waiting.ts';
import type { Key } from '../keys.ts';
import type { ElementType } from '../model/executable.ts';
import type { Step } from '../processing/step.ts';
import { writeLocally } from '../variable/write-variables.ts';
import type { Variables } from '../variable/records.ts';
import type { View } from '../view.ts';
import type { ActivateInstruction } from './records.ts';

type Instance = { readonly key: Key; readonly definition: ProcessDefinition; /** Its own variables are not stored yet. */ readonly variables?: Variables };
export type Refusal = { readonly refusal: string };

const unsupported: ReadonlySet<ElementType> = new Set<ElementType>(['START_EVENT', 'BOUNDARY_EVENT']);

/** Whether a token can be put on an element of this type. */
export const canStartAt = (type: ElementType): boolean => !unsupported.has(type);

/** Types on which a token can be put, in the reference's words and order. */
export const startableTypes = 'PROCESS, SUB_PROCESS, EVENT_SUB_PROCESS, AD_HOC_SUB_PROCESS, AD_HOC_SUB_PROCESS_INNER_INSTANCE, INTERMEDIATE_CATCH_EVENT, INTERMEDIATE_THROW_EVENT, END_EVENT, SERVICE_TASK, RECEIVE_TASK, USER_TASK, MANUAL_TASK, TASK, EXCLUSIVE_GATEWAY, PARALLEL_GATEWAY, EVENT_BASED_GATEWAY, INCLUSIVE_GATEWAY, MULTI_INSTANCE_BODY, CALL_ACTIVITY, BUSINESS_RULE_TASK, SCRIPT_TASK, SEND_TASK';

/** Starts an instance at these elements; what the process itself waits for is opened, too. */
export function startAtElements(view: View, step: Step, instance: Instance, elementIds: readonly string[]): Refusal | undefined {
  const { key, definition, variables } = instance;
  const element = definition.model.elements[elementIds[0] ?? ''];
  if (element === undefined) return undefined;
  const visit = createVisit({ element, definition, instance: { key, processInstanceKey: key, scopeKey: key }, view, step, fresh: variables !== undefined });
  Object.assign(visit.locals, variables);
  const failure = waitForEvents(visit, startsOf(definition.model, definition.model.eventSubProcesses));
  if (failure !== undefined) return { refusal: `Expected to subscribe to catch event(s) of '${definition.bpmnProcessId}' but ${failure.message}` };
  return activateElements(view, step, instance, elementIds.map((elementId) => ({ elementId, variables: [] })));
}

/** Instructions one after the other; scopes that one makes serve the next. All must be known elements. */
export function activateElements(view: View, step: Step, instance: Instance, instructions: readonly ActivateInstruction[]): Refusal | undefined {
  const made = new Map<string, Key>();
  for (const instruction of instructions) {
    const refusal = activateOne(view, step, instance, instruction, made);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function activateOne(view: View, step: Step, instance: Instance, { elementId, ancestorKey, variables }: ActivateInstruction, made: Map<string, Key>): Refusal | undefined {
  const { key: processInstanceKey, definition } = instance;
  const ancestors = ancestorKey === undefined ? [] : view.elements.scopesOf(ancestorKey);
  const valuesFor = (scopeId: string | undefined) => Object.assign({}, ...variables.filter((one) => one.scopeId === scopeId).map((one) => one.variables)) as Variables;
  const ofProcess = { ...valuesFor(undefined), ...valuesFor(definition.bpmnProcessId) };
  writeLocally(view, step, { scopeKey: processInstanceKey, processInstanceKey }, ofProcess);
  let scopeKey = processInstanceKey;
  for (const scopeId of scopesAround(definition, elementId)) {
    // Below the ancestor that was named all scopes are new.
    const known = scopeKey === ancestorKey ? undefined : (made.get(`${scopeKey}/${scopeId}`) ?? runningScope(view, scopeKey, scopeId, ancestors));
    const chosen = known === undefined || definition.model.elements[scopeId]?.type !== 'MULTI_INSTANCE_BODY' ? known : runningScope(view, known, scopeId, ancestors);
    const values = valuesFor(scopeId);
    if (chosen !== undefined) {
      writeLocally(view, step, { scopeKey: chosen, processInstanceKey }, values);
      scopeKey = chosen;
      continue;
    }
    const key = view.newKey();
    made.set(`${scopeKey}/${scopeId}`, key);
    const refusal = openScope(view, step, instance, { key, scopeKey, scopeId, values: { ...instance.variables, ...ofProcess, ...values }, own: values });
    if (refusal !== undefined) return refusal;
    scopeKey = key;
  }
  step.events.push({ type: 'token.added', scopeKey, processInstanceKey });
  const own = valuesFor(elementId);
  step.followUps.push({ type: 'element.activate', elementId, scopeKey, processInstanceKey, processDefinitionKey: definition.key, isPlaced: true, ...(Object.keys(own).length === 0 ? {} : { variables: own }) });
  return undefined;
}

/** The one instance of a scope, or the one among several that leads to the chosen ancestor. */
function runningScope(view: View, scopeKey: Key, scopeId: string, ancestors: readonly Key[]): Key | undefined {
  const running = view.elements.activeIn(scopeKey).filter((child) => child.elementId === scopeId);
  return (running.length > 1 ? running.find(({ key }) => ancestors.includes(key)) : running[0])?.key;
}

type NewScope = { readonly key: Key; readonly scopeKey: Key; readonly scopeId: string; readonly own: Variables; readonly values: Variables };

/** A scope without a token of its own: the one that is put into it is its first. Its mappings and listeners are left out, as on a cluster. */
function openScope(view: View, step: Step, { key: processInstanceKey, definition }: Instance, { key, scopeKey, scopeId, own, values }: NewScope): Refusal | undefined {
  const element = definition.model.elements[scopeId];
  if (element === undefined) throw new Error(`Scope '${scopeId}' is not in process definition ${definition.key}.`);
  step.events.push({ type: 'token.added', scopeKey, processInstanceKey });
  step.events.push({ type: 'element.activating', key, processInstanceKey, processDefinitionKey: definition.key, elementId: scopeId, scopeKey, tokens: 0 });
  writeLocally(view, step, { scopeKey: key, processInstanceKey, fresh: true }, own);
  const visit = createVisit({ element, definition, instance: { key, processInstanceKey, scopeKey }, view, step, fresh: true });
  Object.assign(visit.locals, values);
  const failure = waitForEvents(visit, scopeEventsOf(definition.model, element));
  if (failure !== undefined) return { refusal: `Expected to subscribe to catch event(s) of '${scopeId}' but ${failure.message}` };
  step.events.push({ type: 'element.activated', key });
  return undefined;
}

/** Ids of the scopes around an element, the outermost first; the process itself is none of them. */
export function scopesAround({ model }: Pick<ProcessDefinition, 'model'>, elementId: string): string[] {
  const scopes: string[] = [];
  for (let id = model.elements[elementId]?.scopeId ?? null; id !== null; id = model.elements[id]?.scopeId ?? null) scopes.unshift(id);
  return scopes;
}
