// Decides the start, the end and the cancellation of process instances.
import type { ProcessDefinition } from '../deployment/state.ts';
import { elementOf } from '../element/element-of.ts';
import { isOver, mayBecome } from '../element/lifecycle.ts';
import { stopProcessEvents, terminateProcessInstance } from '../element/terminate.ts';
import type { Key } from '../keys.ts';
import { accept, nothing, reject } from '../processing/step.ts';
import type { Deciders, Step } from '../processing/step.ts';
import { writeLocally } from '../variable/write-variables.ts';
import type { Variables } from '../variable/records.ts';
import type { View } from '../view.ts';
import { canStartAt, scopesAround, startableTypes, startAtElements } from './activate-elements.ts';
import type { Refusal } from './activate-elements.ts';
import { offerProcessListener } from './listeners.ts';
import { migrateProcessInstance } from './migrate.ts';
import { endEmptyScope, modifyProcessInstance } from './modify.ts';
import type {
  CompleteProcessInstance, DefinitionReference, EndEmptyScope, HeldFollowUp, ProcessInstanceCommand, ProcessListenerDone, RetryProcessListeners, StartAtElements, StartProcessInstance, TerminateProcessInstance,
} from './records.ts';
import type { ProcessInstanceRow } from './state.ts';

type Commands = ProcessInstanceCommand | StartAtElements | EndEmptyScope | ProcessListenerDone | RetryProcessListeners | StartProcessInstance | CompleteProcessInstance | TerminateProcessInstance;

export const processInstanceDeciders: Deciders<Commands> = {
  'process-instance.modify': modifyProcessInstance,
  'process-instance.migrate': migrateProcessInstance,
  'element.end-empty-scope': endEmptyScope,

  'process-instance.start-at': ({ processInstanceKey, elementIds }, view, step) => {
    const instance = view.processInstances.get(processInstanceKey);
    const definition = instance === undefined ? undefined : view.deployments.process(instance.processDefinitionKey);
    if (definition === undefined) return nothing;
    const refused = startAtElements(view, step, { key: processInstanceKey, definition }, elementIds);
    if (refused !== undefined) throw new Error(`Process instance ${processInstanceKey} cannot start where it should: ${refused.refusal}`);
    return nothing;
  },

  'process-instance.create': ({ definition: reference, variables, tags, startAt = [], lastElements = [] }, view, step) => {
    const definition = findDefinition(view, reference);
    if (definition === undefined) return reject('NOT_FOUND', describeMissing(reference));
    const { noneStart, bpmnProcessId } = definition.model;
    const wrong = problemWithStarts(definition, startAt);
    if (wrong !== undefined) return reject('INVALID_ARGUMENT', `Expected to create instance of process with start instructions but ${wrong}`);
    if (noneStart === null && startAt.length === 0) return reject('INVALID_STATE', 'Expected to create instance of process with none start event, but there is no such event');
    const processInstanceKey = view.newKey();
    const refused = start(view, step, { definition, processInstanceKey, startElementId: noneStart ?? '', startAt, rootVariables: variables, tags: tags ?? [], lastElements });
    if (refused !== undefined) return reject('INVALID_ARGUMENT', `Expected to create instance of process with start instructions but ${refused.refusal}`);
    return accept({ processInstanceKey, processDefinitionKey: definition.key, bpmnProcessId, version: definition.version, tags: tags ?? [] });
  },

  'process-instance.start': (command, view, step) => {
    const definition = view.deployments.process(command.processDefinitionKey);
    if (definition === undefined) return nothing;
    const { processInstanceKey, startElementId, parent, messageLock, variables } = command;
    // Its call activity may have been ended while this waited.
    if (parent !== undefined && view.elements.get(parent.elementInstanceKey)?.phase !== 'ACTIVATED') return nothing;
    start(view, step, {
      definition,
      processInstanceKey,
      startElementId,
      ...(parent === undefined ? { startVariables: variables } : { rootVariables: variables, parent }),
      ...(messageLock === undefined ? {} : { messageLock }),
    });
    return accept();
  },

  'process-instance.complete': ({ processInstanceKey }, view, step) => {
    const instance = view.processInstances.get(processInstanceKey);
    if (instance === undefined || !mayBecome(instance.phase, 'COMPLETED')) return nothing;
    // Something began in it after its last token had ended, between two slices of a turn: it completes with the last of that.
    if (instance.tokens > 0) return nothing;
    const { parentElementInstanceKey: parentKey } = instance;
    if (parentKey !== null && view.elements.get(parentKey)?.phase !== 'ACTIVATED') return nothing;
    if (listen(view, step, instance, 'END', 0)) step.events.push({ type: 'process-instance.completing', key: processInstanceKey });
    else end(view, step, instance);
    return accept();
  },

  'process-instance.listener-done': (command, view, step) => {
    const instance = view.processInstances.get(command.processInstanceKey);
    if (instance?.phase !== (command.event === 'START' ? 'ACTIVATING' : 'COMPLETING')) return nothing;
    if (Object.keys(command.variables).length > 0) {
      // What comes next reads these variables, so it is decided after they are written.
      writeLocally(view, step, { scopeKey: instance.key, processInstanceKey: instance.key }, command.variables);
      step.followUps.push({ ...command, variables: {} });
    } else if (!listen(view, step, instance, command.event, command.index + 1)) goOn(view, step, instance);
    return nothing;
  },

  'process-instance.retry-listeners': ({ processInstanceKey }, view, step) => {
    const instance = view.processInstances.get(processInstanceKey);
    if (instance?.phase === 'ACTIVATING' || instance?.phase === 'COMPLETING') listen(view, step, instance, instance.phase === 'ACTIVATING' ? 'START' : 'END', 0);
    return nothing;
  },

  'process-instance.terminate': ({ processInstanceKey }, view, step) => {
    const instance = view.processInstances.get(processInstanceKey);
    if (instance !== undefined && !isOver(instance.phase)) terminateProcessInstance(view, step, instance);
    return nothing;
  },

  'process-instance.cancel': ({ processInstanceKey }, view, step) => {
    const instance = view.processInstances.get(processInstanceKey);
    if (instance === undefined || isOver(instance.phase)) {
      return reject('NOT_FOUND', `Expected to cancel a process instance with key '${processInstanceKey}', but no such process was found`);
    }
    if (instance.parentProcessInstanceKey !== null) {
      return reject('INVALID_STATE', `Expected to cancel a process instance with key '${processInstanceKey}', but it is created by a parent process instance. Cancel the root process instance '${rootOf(view, instance)}' instead.`);
    }
    terminateProcessInstance(view, step, instance);
    return accept();
  },
};

