// Decides the steps of an element's lifecycle.
import type { Key } from '../keys.ts';
import type { ElementModel, FlowModel } from '../model/executable.ts';
import { nothing } from '../processing/step.ts';
import type { Deciders, Decision, Step } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import type { View } from '../view.ts';
import { isOver, mayBecome } from './lifecycle.ts';
import { evaluateMappings } from './mappings.ts';
import { behaviourOf } from './index.ts';
import type { ElementCommand, TakenFlow } from './records.ts';
import { terminateElement } from './terminate.ts';
import { createVisit, isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit } from './visit.ts';
import { visitInstance } from './visit-instance.ts';
import { mayWait, stopWaiting, waitForBoundaryEvents } from './waiting.ts';

export const elementDeciders: Deciders<ElementCommand> = {
  'element.activate': (command, view, step) => {
    if (!isScopeOpen(view, command.scopeKey, command.processInstanceKey)) return nothing;
    const { definition, element } = elementOf(view, command.processDefinitionKey, command.elementId);
    const joined = joins(element) ? element.incoming : undefined;
    if (joined !== undefined && view.elements.waitingFlows(command.scopeKey, element.id).length < joined.length) return nothing;
    const key = view.newKey();
    const { scopeKey, processInstanceKey } = command;
    step.events.push({
      type: 'element.activating',
      key,
      processInstanceKey,
      processDefinitionKey: definition.key,
      elementId: element.id,
      scopeKey,
      tokens: element.type === 'SUB_PROCESS' ? 1 : 0,
      ...(joined === undefined ? {} : { joined }),
    });
    const visit = createVisit({ element, definition, instance: { key, processInstanceKey, scopeKey }, view, step, fresh: true });
    if (command.variables !== undefined) setLocals(visit, command.variables, true);
    return attempt(visit, () => activate(visit, true));
  },

  'element.retry-activation': (command, view, step) => {
    const instance = view.elements.get(command.elementInstanceKey);
    if (instance === undefined || !mayBecome(instance.phase, 'ACTIVATED')) return nothing;
    const visit = visitInstance(view, step, instance);
    return attempt(visit, () => activate(visit, false));
  },

  'element.complete': (command, view, step) => {
    const instance = view.elements.get(command.elementInstanceKey);
    if (instance === undefined || !mayBecome(instance.phase, 'COMPLETED')) return nothing;
    const visit = visitInstance(view, step, instance);
    const brought = command.variables ?? {};
    if (visit.element.outputs.length > 0) setLocals(visit, brought, false);
    return attempt(visit, () => complete(visit, brought), () => {
      if (mayBecome(instance.phase, 'COMPLETING')) step.events.push({ type: 'element.completing', key: instance.key });
    });
  },

  'catch-event.trigger': (command, view, step) => {
    const instance = view.elements.get(command.elementInstanceKey);
    if (instance === undefined || isOver(instance.phase)) return nothing;
    if (instance.elementId === command.elementId) {
      step.followUps.push({ type: 'element.complete', elementInstanceKey: instance.key, variables: command.variables });
      return nothing;
    }
    const { element } = elementOf(view, instance.processDefinitionKey, command.elementId);
    const { scopeKey, processInstanceKey, processDefinitionKey } = instance;
    if (element.type === 'BOUNDARY_EVENT' && element.interrupting) terminateElement(view, step, instance);
    else step.events.push({ type: 'token.added', scopeKey, processInstanceKey });
    step.followUps.push({ type: 'element.activate', elementId: element.id, scopeKey, processInstanceKey, processDefinitionKey, variables: command.variables });
    return nothing;
  },
};

function activate(visit: Visit, fresh: boolean): Failure | undefined {
  const { element, instance, step } = visit;
  if (element.inputs.length > 0) {
    const inputs = evaluateMappings(visit, element.inputs);
    if (isFailure(inputs)) return inputs;
    setLocals(visit, inputs, fresh);
  }
  const failure = waitForBoundaryEvents(visit);
  if (failure !== undefined) return failure;
  const activated = behaviourOf(element.type).onActivate(visit);
  if (isFailure(activated)) return activated;
  step.events.push({ type: 'element.activated', key: instance.key });
  if (activated.kind === 'done') {
    if (leavesAtOnce(element)) return complete(visit, {});
    const { variables } = activated;
    step.followUps.push({ type: 'element.complete', elementInstanceKey: instance.key, ...(variables === undefined ? {} : { variables }) });
  }
  return undefined;
}

