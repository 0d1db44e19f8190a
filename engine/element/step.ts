// The steps of an element's lifecycle: activate, complete, and what becomes of a step that cannot be done.
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import type { ElementModel, FlowModel } from '../model/executable.ts';
import { nothing } from '../processing/step.ts';
import type { Decision } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import type { View } from '../view.ts';
import { rememberForCompensation } from './compensate.ts';
import { completeAdHocInner } from './ad-hoc-instances.ts';
import { listenersOf, offerListener } from './execution-listeners.ts';
import { mayWait, behaviourOf } from './index.ts';
import { joins } from './join.ts';
import { completeInner } from './inner-instances.ts';
import { evaluateMappings } from './mappings.ts';
import type { TakenFlow } from './records.ts';
import { hold } from './terminate.ts';
import { isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit } from './visit.ts';
import { stopWaiting, waitForBoundaryEvents } from './waiting.ts';

/** ACTIVATING → ACTIVATED: inputs, boundary events, the work itself. */
export function activate(visit: Visit, fresh: boolean): Failure | undefined {
  const { element } = visit;
  if (element.inputs.length > 0) {
    const inputs = evaluateMappings(visit, element.inputs);
    if (isFailure(inputs)) return inputs;
    setLocals(visit, inputs, fresh);
  }
  // What the inputs made stays when the step fails after them.
  const keeps = visit.step.events.length;
  const failure = startWork(visit, 0);
  return failure === undefined ? undefined : { keeps, ...failure };
}

/** Runs the start listeners from that number on; after the last one the work begins. */
export function startWork(visit: Visit, listenerIndex: number): Failure | undefined {
  const { element, instance, step } = visit;
  const offered = offerListener(visit, 'START', listenerIndex);
  if (offered !== false) return offered === true ? undefined : offered;
  const failure = behaviourOf(element.type).opensNoBoundaryEvents?.(element) === true ? undefined : waitForBoundaryEvents(visit);
  if (failure !== undefined) return failure;
  const activated = behaviourOf(element.type).onActivate(visit);
  if (isFailure(activated)) return activated;
  step.events.push({ type: 'element.activated', key: instance.key });
  if (activated.kind === 'done') {
    if (behaviourOf(element.type).leavesAtOnce === true && element.outgoing.length > 0) return complete(visit, {});
    const { variables } = activated;
    step.followUps.push({ type: 'element.complete', elementInstanceKey: instance.key, ...(variables === undefined ? {} : { variables }) });
  }
  return undefined;
}

/** ACTIVATED → COMPLETED: outputs, the flows that are taken, the end of the scope when this was its last token. */
export function complete(visit: Visit, brought: Variables): Failure | undefined {
  const passed = passVariablesOut(visit, brought);
  if (isFailure(passed)) return passed;
  Object.assign(visit.passed, passed);
  if (listenersOf(visit.element.listeners, 'END').length > 0) {
    // What was waited for beside the work is over before the listeners.
    if (mayWait(visit.element)) stopWaiting(visit.view, visit.step, visit.instance.key);
    visit.step.events.push({ type: 'element.completing', key: visit.instance.key });
  }
  const keeps = visit.step.events.length;
  const failure = leave(visit, 0);
  return failure === undefined ? undefined : { keeps, ...failure };
}

