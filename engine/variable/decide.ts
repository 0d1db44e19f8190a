// Decides variables that are set from outside.
import { isOver } from '../element/lifecycle.ts';
import { accept, reject } from '../processing/step.ts';
import type { Deciders, Decision, Step } from '../processing/step.ts';
import type { PendingStep } from '../user-task/records.ts';
import type { UserTaskRow } from '../user-task/state.ts';
import { beginStep } from '../user-task/steps.ts';
import type { View } from '../view.ts';
import type { SetVariables, VariableCommand } from './records.ts';
import { propagate, writeLocally } from './write-variables.ts';

export const variableDeciders: Deciders<VariableCommand> = {
  'variable.set': (command, view, step) => {
    const key = command.elementInstanceKey;
    const found = view.elements.get(key) ?? view.processInstances.get(key);
    if (found === undefined || isOver(found.phase)) {
      return reject('NOT_FOUND', `Expected to update variables for element with key '${key}', but no such element was found`);
    }
    const task = view.userTasks.openOf(key);
    if (task?.listens === 1) {
      const reply = updateTaskVariables(view, step, task, command);
      if (reply !== undefined) return reply;
    }
    const scopes = view.elements.scopesOf(key);
    const processInstanceKey = scopes.at(-1) ?? key;
    if (command.local) writeLocally(view, step, { scopeKey: key, processInstanceKey }, command.variables);
    else propagate(view, step, scopes, command.variables);
    return accept({ userTaskKey: null });
  },
};

/** Variables of a task with updating listeners are an update of the task; undefined when it has none for it. */
function updateTaskVariables(view: View, step: Step, task: UserTaskRow, { variables, local }: SetVariables): Decision | undefined {
  if (task.state !== 'CREATED') return reject('INVALID_STATE', `Expected to update variables for user task with key '${task.key}', but it is in state '${task.state}'`);
  const pending: PendingStep = { action: '', corrections: {}, changed: ['variables'], variables, ...(local ? {} : { propagates: true }) };
  return beginStep(view, step, task, 'UPDATING', pending) ? accept({ userTaskKey: task.key }) : undefined;
}
