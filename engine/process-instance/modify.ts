// Decides the modification of a running instance: what is ended, where tokens are put.
import type { ProcessDefinition } from '../deployment/state.ts';
import { isOver } from '../element/lifecycle.ts';
import { terminateByHand, terminateProcessByHand } from '../element/terminate.ts';
import type { Key } from '../keys.ts';
import { accept, nothing, reject } from '../processing/step.ts';
import type { Decide, Decision, Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { activateElements, canStartAt, scopesAround, startableTypes } from './activate-elements.ts';
import type { ActivateInstruction, EndEmptyScope, ProcessInstanceCommand } from './records.ts';

type Modify = Extract<ProcessInstanceCommand, { type: 'process-instance.modify' }>;

export const modifyProcessInstance: Decide<Modify> = ({ processInstanceKey, activate, terminate }, view, step) => {
  const instance = view.processInstances.get(processInstanceKey);
  const definition = instance === undefined ? undefined : view.deployments.process(instance.processDefinitionKey);
  if (instance === undefined || isOver(instance.phase) || definition === undefined) {
    return reject('NOT_FOUND', `Expected to modify process instance but no process instance found with key '${processInstanceKey}'`);
  }
  const wrong = problemWithElements(definition, activate) ?? problemWithScopes(view, definition, processInstanceKey, activate) ?? problemWithTerminations(view, processInstanceKey, terminate);
  if (wrong !== undefined) return refuse(definition, wrong);
  const refused = activateElements(view, step, { key: processInstanceKey, definition }, activate);
  if (refused !== undefined) return refuse(definition, `contains one or more activate instructions for an element that would result in an incident: ${refused.refusal}`);
  if (terminate.includes(processInstanceKey)) terminateProcessByHand(view, step, instance);
  else for (const key of terminate) endElement(view, step, key, terminate);
  return accept();
};

/** Ends a scope in which no token is left, and then the one around it; one that was about to end does, when this was the last in it. */
export const endEmptyScope: Decide<EndEmptyScope> = ({ scopeKey, processInstanceKey }, view, step) => {
  if ((view.elements.get(scopeKey) ?? view.processInstances.get(scopeKey))?.phase === 'TERMINATING') {
    step.followUps.push({ type: 'element.finish-termination', elementInstanceKey: scopeKey });
    return nothing;
  }
  if (scopeKey === processInstanceKey) {
    const instance = view.processInstances.get(processInstanceKey);
    if (instance?.phase === 'ACTIVATED' && instance.tokens === 0) terminateProcessByHand(view, step, instance);
    return nothing;
  }
  const scope = view.elements.get(scopeKey);
  if (scope?.phase !== 'ACTIVATED' || scope.tokens !== 0) return nothing;
  takeToken(step, scope);
  terminateByHand(view, step, scope);
  return nothing;
};

const refuse = (definition: ProcessDefinition, problem: string): Decision =>
  reject('INVALID_ARGUMENT', `Expected to modify instance of process '${definition.bpmnProcessId}' but it ${problem}`);

function endElement(view: View, step: Step, key: Key, all: readonly Key[]): void {
  const instance = view.elements.get(key);
  const [, ...around] = view.elements.scopesOf(key);
  if (instance === undefined || around.some((scope) => all.includes(scope))) return;
  takeToken(step, instance);
  terminateByHand(view, step, instance);
}

function takeToken(step: Step, { scopeKey, processInstanceKey }: { readonly scopeKey: Key; readonly processInstanceKey: Key }): void {
  step.events.push({ type: 'token.removed', scopeKey, processInstanceKey });
  step.followUps.push({ type: 'element.end-empty-scope', scopeKey, processInstanceKey });
}

const listed = (items: Iterable<string | number>): string => [...new Set(items)].map((item) => `'${item}'`).join(', ');

function problemWithElements({ model }: ProcessDefinition, activate: readonly ActivateInstruction[]): string | undefined {
  const unknown = activate.filter(({ elementId }) => model.elements[elementId] === undefined);
  if (unknown.length > 0) return `contains one or more activate instructions with an element that could not be found: ${listed(unknown.map(({ elementId }) => elementId))}`;
  const wrong = activate.flatMap(({ elementId }) => {
    const type = model.elements[elementId]?.type;
    return type === undefined || canStartAt(type) ? [] : [{ elementId, type }];
  });
  if (wrong.length === 0) return undefined;
  return `contains one or more activate instructions for elements that are unsupported: ${listed(wrong.map(({ elementId }) => elementId))}. The activation of elements with type ${listed(wrong.map(({ type }) => type))} is not supported. Supported element types are: [${startableTypes}].`;
}

function problemWithScopes(view: View, definition: ProcessDefinition, processInstanceKey: Key, activate: readonly ActivateInstruction[]): string | undefined {
  const gone = activate.flatMap(({ elementId, ancestorKey }) => (ancestorKey === undefined || isAncestor(view, definition, processInstanceKey, elementId, ancestorKey) ? [] : [ancestorKey]));
  if (gone.length > 0) return `contains one or more activate instructions with an ancestor scope key that does not exist, or is not in an active state: ${listed(gone)}`;
  const ambiguous = activate.flatMap((instruction) => ambiguousScope(view, definition, processInstanceKey, instruction) ?? []);
  if (ambiguous.length > 0) {
    return `contains one or more activate instructions for an element that has a flow scope with more than one active instance: ${listed(ambiguous)}. Can't decide in which instance of the flow scope the element should be activated. Please specify an ancestor element instance key for this activate instruction.`;
  }
  const inLoop = activate.filter((instruction) => isInUnknownLoop(view, definition, instruction));
  if (inLoop.length > 0) {
    return `contains one or more activate instructions for elements inside a multi-instance subprocess: ${listed(inLoop.map(({ elementId }) => elementId))}. The activation of elements inside a multi-instance subprocess is not supported.`;
  }
  const named = activate.flatMap(({ variables }) => variables.flatMap(({ scopeId }) => scopeId ?? []));
  const unknown = named.filter((scopeId) => scopeId !== definition.bpmnProcessId && definition.model.elements[scopeId] === undefined);
  if (unknown.length > 0) return `contains one or more variable instructions with a scope element id that could not be found: ${listed(unknown)}`;
  const elsewhere = activate.some(({ elementId, variables }) =>
    variables.some(({ scopeId }) => scopeId !== undefined && scopeId !== definition.bpmnProcessId && scopeId !== elementId && !scopesAround(definition, elementId).includes(scopeId)));
  return elsewhere ? "contains one or more variable instructions with a scope element that doesn't belong to the activating element's flow scope. These variables should be set before or after the modification." : undefined;
}

/** Inside multi-instance a token can be put into an inner instance that is named only. */
function isInUnknownLoop(view: View, definition: ProcessDefinition, { elementId, ancestorKey }: ActivateInstruction): boolean {
  const ancestors = ancestorKey === undefined ? [] : view.elements.scopesOf(ancestorKey).flatMap((key) => view.elements.get(key) ?? []);
  const loops = scopesAround(definition, elementId).filter((scopeId) => definition.model.elements[scopeId]?.type === 'MULTI_INSTANCE_BODY');
  return loops.some((scopeId) => !ancestors.some((ancestor) => ancestor.elementId === scopeId && (ancestor.loopCounter ?? 0) > 0));
}

function isAncestor(view: View, definition: ProcessDefinition, processInstanceKey: Key, elementId: string, ancestorKey: Key): boolean {
  if (ancestorKey === processInstanceKey) return true;
  const ancestor = view.elements.get(ancestorKey);
  return ancestor?.processInstanceKey === processInstanceKey && ancestor.phase === 'ACTIVATED' && scopesAround(definition, elementId).includes(ancestor.elementId);
}

/** Several instances of a scope around the element, and no ancestor that tells which. */
function ambiguousScope(view: View, definition: ProcessDefinition, processInstanceKey: Key, { elementId, ancestorKey }: ActivateInstruction): string | undefined {
  const ancestors = ancestorKey === undefined ? [] : view.elements.scopesOf(ancestorKey);
  let scopes: readonly Key[] = [processInstanceKey];
  for (const scopeId of scopesAround(definition, elementId)) {
    const running = scopes.flatMap((scope) => view.elements.activeIn(scope)).filter((child) => child.elementId === scopeId).map(({ key }) => key);
    const chosen = running.filter((key) => ancestors.includes(key));
    if (running.length > 1 && chosen.length === 0) return scopeId;
    scopes = chosen.length > 0 ? chosen : running;
  }
  return undefined;
}

function problemWithTerminations(view: View, processInstanceKey: Key, terminate: readonly Key[]): string | undefined {
  const unknown = terminate.filter((key) => {
    if (key === processInstanceKey) return false;
    const instance = view.elements.get(key);
    return instance?.processInstanceKey !== processInstanceKey || isOver(instance.phase);
  });
  return unknown.length === 0 ? undefined : `contains one or more terminate instructions with an element instance that could not be found: ${listed(unknown)}`;
}