/** Runs the end listeners from that number on; after the last one the token goes on. */
export function leave(visit: Visit, listenerIndex: number): Failure | undefined {
  const { element, instance, view, step } = visit;
  const offered = offerListener(visit, 'END', listenerIndex);
  if (offered !== false) return offered === true ? undefined : offered;
  const flows = behaviourOf(element.type).onComplete(visit);
  if (isFailure(flows)) return flows;
  const isLast = isLastOf(visit);
  if (isLast && flows.length > 0) return leaveAsLast(visit);
  // Also when the step fails after this, nothing beside the work is awaited any more.
  if (mayWait(element)) stopWaiting(view, step, instance.key);
  const keeps = step.events.length;
  const goOn = (instance.loopCounter ?? 0) > 0 ? completeInner(visit) : element.type === 'AD_HOC_SUB_PROCESS_INNER_INSTANCE' ? completeAdHocInner(visit, element.adHoc) : undefined;
  if (isFailure(goOn)) return { keeps, ...goOn };
  rememberForCompensation(visit);
  if (endsScope(element)) endScope(visit);
  const { key, scopeKey, processInstanceKey } = instance;
  step.events.push({ type: 'element.completed', key, scopeKey, processInstanceKey, flows: flows.map((flow) => takenFlow(visit, flow)) });
  for (const flow of flows) {
    step.followUps.push({ type: 'element.activate', elementId: flow.target, scopeKey, processInstanceKey, processDefinitionKey: visit.definition.key, key: view.newKey() });
  }
  if (goOn !== undefined) goOn();
  else if (flows.length === 0) completeScope(visit);
  if (isLast) step.followUps.push({ type: 'process-instance.terminate', processInstanceKey });
  return undefined;
}

/** Of multi-instance only the body counts. */
const isLastOf = ({ element, instance, view }: Visit): boolean => (instance.loopCounter ?? 0) === 0 && view.processInstances.endsAfter(instance.processInstanceKey, element.id);

/** The last element that the instance was to reach: it is left by no flow, and all ends. */
function leaveAsLast({ element, instance: { key, scopeKey, processInstanceKey }, view, step }: Visit): undefined {
  if (mayWait(element)) stopWaiting(view, step, key);
  step.events.push({ type: 'element.completed', key, scopeKey, processInstanceKey, flows: [] }, { type: 'scope.interrupted', scopeKey: processInstanceKey, processInstanceKey, by: element.id });
  step.followUps.push({ type: 'process-instance.terminate', processInstanceKey });
}

/** Output mappings decide what leaves the element; without any, what it brought goes up to where the names are known. Answers what left. */
function passVariablesOut(visit: Visit, brought: Variables): Variables | Failure {
  const { element, instance, view, step } = visit;
  if (element.outputs.length > 0) {
    const outputs = evaluateMappings(visit, element.outputs, visit.read);
    if (!isFailure(outputs)) propagate(view, step, visit.outerScopes(), (instance.loopCounter ?? 0) > 0 ? keepOwn(visit, outputs) : outputs);
    return outputs;
  }
  if (Object.keys(brought).length > 0) {
    propagate(view, step, [instance.key, ...visit.outerScopes()], brought);
    Object.assign(visit.locals, brought);
    return brought;
  }
  if (!passesOnWhatItGot(element)) return {};
  const got = view.variables.allLocal(instance.key);
  propagate(view, step, visit.outerScopes(), got);
  return got;
}

/** An inner instance of multi-instance keeps what its outputs change among its own variables, as in Zeebe (measured on 8.8.21). Answers the rest. */
function keepOwn(visit: Visit, outputs: Variables): Variables {
  const { instance, view, step, locals } = visit;
  const rest: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(outputs)) {
    const stored = view.variables.local(instance.key, name);
    const own = Object.hasOwn(locals, name) ? JSON.stringify(locals[name]) : stored?.value;
    if (own === undefined || own === JSON.stringify(value)) {
      rest[name] = value;
      continue;
    }
    if (stored === undefined) updateOfThisStep(visit, name, value);
    else step.events.push({ type: 'variable.updated', key: stored.key, value: JSON.stringify(value) });
    locals[name] = value;
  }
  return rest;
}

/** Variables of a message or signal go on into the scope; those of an error stay with the event unless it maps them out. */
function passesOnWhatItGot(element: ElementModel): boolean {
  if (element.type === 'INTERMEDIATE_CATCH_EVENT') return element.behindGateway;
  return (element.type === 'START_EVENT' || element.type === 'BOUNDARY_EVENT') && element.trigger?.kind !== 'error';
}