/** True: a listener is offered (or held up by an incident), and the instance waits for it. */
function listen(view: View, step: Step, instance: ProcessInstanceRow, event: 'START' | 'END', index: number): boolean {
  const definition = view.deployments.process(instance.processDefinitionKey);
  return definition?.model.listeners !== undefined && offerProcessListener(view, step, event, index, { definition, processInstanceKey: instance.key });
}

/** The last listener is done. */
function goOn(view: View, step: Step, instance: ProcessInstanceRow): void {
  if (instance.phase === 'COMPLETING') return end(view, step, instance);
  step.events.push({ type: 'process-instance.activated', key: instance.key }, { type: 'follow-ups.released', instanceKey: instance.key });
  step.followUps.push(...view.processInstances.heldFor(instance.key));
}

function end(view: View, step: Step, instance: ProcessInstanceRow): void {
  stopProcessEvents(view, step, instance);
  step.events.push({ type: 'process-instance.completed', key: instance.key });
  if (instance.parentElementInstanceKey !== null) returnToCaller(view, step, instance, instance.parentElementInstanceKey);
  if (instance.messageLock !== null) {
    step.followUps.push({ type: 'message.poll-start', bpmnProcessId: instance.bpmnProcessId, correlationKey: instance.messageLock });
  }
}

type Start = {
  readonly definition: ProcessDefinition;
  readonly processInstanceKey: Key;
  readonly startElementId: string;
  /** Elements to start at instead. */
  readonly startAt?: readonly string[];
  /** Variables of the instance. */
  readonly rootVariables?: Variables;
  /** Variables that the start event brings; they pass through it. */
  readonly startVariables?: Variables;
  readonly parent?: { readonly processInstanceKey: Key; readonly elementInstanceKey: Key; readonly callDepth: number };
  readonly tags?: readonly string[];
  readonly messageLock?: string;
  readonly lastElements?: readonly string[];
};

