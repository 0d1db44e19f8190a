// Decides the migration of a running instance to another process definition, in the reference's words.
import type { ProcessDefinition } from '../deployment/state.ts';
import { isOver } from '../element/lifecycle.ts';
import type { ElementInstanceRow } from '../element/state.ts';
import { elementOf } from '../element/element-of.ts';
import { createVisit } from '../element/visit.ts';
import type { Visit } from '../element/visit.ts';
import { scopeEventsOf, startsOf, waitForEvents } from '../element/waiting.ts';
import type { JobRow } from '../job/state.ts';
import type { Key } from '../keys.ts';
import { isLocked } from '../message/is-locked.ts';
import type { ElementModel } from '../model/executable.ts';
import { accept, reject } from '../processing/step.ts';
import type { Decide, Decision, Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { jobOfChangedTask, problemWithImplementation, replaceByTask } from './migrate-user-task.ts';
import type { ElementMapping, ProcessInstanceCommand } from './records.ts';

type Migrate = Extract<ProcessInstanceCommand, { type: 'process-instance.migrate' }>;
type Problem = { readonly code: 'INVALID_ARGUMENT' | 'INVALID_STATE'; readonly reason: string };
type Migration = {
  readonly processInstanceKey: Key;
  readonly source: ProcessDefinition;
  readonly target: ProcessDefinition;
  readonly targetBySource: ReadonlyMap<string, string>;
  readonly running: readonly ElementInstanceRow[];
};

export const migrateProcessInstance: Decide<Migrate> = ({ processInstanceKey, targetProcessDefinitionKey, mapping }, view, step) => {
  const instance = view.processInstances.get(processInstanceKey);
  const source = instance === undefined ? undefined : view.deployments.process(instance.processDefinitionKey);
  if (instance === undefined || isOver(instance.phase) || source === undefined) {
    return reject('NOT_FOUND', `Expected to migrate process instance but no process instance found with key '${processInstanceKey}'`);
  }
  const target = view.deployments.process(targetProcessDefinitionKey);
  if (target === undefined) return reject('NOT_FOUND', `Expected to migrate process instance to process definition but no process definition found with key '${targetProcessDefinitionKey}'`);
  if (view.turns.concern(processInstanceKey)) return refuse(processInstanceKey, state('a concurrent command was executed on the process instance. Please retry the migration.'));
  const migration: Migration = { processInstanceKey, source, target, targetBySource: new Map(mapping.map((one) => [one.source, one.target])), running: runningIn(view, processInstanceKey) };
  const problem = problemWithMapping(migration, mapping) ?? problemWithLock(view, step, migration, instance.messageLock) ?? problemWithElements(view, migration) ?? problemWithJoins(view, migration) ?? problemWithCatchEvents(migration);
  if (problem !== undefined) return refuse(processInstanceKey, problem);
  step.events.push({ type: 'process-instance.migrated', key: processInstanceKey, processDefinitionKey: target.key, bpmnProcessId: target.bpmnProcessId });
  moveWaitingTokens(view, step, migration, processInstanceKey);
  moveCompensations(view, step, migration, processInstanceKey);
  moveJobs(view, step, migration, processInstanceKey, target.bpmnProcessId);
  const left = moveProcessEvents(view, step, migration, instance.interruptedBy);
  if (left !== undefined) return refuse(processInstanceKey, left);
  for (const element of migration.running) {
    const failed = moveElement(view, step, migration, element);
    if (failed !== undefined) return refuse(processInstanceKey, failed);
  }
  return accept();
};

const refuse = (key: Key, { code, reason }: Problem): Decision => reject(code, `Expected to migrate process instance '${key}' but ${reason}`);
const argument = (reason: string): Problem => ({ code: 'INVALID_ARGUMENT', reason });
const state = (reason: string): Problem => ({ code: 'INVALID_STATE', reason });

/** In both processes an instance may have been started by a message with this key. */
function problemWithLock(view: View, step: Step, { source, target }: Migration, lock: string | null): Problem | undefined {
  if (lock === null || source.bpmnProcessId === target.bpmnProcessId || !isLocked(view, step, target.bpmnProcessId, lock)) return undefined;
  return state(`target process definition '${target.key}' has an active instance triggered by a message start event with correlation key '${lock}'. Only one instance per correlation key is allowed for message start events.`);
}

/** Everything that runs in a scope, the outer before the inner. */
function runningIn(view: View, scopeKey: Key): ElementInstanceRow[] {
  return view.elements.activeIn(scopeKey).flatMap((child) => [child, ...runningIn(view, child.key)]);
}

const hasFlow = ({ model }: ProcessDefinition, id: string): boolean => Object.values(model.elements).some((element) => element.outgoing.some((flow) => flow.id === id));
const knows = (definition: ProcessDefinition, id: string): boolean => definition.model.elements[id] !== undefined || hasFlow(definition, id);

function problemWithMapping({ source, target }: Migration, mapping: readonly ElementMapping[]): Problem | undefined {
  const sources = mapping.map((one) => one.source);
  const twice = [...new Set(sources.filter((id, index) => sources.indexOf(id) !== index))];
  if (twice.length > 0) return argument(`the mapping instructions contain duplicate source element ids '[${twice.join(', ')}]'.`);
  for (const one of mapping) {
    if (!knows(source, one.source)) return argument(`mapping instructions contain a non-existing source element id '${one.source}'. Elements provided in mapping instructions must exist in the source process definition.`);
    if (!knows(target, one.target)) return argument(`mapping instructions contain a non-existing target element id '${one.target}'. Elements provided in mapping instructions must exist in the target process definition.`);
  }
  return undefined;
}

function problemWithElements(view: View, { source, target, targetBySource, running }: Migration): Problem | undefined {
  for (const instance of running) {
    const { elementId } = instance;
    const from = source.model.elements[elementId];
    const id = targetBySource.get(elementId);
    const to = id === undefined ? undefined : target.model.elements[id];
    if (from === undefined || to === undefined) return state(`no mapping instruction defined for active element with id '${elementId}'. Elements cannot be migrated without a mapping.`);
    if (from.type !== to.type) return state(`active element with id '${elementId}' and type '${from.type}' is mapped to an element with id '${to.id}' and different type '${to.type}'. Elements must be mapped to elements of the same type.`);
    if (from.type === 'MULTI_INSTANCE_BODY' && to.type === 'MULTI_INSTANCE_BODY' && from.loop.isSequential !== to.loop.isSequential) {
      return state(`active element with id '${elementId}' has a different loop characteristics than the target element with id '${to.id}'. Both elements must have either sequential or parallel loop characteristics.`);
    }
    const implementation = problemWithImplementation(view, source, target, instance, to.id);
    if (implementation !== undefined) return state(implementation);
    const expected = from.scopeId === null ? target.bpmnProcessId : targetBySource.get(from.scopeId);
    const found = to.scopeId ?? target.bpmnProcessId;
    if (expected !== found) {
      return state(`the flow scope of active element with id '${elementId}' is changed. The flow scope of the active element is expected to be '${expected ?? ''}' but was '${found}'. The flow scope of an element cannot be changed during migration yet.`);
    }
  }
  return undefined;
}

function problemWithJoins(view: View, { processInstanceKey, source, target, targetBySource, running }: Migration): Problem | undefined {
  for (const { elementId, flowId } of [processInstanceKey, ...running.map(({ key }) => key)].flatMap((scopeKey) => view.elements.waitingIn(scopeKey))) {
    const id = targetBySource.get(elementId);
    const to = id === undefined ? undefined : target.model.elements[id];
    if (to === undefined || to.type !== source.model.elements[elementId]?.type) {
      return argument(`gateway '${elementId}' has at least one incoming sequence flow taken. Joining gateways with at least one incoming sequence flow taken must be mapped to a gateway of the same type in the target process definition.`);
    }
    const flow = targetBySource.get(flowId);
    if (flow === undefined) return argument(`joining gateway with id '${elementId}' has a taken sequence flow with id '${flowId}'. Taken sequence flows must be mapped to a sequence flow in the target process definition.`);
    if (!to.incoming.includes(flow)) return argument(`sequence flow '${flowId}' is mapped to '${flow}', which does not lead to gateway '${to.id}'.`);
  }
  return undefined;
}

const kindOf = (element: ElementModel | undefined): string | undefined => (element !== undefined && 'trigger' in element ? element.trigger?.kind.toUpperCase() : undefined);

/** Catch events that are mapped keep their kind and stay with what waits for them. */
function problemWithCatchEvents(migration: Migration): Problem | undefined {
  const { source, target, targetBySource, running } = migration;
  const ofProcess = { id: source.bpmnProcessId, from: source.model.eventSubProcesses, to: target.model.eventSubProcesses };
  const waiting = running.map((instance) => {
    const to = target.model.elements[targetBySource.get(instance.elementId) ?? ''];
    const own = elementOf(source, instance).type === 'INTERMEDIATE_CATCH_EVENT';
    return { id: instance.elementId, from: [...(own ? [instance.elementId] : []), ...catchEventsOf(source, elementOf(source, instance))], to: to === undefined ? [] : [...(own ? [to.id] : []), ...catchEventsOf(target, to)] };
  });
  for (const { id: elementId, from, to } of [{ ...ofProcess, from: startsOf(source.model, ofProcess.from), to: startsOf(target.model, ofProcess.to) }, ...waiting]) {
    for (const id of from) {
      const mapped = targetBySource.get(id);
      if (mapped === undefined) continue;
      const [before, after] = [kindOf(source.model.elements[id]), kindOf(target.model.elements[mapped])];
      if (before !== after) {
        return state(`active element with id '${elementId}' has a catch event with id '${id}' that is mapped to a catch event with id '${mapped}'. These catch events have different event types: '${before ?? ''}' and '${after ?? ''}'. The event type of a catch event cannot be changed by process instance migration. Please ensure the event type of the catch event remains the same, or remove the mapping instruction for these catch events.`);
      }
      if (!to.includes(mapped)) return state(`active element with id '${elementId}' has a catch event with id '${id}' that is mapped to a catch event with id '${mapped}', which does not belong to the target element. Map it to a catch event there, or remove the mapping instruction.`);
    }
  }
  return undefined;
}

/** What an element waits for beside its own work; an event-based gateway for what stands behind it. */
const catchEventsOf = ({ model }: ProcessDefinition, element: ElementModel): readonly string[] =>
  element.type === 'EVENT_BASED_GATEWAY' ? element.outgoing.map((flow) => flow.target) : scopeEventsOf(model, element);

/** What can be undone in a scope stays so when its compensation event, or the sub-process that did it, is mapped. */
function moveCompensations(view: View, step: Step, { source, target, targetBySource }: Migration, scopeKey: Key): void {
  if (!source.model.compensates) return;
  for (const { key, activityId, handlerId } of view.compensations.openIn(scopeKey)) {
    const boundary = source.model.elements[activityId]?.boundaryEvents.find((id) => kindOf(source.model.elements[id]) === 'COMPENSATION');
    const mapped = target.model.elements[targetBySource.get(boundary ?? activityId) ?? ''];
    const activity = mapped?.type === 'BOUNDARY_EVENT' ? target.model.elements[mapped.attachedTo] : mapped;
    if (activity === undefined || (handlerId !== null && activity.compensationHandler === null)) step.events.push({ type: 'compensation-subscription.deleted', key });
    else step.events.push({ type: 'compensation-subscription.migrated', key, activityId: activity.id, handlerId: handlerId === null ? null : activity.compensationHandler });
  }
}

function moveWaitingTokens(view: View, step: Step, { targetBySource }: Migration, scopeKey: Key): void {
  for (const from of view.elements.waitingIn(scopeKey)) {
    step.events.push({ type: 'waiting-token.migrated', scopeKey, from, to: { elementId: targetBySource.get(from.elementId) ?? from.elementId, flowId: targetBySource.get(from.flowId) ?? from.flowId } });
  }
}

/** The open job, task and incidents of an instance go where it goes. */
function moveJobs(view: View, step: Step, { target }: Migration, key: Key, elementId: string, replaced?: JobRow): void {
  const where = { processDefinitionKey: target.key, bpmnProcessId: target.bpmnProcessId, elementId };
  const job = view.jobs.openOf(key);
  if (job !== undefined && job.key !== replaced?.key) step.events.push({ type: 'job.migrated', key: job.key, ...where });
  const task = view.userTasks.openOf(key);
  if (task !== undefined) step.events.push({ type: 'user-task.migrated', key: task.key, ...where });
  for (const incident of view.incidents.activeOf(key)) step.events.push({ type: 'incident.migrated', key: incident.key, ...where });
}

function moveElement(view: View, step: Step, migration: Migration, instance: ElementInstanceRow): Problem | undefined {
  const { source, target, targetBySource } = migration;
  const element = elementOf(target, { elementId: targetBySource.get(instance.elementId) ?? instance.elementId, loopCounter: instance.loopCounter });
  step.events.push({ type: 'element.migrated', key: instance.key, processDefinitionKey: target.key, elementId: element.id });
  const replaced = jobOfChangedTask(view, source, element, instance);
  moveJobs(view, step, migration, instance.key, element.id, replaced);
  moveWaitingTokens(view, step, migration, instance.key);
  moveCompensations(view, step, migration, instance.key);
  const known = { source: catchEventsOf(source, elementOf(source, instance)), target: catchEventsOf(target, element) };
  const visit = createVisit({ element, definition: target, instance, view, step, fresh: false });
  if (replaced !== undefined) replaceByTask(visit, elementOf(source, instance), replaced);
  return moveCatchEvents(migration, { key: instance.key, own: { from: instance.elementId, to: element.id }, known, visit, opens: instance.phase === 'ACTIVATED' });
}

type Waiting = {
  readonly key: Key;
  /** The element whose own trigger may wait. */
  readonly own?: { readonly from: string; readonly to: string };
  readonly known: { readonly source: readonly string[]; readonly target: readonly string[] };
  readonly visit: Visit;
  /** Catch events of the target that nothing is mapped to are opened. */
  readonly opens: boolean;
};

/** What waits for mapped catch events, or for the element's own trigger, goes along; the rest is left behind. */
function moveCatchEvents({ target, targetBySource }: Migration, { key, own, known, visit, opens }: Waiting): Problem | undefined {
  const { view, step } = visit;
  const where = { processDefinitionKey: target.key, bpmnProcessId: target.bpmnProcessId };
  const placeOf = (catchEventId: string) => {
    const mapped = targetBySource.get(catchEventId);
    if (catchEventId === own?.from) return own.to;
    return mapped !== undefined && known.target.includes(mapped) ? mapped : undefined;
  };
  for (const timer of view.timers.of(key)) {
    const elementId = placeOf(timer.elementId);
    step.events.push(elementId === undefined ? { type: 'timer.canceled', key: timer.key } : { type: 'timer.migrated', key: timer.key, processDefinitionKey: target.key, elementId });
  }
  for (const subscription of view.messages.subscriptionsOf(key)) {
    const elementId = placeOf(subscription.elementId);
    step.events.push(elementId === undefined ? { type: 'message-subscription.deleted', key: subscription.key } : { type: 'message-subscription.migrated', key: subscription.key, ...where, elementId });
  }
  for (const subscription of view.signals.of(key)) {
    const elementId = placeOf(subscription.elementId);
    step.events.push(elementId === undefined ? { type: 'signal-subscription.deleted', key: subscription.key } : { type: 'signal-subscription.migrated', key: subscription.key, ...where, elementId });
  }
  if (!opens) return undefined;
  const kept = new Set(known.source.flatMap((id) => targetBySource.get(id) ?? []));
  const failure = waitForEvents(visit, known.target.filter((id) => !kept.has(id)));
  const twice = failure === undefined ? subscribedTwice(visit, key) : undefined;
  if (twice !== undefined) {
    return state(`active element with id '${own?.from ?? visit.definition.bpmnProcessId}' is already subscribed to the same message name '${twice.messageName}'. Currently, migrating message subscriptions to the same message name isn't supported without a mapping. Please provide a mapping instruction between message catch event with id '${twice.elementId}' and the target message catch event.`);
  }
  return failure === undefined ? undefined : state(`the subscription to a catch event of '${visit.element.id}' fails: ${failure.message}`);
}

/** A new subscription to a message that the instance waits for already. */
function subscribedTwice({ view, step }: Visit, key: Key): { readonly messageName: string; readonly elementId: string } | undefined {
  const before = new Set(view.messages.subscriptionsOf(key).map(({ messageName }) => messageName));
  return step.events.flatMap((event) => (event.type === 'message-subscription.created' && event.elementInstanceKey === key && before.has(event.messageName) ? [event] : []))[0];
}

/** Starts of event sub-processes of the process itself. */
function moveProcessEvents(view: View, step: Step, migration: Migration, interruptedBy: string | null): Problem | undefined {
  const { processInstanceKey, source, target } = migration;
  const known = { source: startsOf(source.model, source.model.eventSubProcesses), target: startsOf(target.model, target.model.eventSubProcesses) };
  const [first] = known.target;
  const visit = visitProcess(view, step, target, processInstanceKey, first ?? target.model.noneStart ?? Object.keys(target.model.elements)[0] ?? '');
  return known.source.length + known.target.length === 0 ? undefined : moveCatchEvents(migration, { key: processInstanceKey, known, visit, opens: interruptedBy === null });
}

/** The process waits; the element only gives the visit something to look at. */
function visitProcess(view: View, step: Step, definition: ProcessDefinition, key: Key, elementId: string): Visit {
  return createVisit({ element: elementOf(definition, { elementId }), definition, instance: { key, processInstanceKey: key, scopeKey: key }, view, step, fresh: false });
}
