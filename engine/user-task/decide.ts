// Decides what people do with user tasks; where a task has listeners for a step, they come first.
import type { Key } from '../keys.ts';
import { accept, nothing, reject } from '../processing/step.ts';
import type { Deciders, Decision } from '../processing/step.ts';
import type { View } from '../view.ts';
import { changedBy } from './pending.ts';
import type { PendingStep, RetryTaskListeners, TaskListenerDone, UserTaskCommand } from './records.ts';
import type { UserTaskRow } from './state.ts';
import { beginStep, continueStep } from './steps.ts';

const done = accept({ listens: false });
const listens = accept({ listens: true });

export const userTaskDeciders: Deciders<UserTaskCommand | TaskListenerDone | RetryTaskListeners> = {
  'user-task.assign': ({ userTaskKey, assignee, allowOverride, action = allowOverride ? 'assign' : 'claim' }, view, step) => {
    const task = findOpen(view, userTaskKey, allowOverride ? 'assign' : 'claim');
    if ('ok' in task) return task;
    if (!allowOverride && assignee.trim() === '') return reject('INVALID_STATE', `Expected to claim user task with key '${userTaskKey}', but provided assignee is empty`);
    if (!allowOverride && task.assignee !== null && task.assignee !== assignee) {
      return reject('INVALID_STATE', `Expected to claim user task with key '${userTaskKey}', but it has already been assigned`);
    }
    const named = assignee === '' ? null : assignee;
    if (beginStep(view, step, task, 'ASSIGNING', pendingAssignment(action, named))) return listens;
    step.events.push({ type: 'user-task.assigned', key: userTaskKey, assignee: named });
    return done;
  },

  'user-task.unassign': ({ userTaskKey }, view, step) => {
    const task = findOpen(view, userTaskKey, 'assign');
    if ('ok' in task) return task;
    if (beginStep(view, step, task, 'ASSIGNING', pendingAssignment('unassign', null))) return listens;
    step.events.push({ type: 'user-task.assigned', key: userTaskKey, assignee: null });
    return done;
  },

  'user-task.update': ({ userTaskKey, changes, action = 'update' }, view, step) => {
    const task = findOpen(view, userTaskKey, 'update');
    if ('ok' in task) return task;
    if (changes.priority !== undefined && (changes.priority < 0 || changes.priority > 100)) {
      return reject('INVALID_ARGUMENT', `Expected to update user task with key '${userTaskKey}' with a priority in the range [0,100], but it was '${changes.priority}'`);
    }
    if (beginStep(view, step, task, 'UPDATING', { action, corrections: changes, changed: changedBy(changes), variables: null })) return listens;
    step.events.push({ type: 'user-task.updated', key: userTaskKey, changes });
    return done;
  },

  'user-task.complete': ({ userTaskKey, variables, action = 'complete' }, view, step) => {
    const task = findOpen(view, userTaskKey, 'complete');
    if ('ok' in task) return task;
    if (beginStep(view, step, task, 'COMPLETING', { action, corrections: {}, changed: [], variables })) return listens;
    step.events.push({ type: 'user-task.completed', key: userTaskKey });
    step.followUps.push({ type: 'element.complete', elementInstanceKey: task.elementInstanceKey, variables });
    return done;
  },

  'user-task.listener-done': ({ userTaskKey, index }, view, step) => {
    const task = view.userTasks.get(userTaskKey);
    if (task !== undefined) continueStep(view, step, task, index + 1);
    return nothing;
  },

  'user-task.retry-listeners': ({ userTaskKey }, view, step) => {
    const task = view.userTasks.get(userTaskKey);
    if (task !== undefined) continueStep(view, step, task, 0);
    return nothing;
  },
};

const pendingAssignment = (action: string, assignee: string | null): PendingStep => ({ action, corrections: { assignee }, changed: ['assignee'], variables: null });

function findOpen(view: View, userTaskKey: Key, verb: string): UserTaskRow | Extract<Decision, { ok: false }> {
  const task = view.userTasks.get(userTaskKey);
  if (task?.state === 'CREATED') return task;
  if (task === undefined || task.state === 'COMPLETED' || task.state === 'CANCELED') {
    return { ok: false, rejection: { code: 'NOT_FOUND', reason: `Expected to ${verb} user task with key '${userTaskKey}', but no such user task was found` } };
  }
  return { ok: false, rejection: { code: 'INVALID_STATE', reason: `Expected to ${verb} user task with key '${userTaskKey}', but it is in state '${task.state}'` } };
}
