// Decides what happens to element instances; the steps themselves are in element/step.ts.
import type { Deciders } from '../processing/step.ts';
import { nothing } from '../processing/step.ts';
import { writeLocally } from '../variable/write-variables.ts';
import { activateAdHocElements } from './ad-hoc-instances.ts';
import { listElements } from './ad-hoc-activation.ts';
import { elementOf } from './element-of.ts';
import { isListening } from './execution-listeners.ts';
import { behaviourOf } from './index.ts';
import { loopVariablesOf } from './inner-activation.ts';
import { createInner } from './inner-instances.ts';
import { joinedFlows, joins } from './join.ts';
import { mayBecome } from './lifecycle.ts';
import type { ActivateAdHocElements, ElementCommand } from './records.ts';
import { activate, attempt, complete, isScopeOpen, leave, setLocals, startWork } from './step.ts';
import { decideTermination, finishTermination, terminateChildren } from './terminate.ts';
import { triggerCatchEvent } from './trigger-catch-event.ts';
import { createVisit } from './visit.ts';
import { visitInstance } from './visit-instance.ts';

export const elementDeciders: Deciders<ElementCommand | ActivateAdHocElements> = {
  'ad-hoc.activate': activateAdHocElements,

  'element.activate': (command, view, step) => {
    const { scopeKey, processInstanceKey, variables } = command;
    if (!isScopeOpen(view, command.elementId, scopeKey, processInstanceKey)) return nothing;
    const definition = view.deployments.process(command.processDefinitionKey);
    if (definition === undefined) throw new Error(`Process definition ${command.processDefinitionKey} is not stored.`);
    const element = elementOf(definition, command);
    const joined = joins(element) && command.isPlaced !== true ? joinedFlows(view, definition, element, scopeKey, step.queued) : [];
    if (joined === undefined) return nothing;
    const key = command.key ?? view.newKey();
    const loopCounter = command.loopCounter ?? (element.type === 'MULTI_INSTANCE_BODY' ? 0 : undefined);
    step.events.push({
      type: 'element.activating',
      key,
      processInstanceKey,
      processDefinitionKey: definition.key,
      elementId: element.id,
      scopeKey,
      tokens: behaviourOf(element.type).startsWithToken === true ? 1 : 0,
      ...(joined.length === 0 ? {} : { joined }),
      ...(loopCounter === undefined ? {} : { loopCounter }),
    });
    const instance = { key, processInstanceKey, scopeKey, ...(loopCounter === undefined ? {} : { loopCounter }) };
    const isHandedOn = variables !== undefined && (element.type === 'EVENT_SUB_PROCESS' || (element.type === 'START_EVENT' && element.scopeId !== null));
    const visit = createVisit({ element, definition, instance, view, step, fresh: true, ...(isHandedOn ? { brought: variables } : {}) });
    if (variables !== undefined && !isHandedOn) setLocals(visit, variables, true);
    if (element.type === 'AD_HOC_SUB_PROCESS') setLocals(visit, listElements(element.adHoc), true);
    return attempt(visit, () => activate(visit, true));
  },

  'element.retry-activation': (command, view, step) => {
    const instance = view.elements.get(command.elementInstanceKey);
    if (instance === undefined || !mayBecome(instance.phase, 'ACTIVATED')) return nothing;
    const visit = visitInstance(view, step, instance);
    const { element } = visit;
    setLocals(visit, { ...loopVariablesOf(visit, element.id), ...(element.type === 'AD_HOC_SUB_PROCESS' ? listElements(element.adHoc) : {}) }, false);
    return attempt(visit, () => activate(visit, false));
  },

  'element.complete': (command, view, step) => {
    const instance = view.elements.get(command.elementInstanceKey);
    if (instance === undefined || !mayBecome(instance.phase, 'COMPLETED')) return nothing;
    // Also what was on its way when its scope was ended stays where it is, until it is ended itself.
    if (!isScopeOpen(view, instance.elementId, instance.scopeKey, instance.processInstanceKey)) return nothing;
    const visit = visitInstance(view, step, instance);
    // Something began in it after its last token had ended, between two slices of a turn: it completes with the last of that.
    if (behaviourOf(visit.element.type).startsWithToken === true && instance.tokens > 0) return nothing;
    if (instance.phase === 'COMPLETING' && isListening(visit)) return nothing;
    const { element } = visit;
    // Its activity was the last element that the instance was to reach.
    if (element.type === 'BOUNDARY_EVENT' && element.interrupting && view.processInstances.endsAfter(instance.processInstanceKey, element.attachedTo)) return nothing;
    const brought = command.variables ?? {};
    if (visit.element.outputs.length > 0) setLocals(visit, brought, false);
    return attempt(visit, () => complete(visit, brought), () => {
      if (mayBecome(instance.phase, 'COMPLETING')) step.events.push({ type: 'element.completing', key: instance.key });
    });
  },

  'element.listener-done': (command, view, step) => {
    const instance = view.elements.get(command.elementInstanceKey);
    const { event, index, variables } = command;
    if (instance?.phase !== (event === 'START' ? 'ACTIVATING' : 'COMPLETING')) return nothing;
    const visit = visitInstance(view, step, instance);
    if (event === 'START') {
      // A parallel gateway drops them, as on a cluster.
      if (visit.element.type !== 'PARALLEL_GATEWAY') setLocals(visit, variables, false);
      return attempt(visit, () => startWork(visit, index + 1));
    }
    if (Object.keys(variables).length === 0) return attempt(visit, () => leave(visit, index + 1));
    // What comes next reads these variables, so it is decided after they are written; they stay in the scope around the element.
    writeLocally(view, step, { scopeKey: instance.scopeKey, processInstanceKey: instance.processInstanceKey }, variables);
    step.followUps.push({ ...command, variables: {} });
    return nothing;
  },

  'element.terminate': decideTermination,
  'scope.terminate-children': terminateChildren,
  'element.finish-termination': finishTermination,

  'catch-event.trigger': triggerCatchEvent,
  'multi-instance.create': createInner,
};
