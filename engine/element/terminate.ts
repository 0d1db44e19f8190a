// Ends instances from outside, as Zeebe does: each element ends in its turn, what runs in a scope after the scope was asked to; whoever waits for the end goes on with the last of it.
import type { Key } from '../keys.ts';
import type { HeldFollowUp } from '../process-instance/records.ts';
import type { ProcessInstanceRow } from '../process-instance/state.ts';
import type { Decide, Step } from '../processing/step.ts';
import { nothing } from '../processing/step.ts';
import type { View } from '../view.ts';
import { takeBackListener } from './execution-listeners.ts';
import { behaviourOf, mayWait } from './index.ts';
import { isOver } from './lifecycle.ts';
import type { ElementCommand } from './records.ts';
import type { ElementInstanceRow } from './state.ts';
import type { Visit } from './visit.ts';
import { visitInstance } from './visit-instance.ts';
import { stopWaiting } from './waiting.ts';

export const decideTermination: Decide<Extract<ElementCommand, { type: 'element.terminate' }>> = ({ elementInstanceKey }, view, step) => {
  const instance = view.elements.get(elementInstanceKey);
  if (instance !== undefined && !isOver(instance.phase)) terminateElement(view, step, instance);
  return nothing;
};

/** One child in each turn, so that what others have asked for comes between: their order can be seen from outside. */
export const terminateChildren: Decide<Extract<ElementCommand, { type: 'scope.terminate-children' }>> = ({ scopeKey, from = 0 }, view, step) => {
  const [child, next] = view.elements.activeFrom(scopeKey, from);
  if (child !== undefined) step.followUps.push({ type: 'element.terminate', elementInstanceKey: child.key });
  if (next !== undefined) step.followUps.push({ type: 'scope.terminate-children', scopeKey, from: next.key });
  return nothing;
};

/** Ends an element instance that is not over yet; what runs in it ends next, and it with the last of that. `then` follows at once when it has ended. */
export function terminateElement(view: View, step: Step, instance: ElementInstanceRow, then: readonly HeldFollowUp[] = []): void {
  const { key } = instance;
  const isHeld = stopWork(visitInstance(view, step, instance));
  const [child] = view.elements.activeFrom(key, 0);
  const called = view.processInstances.calledBy(key);
  if (!isHeld && child === undefined && called === undefined) {
    releaseHeld(view, step, key);
    end(view, step, instance, then);
    return;
  }
  step.events.push({ type: 'element.terminating', key });
  if (then.length > 0) hold(step, key, then);
  else releaseHeld(view, step, key);
  if (called !== undefined) step.followUps.push({ type: 'process-instance.terminate', processInstanceKey: called.key });
  if (child !== undefined) step.followUps.push({ type: 'scope.terminate-children', scopeKey: key });
}

/** Ends a process instance that is not over yet. */
export function terminateProcessInstance(view: View, step: Step, instance: ProcessInstanceRow): void {
  stopProcessWork(view, step, instance);
  releaseHeld(view, step, instance.key);
  if (view.elements.activeFrom(instance.key, 0).length === 0) return finishProcessInstance(step, instance);
  step.events.push({ type: 'process-instance.terminating', key: instance.key });
  step.followUps.push({ type: 'scope.terminate-children', scopeKey: instance.key });
}

/** A person ends it by hand: all of it within the step, and listeners of a cancellation are not asked, as on a cluster. */
export function terminateByHand(view: View, step: Step, instance: ElementInstanceRow): void {
  for (const child of view.elements.activeIn(instance.key)) terminateByHand(view, step, child);
  const called = view.processInstances.calledBy(instance.key);
  if (called !== undefined) terminateProcessByHand(view, step, called);
  stopWork({ ...visitInstance(view, step, instance), isForced: true });
  releaseHeld(view, step, instance.key);
  step.events.push({ type: 'element.terminated', key: instance.key });
  endAsLast(view, step, instance);
}

/** The same for a process instance; a call activity around it is left to whoever asks. */
export function terminateProcessByHand(view: View, step: Step, instance: ProcessInstanceRow): void {
  for (const child of view.elements.activeIn(instance.key)) terminateByHand(view, step, child);
  stopProcessWork(view, step, instance);
  releaseHeld(view, step, instance.key);
  stateEndOf(step, instance);
}

/** What is done once nothing runs in the scope any more. */
export function hold(step: Step, scopeKey: Key, followUps: readonly HeldFollowUp[]): void {
  step.events.push({ type: 'follow-ups.held', instanceKey: scopeKey, followUps });
}

/** What was to be done in the scope is no longer: it ends itself, or has got there in another way. Answers what that was. */
export function releaseHeld(view: View, step: Step, scopeKey: Key): readonly HeldFollowUp[] {
  const held = view.processInstances.heldFor(scopeKey);
  if (held.length > 0) step.events.push({ type: 'follow-ups.released', instanceKey: scopeKey });
  return held;
}