/** Runs a step; when it fails, what it stated is dropped and an incident stated instead. */
export function attempt(visit: Visit, run: () => Failure | undefined, beforeIncident: () => void = () => undefined): Decision {
  const { step, view } = visit;
  const events = step.events.length;
  const atOnce = step.atOnce.length;
  const followUps = step.followUps.length;
  const failure = run();
  if (failure === undefined) return nothing;
  step.events.length = failure.keeps ?? events;
  step.atOnce.length = atOnce;
  step.followUps.length = followUps;
  beforeIncident();
  step.events.push(...(failure.events ?? []));
  step.events.push({ type: 'incident.created', key: view.newKey(), errorType: failure.failure, errorMessage: failure.message, ...whereabouts(visit), jobKey: null });
  return nothing;
}

export function setLocals(visit: Visit, values: Variables, fresh: boolean): void {
  const { key: scopeKey, processInstanceKey } = visit.instance;
  const known = Object.keys(values).filter((name) => Object.hasOwn(visit.locals, name));
  writeLocally(visit.view, visit.step, { scopeKey, processInstanceKey, fresh }, known.length === 0 ? values : Object.fromEntries(Object.entries(values).filter(([name]) => !known.includes(name))));
  for (const name of known) updateOfThisStep(visit, name, values[name] ?? null);
  Object.assign(visit.locals, values);
}

/** A variable of this step, such as the item of multi-instance, that an input mapping sets anew. */
function updateOfThisStep({ instance, step, view }: Visit, name: string, value: JsonValue): void {
  const created = step.events.findLast((event) => event.type === 'variable.created' && event.scopeKey === instance.key && event.name === name);
  const key = created?.type === 'variable.created' ? created.key : view.variables.local(instance.key, name)?.key;
  if (key !== undefined) step.events.push({ type: 'variable.updated', key, value: JSON.stringify(value) });
}

function takenFlow(visit: Visit, flow: FlowModel): TakenFlow {
  const target = visit.definition.model.elements[flow.target];
  return target !== undefined && joins(target) ? { flowId: flow.id, waitsAt: target.id } : { flowId: flow.id };
}

/** Whether something may begin in the scope: not when it was ended, nor when another element ended all else in it. */
export function isScopeOpen(view: View, elementId: string, scopeKey: Key, processInstanceKey: Key): boolean {
  const scope = scopeKey === processInstanceKey ? view.processInstances.get(scopeKey) : view.elements.get(scopeKey);
  return scope?.phase === 'ACTIVATED' && (scope.interruptedBy === null || scope.interruptedBy === elementId);
}

const endsScope = (element: ElementModel): boolean => element.type === 'END_EVENT' && element.throws.kind === 'terminate';

/** A terminate end event ends all else in its scope; nothing may begin or be done there any more, and the scope completes with the last of it. */
function endScope({ instance: { key, scopeKey, processInstanceKey }, view, step }: Visit): void {
  step.events.push({ type: 'scope.interrupted', scopeKey, processInstanceKey, by: '' });
  if (view.elements.activeFrom(scopeKey, 0).every((other) => other.key === key)) return;
  hold(step, scopeKey, [completionOf(scopeKey, processInstanceKey)]);
  step.followUps.push({ type: 'scope.terminate-children', scopeKey });
}

/** The token that ends in this step is still counted. */
function completeScope({ element, instance: { key, scopeKey, processInstanceKey }, view, step }: Visit): void {
  const scope = scopeKey === processInstanceKey ? view.processInstances.get(scopeKey) : view.elements.get(scopeKey);
  const isLast = endsScope(element) ? view.elements.activeFrom(scopeKey, 0).every((other) => other.key === key) : scope?.tokens === 1;
  if (isLast) step.followUps.push(completionOf(scopeKey, processInstanceKey));
}

const completionOf = (scopeKey: Key, processInstanceKey: Key) =>
  scopeKey === processInstanceKey ? { type: 'process-instance.complete', processInstanceKey } as const : { type: 'element.complete', elementInstanceKey: scopeKey } as const;
