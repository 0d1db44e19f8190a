// The steps of a task that listeners hold up: begin one, offer the next listener, finish it.
import { offerListenerJob } from '../element/execution-listeners.ts';
import { isFailure, whereabouts } from '../element/visit.ts';
import type { Failure, Visit } from '../element/visit.ts';
import { visitInstance } from '../element/visit-instance.ts';
import type { ListenerModel, TaskListenerEvent } from '../model/executable.ts';
import type { Step } from '../processing/step.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import type { View } from '../view.ts';
import { listenerHeaders, pendingOf, showTask } from './pending.ts';
import type { PendingStep, TaskShown } from './records.ts';
import type { UserTaskRow } from './state.ts';

/** Begins a step when the task has listeners for it; false: it has none, and the step is the caller's. */
export function beginStep(view: View, step: Step, task: UserTaskRow, state: TaskListenerEvent, pending: PendingStep): boolean {
  if (task.listens === 0) return false;
  const visit = visitOf(view, step, task);
  if (visit === undefined || listenersOf(visit, state).length === 0) return false;
  step.events.push({ type: 'user-task.step-began', key: task.key, state, pending });
  offerOrStop(visit, state, 0, task.customHeaders, showTask(task, pending));
  return true;
}

export function listenersOf({ element }: Visit, state: TaskListenerEvent): readonly ListenerModel[] {
  return element.type === 'USER_TASK' ? (element.userTask.listeners?.[state] ?? []) : [];
}

/** Offers the job of the listener with that number; false: there is none. */
export function offerTaskListener(visit: Visit, state: TaskListenerEvent, index: number, headers: string | null, task: TaskShown): boolean | Failure {
  const listener = listenersOf(visit, state)[index];
  if (listener === undefined) return false;
  return offerListenerJob(visit, listener, { customHeaders: listenerHeaders(headers, task), listener: { kind: 'TASK_LISTENER', event: state, index } });
}

/** Goes on behind the listeners that are done: the next one, or the step itself. */
export function continueStep(view: View, step: Step, task: UserTaskRow, index: number): void {
  const pending = pendingOf(task);
  const visit = visitOf(view, step, task);
  if (pending === undefined || visit === undefined || task.state === 'CREATED' || task.state === 'COMPLETED' || task.state === 'CANCELED') return;
  // From the second listener of a completion on, its variables count as a change, as on a cluster.
  const told = task.state === 'COMPLETING' && index > 0 && Object.keys(pending.variables ?? {}).length > 0 ? { ...pending, changed: [...new Set([...pending.changed, 'variables'])].sort() } : pending;
  if (!offerOrStop(visit, task.state, index, task.customHeaders, showTask(task, told))) finish(view, step, task, pending);
}

function offerOrStop(visit: Visit, state: TaskListenerEvent, index: number, headers: string | null, task: TaskShown): boolean {
  const offered = offerTaskListener(visit, state, index, headers, task);
  if (!isFailure(offered)) return offered;
  visit.step.events.push({ type: 'incident.created', key: visit.view.newKey(), errorType: offered.failure, errorMessage: offered.message, ...whereabouts(visit), jobKey: null });
  return true;
}

function visitOf(view: View, step: Step, task: UserTaskRow): Visit | undefined {
  const instance = view.elements.get(task.elementInstanceKey);
  return instance === undefined ? undefined : visitInstance(view, step, instance);
}

function finish(view: View, step: Step, task: UserTaskRow, pending: PendingStep): void {
  const { key, elementInstanceKey, processInstanceKey } = task;
  const { corrections: { assignee, ...changes }, variables } = pending;
  step.events.push({ type: 'user-task.settled', key });
  if (Object.keys(changes).length > 0) step.events.push({ type: 'user-task.updated', key, changes });
  switch (task.state) {
    case 'CREATING': {
      const first = assignee ?? pending.firstAssignee ?? '';
      if (first !== '' && !beginStep(view, step, { ...task, pending: null }, 'ASSIGNING', firstAssignment(first))) step.events.push({ type: 'user-task.assigned', key, assignee: first });
      return;
    }
    case 'UPDATING':
      if (variables !== null && pending.propagates === true) propagate(view, step, view.elements.scopesOf(elementInstanceKey), variables);
      else if (variables !== null) writeLocally(view, step, { scopeKey: elementInstanceKey, processInstanceKey }, variables);
      break;
    case 'COMPLETING':
      step.followUps.push({ type: 'element.complete', elementInstanceKey, variables: variables ?? {} });
      break;
    default:
  }
  if (assignee !== undefined) step.events.push({ type: 'user-task.assigned', key, assignee });
  if (task.state === 'COMPLETING') step.events.push({ type: 'user-task.completed', key });
  if (task.state === 'CANCELING') {
    step.events.push({ type: 'user-task.canceled', key });
    step.followUps.push({ type: 'element.finish-termination', elementInstanceKey });
  }
}

/** The step by which the diagram's assignee gets the task. */
export const firstAssignment = (assignee: string): PendingStep => ({ action: '', corrections: { assignee }, changed: ['assignee'], variables: null });