function problemWithStarts({ model }: ProcessDefinition, startAt: readonly string[]): string | undefined {
  for (const id of startAt) {
    const element = model.elements[id];
    if (element === undefined) return `no element found with id '${id}'.`;
    if (scopesAround({ model }, id).some((scopeId) => model.elements[scopeId]?.type === 'MULTI_INSTANCE_BODY')) {
      return `the element with id '${id}' is inside a multi-instance subprocess. The creation of elements inside a multi-instance subprocess is not supported.`;
    }
    if (!canStartAt(element.type)) return `the element with id '${id}' targets unsupported element type '${element.type}'. Supported element types are: [${startableTypes}]`;
  }
  return undefined;
}

function start(view: View, step: Step, given: Start): Refusal | undefined {
  const { definition, processInstanceKey, parent, tags, startAt = [], lastElements = [] } = given;
  const isHeld = (definition.model.listeners?.start.length ?? 0) > 0;
  step.events.push({
    type: 'process-instance.created',
    key: processInstanceKey,
    processDefinitionKey: definition.key,
    bpmnProcessId: definition.bpmnProcessId,
    parentProcessInstanceKey: parent?.processInstanceKey ?? null,
    parentElementInstanceKey: parent?.elementInstanceKey ?? null,
    ...(parent === undefined ? {} : { callDepth: parent.callDepth + 1 }),
    tags: tags === undefined || tags.length === 0 ? null : tags,
    messageLock: given.messageLock ?? null,
    ...(isHeld ? { isHeld } : {}),
    ...(startAt.length > 0 ? { tokens: 0 } : {}),
    ...(lastElements.length > 0 ? { lastElements } : {}),
  });
  writeLocally(view, step, { scopeKey: processInstanceKey, processInstanceKey, fresh: true }, given.rootVariables ?? {});
  if (startAt.length > 0 && !isHeld) {
    return startAtElements(view, step, { key: processInstanceKey, definition, variables: given.rootVariables ?? {} }, startAt);
  }
  const first: HeldFollowUp = startAt.length > 0 ? { type: 'process-instance.start-at', processInstanceKey, elementIds: startAt } : {
    type: 'element.activate',
    elementId: given.startElementId,
    scopeKey: processInstanceKey,
    processInstanceKey,
    processDefinitionKey: definition.key,
    ...(given.startVariables === undefined ? {} : { variables: given.startVariables }),
  };
  if (!isHeld) {
    step.followUps.push(first);
    return undefined;
  }
  step.events.push({ type: 'follow-ups.held', instanceKey: processInstanceKey, followUps: [first] });
  offerProcessListener(view, step, 'START', 0, { definition, processInstanceKey, variables: given.rootVariables ?? {} });
  return undefined;
}

/** Hands the variables of a called process to the call activity: all of them, or so many as its output mappings can see. */
function returnToCaller(view: View, step: Step, instance: ProcessInstanceRow, elementInstanceKey: Key): void {
  const caller = view.elements.get(elementInstanceKey);
  const definition = caller === undefined ? undefined : view.deployments.process(caller.processDefinitionKey);
  const element = caller === undefined || definition === undefined ? undefined : elementOf(definition, caller);
  if (element?.type !== 'CALL_ACTIVITY') return;
  const handsOver = element.called.propagateAllChildVariables || element.outputs.length > 0;
  step.followUps.push({ type: 'element.complete', elementInstanceKey, variables: handsOver ? view.variables.allLocal(instance.key) : {} });
}

function findDefinition(view: View, reference: DefinitionReference): ProcessDefinition | undefined {
  if ('processDefinitionKey' in reference) return view.deployments.process(reference.processDefinitionKey);
  return reference.version === undefined
    ? view.deployments.latestProcess(reference.bpmnProcessId)
    : view.deployments.processVersion(reference.bpmnProcessId, reference.version);
}

function describeMissing(reference: DefinitionReference): string {
  if ('processDefinitionKey' in reference) return `Expected to find process definition with key '${reference.processDefinitionKey}', but none found`;
  const version = reference.version === undefined ? '' : ` and version '${reference.version}'`;
  return `Expected to find process definition with process ID '${reference.bpmnProcessId}'${version}, but none found`;
}

function rootOf(view: View, instance: ProcessInstanceRow): Key {
  let root = instance;
  while (root.parentProcessInstanceKey !== null) {
    const parent = view.processInstances.get(root.parentProcessInstanceKey);
    if (parent === undefined) break;
    root = parent;
  }
  return root.key;
}
