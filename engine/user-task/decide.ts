// Decides what people do with user tasks.
import type { Key } from '../keys.ts';
import { accept, reject } from '../processing/step.ts';
import type { Deciders, Decision } from '../processing/step.ts';
import type { View } from '../view.ts';
import type { UserTaskCommand } from './records.ts';
import type { UserTaskRow } from './state.ts';

export const userTaskDeciders: Deciders<UserTaskCommand> = {
  'user-task.assign': ({ userTaskKey, assignee, allowOverride }, view, step) => {
    const task = findOpen(view, userTaskKey, allowOverride ? 'assign' : 'claim');
    if ('ok' in task) return task;
    if (!allowOverride && assignee.trim() === '') return reject('INVALID_STATE', `Expected to claim user task with key '${userTaskKey}', but provided assignee is empty`);
    if (!allowOverride && task.assignee !== null && task.assignee !== assignee) {
      return reject('INVALID_STATE', `Expected to claim user task with key '${userTaskKey}', but it has already been assigned`);
    }
    step.events.push({ type: 'user-task.assigned', key: userTaskKey, assignee: assignee === '' ? null : assignee });
    return accept();
  },

  'user-task.unassign': ({ userTaskKey }, view, step) => {
    const task = findOpen(view, userTaskKey, 'assign');
    if ('ok' in task) return task;
    step.events.push({ type: 'user-task.assigned', key: userTaskKey, assignee: null });
    return accept();
  },

  'user-task.update': ({ userTaskKey, changes }, view, step) => {
    const task = findOpen(view, userTaskKey, 'update');
    if ('ok' in task) return task;
    if (changes.priority !== undefined && (changes.priority < 0 || changes.priority > 100)) {
      return reject('INVALID_ARGUMENT', `Expected to update user task with key '${userTaskKey}' with a priority in the range [0,100], but it was '${changes.priority}'`);
    }
    step.events.push({ type: 'user-task.updated', key: userTaskKey, changes });
    return accept();
  },

  'user-task.complete': ({ userTaskKey, variables }, view, step) => {
    const task = findOpen(view, userTaskKey, 'complete');
    if ('ok' in task) return task;
    step.events.push({ type: 'user-task.completed', key: userTaskKey });
    step.followUps.push({ type: 'element.complete', elementInstanceKey: task.elementInstanceKey, variables });
    return accept();
  },
};

function findOpen(view: View, userTaskKey: Key, verb: string): UserTaskRow | Extract<Decision, { ok: false }> {
  const task = view.userTasks.get(userTaskKey);
  if (task !== undefined && task.state === 'CREATED') return task;
  return { ok: false, rejection: { code: 'NOT_FOUND', reason: `Expected to ${verb} user task with key '${userTaskKey}', but no such user task was found` } };
}