/** Something in this scope ended, or what held up its end is done: when it was the last, the scope ends; or what waited for that goes on in it. */
export const finishTermination: Decide<Extract<ElementCommand, { type: 'element.finish-termination' }>> = ({ elementInstanceKey: key }, view, step) => {
  if (view.elements.activeFrom(key, 0).length > 0) return nothing;
  const instance = view.elements.get(key);
  const process = instance === undefined ? view.processInstances.get(key) : undefined;
  if (process?.phase === 'TERMINATING') finishProcessInstance(step, process);
  else if (instance?.phase === 'TERMINATING') {
    if (view.processInstances.calledBy(key) !== undefined) return nothing;
    end(view, step, instance, releaseHeld(view, step, key));
  } else if (process?.phase === 'ACTIVATED' || (instance?.phase === 'ACTIVATED' && !isAboutToBegin(instance))) {
    step.followUps.push(...releaseHeld(view, step, key));
  }
  return nothing;
};

/** A multi-instance body, of which more inner instances are on their way. */
const isAboutToBegin = ({ loopCounter, tokens }: ElementInstanceRow): boolean => loopCounter === 0 && tokens > 0;

function end(view: View, step: Step, instance: ElementInstanceRow, then: readonly HeldFollowUp[]): void {
  const { key, scopeKey, processInstanceKey } = instance;
  step.events.push({ type: 'element.terminated', key });
  // Its scope goes on, and what begins there is not this one's heir.
  const scope = scopeKey === processInstanceKey ? undefined : view.elements.get(scopeKey);
  if (scope?.phase === 'ACTIVATED' && scope.interruptedBy === null && isInner(view, step, instance)) step.events.push({ type: 'token.removed', scopeKey, processInstanceKey });
  endAsLast(view, step, instance);
  step.atOnce.push(...then, { type: 'element.finish-termination', elementInstanceKey: scopeKey });
}

/** An inner instance of multi-instance or of an ad-hoc sub-process. */
function isInner(view: View, step: Step, instance: ElementInstanceRow): boolean {
  return (instance.loopCounter ?? 0) > 0 || visitInstance(view, step, instance).element.type === 'AD_HOC_SUB_PROCESS_INNER_INSTANCE';
}

/** The last element that the process instance was to reach; of multi-instance only the body counts. */
function endAsLast(view: View, step: Step, { loopCounter, processInstanceKey, elementId }: ElementInstanceRow): void {
  if ((loopCounter ?? 0) === 0 && view.processInstances.endsAfter(processInstanceKey, elementId)) step.followUps.push({ type: 'process-instance.terminate', processInstanceKey });
}

/** It waits for nothing any more, and its work is taken back. True: listeners hold up its end. */
function stopWork(visit: Visit): boolean {
  const { element, instance: { key }, view, step } = visit;
  const isHeld = behaviourOf(element.type).onTerminate(visit) === true;
  if (element.listeners !== undefined) takeBackListener(view, step, key);
  if (mayWait(element)) stopWaiting(view, step, key);
  if (visit.definition.model.compensates) {
    for (const subscription of view.compensations.openIn(key)) step.events.push({ type: 'compensation-subscription.deleted', key: subscription.key });
  }
  resolveIncidents(view, step, key);
  return isHeld;
}

function stopProcessWork(view: View, step: Step, instance: ProcessInstanceRow): void {
  stopProcessEvents(view, step, instance);
  takeBackListener(view, step, instance.key);
  resolveIncidents(view, step, instance.key);
}

function resolveIncidents(view: View, step: Step, key: Key): void {
  for (const incident of view.incidents.activeOf(key)) step.events.push({ type: 'incident.resolved', key: incident.key });
}

function finishProcessInstance(step: Step, instance: ProcessInstanceRow): void {
  stateEndOf(step, instance);
  if (instance.parentElementInstanceKey !== null) step.atOnce.push({ type: 'element.finish-termination', elementInstanceKey: instance.parentElementInstanceKey });
}

function stateEndOf(step: Step, instance: ProcessInstanceRow): void {
  step.events.push({ type: 'process-instance.terminated', key: instance.key });
  if (instance.messageLock !== null) {
    step.followUps.push({ type: 'message.poll-start', bpmnProcessId: instance.bpmnProcessId, correlationKey: instance.messageLock });
  }
}

/** Takes back what the process itself waits for and what in it could have been compensated. */
export function stopProcessEvents(view: View, step: Step, instance: ProcessInstanceRow): void {
  const model = view.deployments.process(instance.processDefinitionKey)?.model;
  if ((model?.eventSubProcesses.length ?? 0) > 0) stopWaiting(view, step, instance.key);
  if (model?.compensates === true) step.events.push({ type: 'compensation-subscriptions.deleted', processInstanceKey: instance.key });
}