/** A gateway is passed within one step, others in two, as in Zeebe (measured on 8.8.21): it decides which parallel branch is ahead. */
function leavesAtOnce({ type, outgoing }: ElementModel): boolean {
  return (type === 'EXCLUSIVE_GATEWAY' || type === 'PARALLEL_GATEWAY') && outgoing.length > 0;
}

function complete(visit: Visit, brought: Variables): Failure | undefined {
  const { element, instance, view, step } = visit;
  const failure = passVariablesOut(visit, brought);
  if (failure !== undefined) return failure;
  const flows = behaviourOf(element.type).onComplete(visit);
  if (isFailure(flows)) return flows;
  if (mayWait(element)) stopWaiting(view, step, instance.key);
  const { key, scopeKey, processInstanceKey } = instance;
  step.events.push({ type: 'element.completed', key, scopeKey, processInstanceKey, flows: flows.map((flow) => takenFlow(visit, flow)) });
  for (const flow of flows) {
    step.followUps.push({ type: 'element.activate', elementId: flow.target, scopeKey, processInstanceKey, processDefinitionKey: visit.definition.key });
  }
  if (flows.length === 0) completeScopeWhenEmpty(view, step, scopeKey, processInstanceKey);
  return undefined;
}

/** Output mappings decide what leaves the element; without any, what it brought goes up to where the names are known. */
function passVariablesOut(visit: Visit, brought: Variables): Failure | undefined {
  const { element, instance, view, step } = visit;
  if (element.outputs.length > 0) {
    const outputs = evaluateMappings(visit, element.outputs, visit.read);
    if (isFailure(outputs)) return outputs;
    propagate(view, step, visit.outerScopes(), outputs);
    return undefined;
  }
  if (Object.keys(brought).length > 0) propagate(view, step, [instance.key, ...visit.outerScopes()], brought);
  else if (passesOnWhatItGot(element)) propagate(view, step, visit.outerScopes(), view.variables.allLocal(instance.key));
  return undefined;
}

/** Variables of a message go on into the scope; those of an error stay with the event unless it maps them out. */
function passesOnWhatItGot(element: ElementModel): boolean {
  return element.type === 'START_EVENT' || (element.type === 'BOUNDARY_EVENT' && element.trigger.kind !== 'error');
}

/** Runs a step; when it fails, what it stated is dropped and an incident stated instead. */
function attempt(visit: Visit, run: () => Failure | undefined, beforeIncident: () => void = () => undefined): Decision {
  const { step, view } = visit;
  const events = step.events.length;
  const followUps = step.followUps.length;
  const failure = run();
  if (failure === undefined) return nothing;
  step.events.length = events;
  step.followUps.length = followUps;
  beforeIncident();
  step.events.push(...(failure.events ?? []));
  step.events.push({ type: 'incident.created', key: view.newKey(), errorType: failure.failure, errorMessage: failure.message, ...whereabouts(visit), jobKey: null });
  return nothing;
}

function setLocals(visit: Visit, values: Variables, fresh: boolean): void {
  const { key: scopeKey, processInstanceKey } = visit.instance;
  writeLocally(visit.view, visit.step, { scopeKey, processInstanceKey, fresh }, values);
  Object.assign(visit.locals, values);
}

function elementOf(view: View, processDefinitionKey: Key, elementId: string) {
  const definition = view.deployments.process(processDefinitionKey);
  const element = definition?.model.elements[elementId];
  if (definition === undefined || element === undefined) throw new Error(`Element '${elementId}' is not in the stored process definition ${processDefinitionKey}.`);
  return { definition, element };
}

const joins = (element: ElementModel): boolean => element.type === 'PARALLEL_GATEWAY' && element.incoming.length > 1;

function takenFlow(visit: Visit, flow: FlowModel): TakenFlow {
  const target = visit.definition.model.elements[flow.target];
  return target !== undefined && joins(target) ? { flowId: flow.id, waitsAt: target.id } : { flowId: flow.id };
}

function isScopeOpen(view: View, scopeKey: Key, processInstanceKey: Key): boolean {
  const scope = scopeKey === processInstanceKey ? view.processInstances.get(scopeKey) : view.elements.get(scopeKey);
  return scope?.phase === 'ACTIVATED';
}

/** The token that ends in this step is still counted. */
function completeScopeWhenEmpty(view: View, step: Step, scopeKey: Key, processInstanceKey: Key): void {
  if (scopeKey === processInstanceKey) {
    if (view.processInstances.get(scopeKey)?.tokens === 1) step.followUps.push({ type: 'process-instance.complete', processInstanceKey });
  } else if (view.elements.get(scopeKey)?.tokens === 1) {
    step.followUps.push({ type: 'element.complete', elementInstanceKey: scopeKey });
  }
}
