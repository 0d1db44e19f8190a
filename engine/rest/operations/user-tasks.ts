// User tasks: what an inbox does.
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import { json } from '../answer.ts';
import { operation } from '../operation.ts';
import { invalidArgument, invalidValue, noSuchEntity } from '../problem.ts';
import { refuse } from '../request/check.ts';
import { int32, optional, requiredText, variables } from '../request/fields.ts';
import { numberAt, optionalKeyAt } from '../search/row.ts';
import { findOne, search, searchSchema } from '../search/search.ts';
import { shownForm } from './forms.ts';
import { resettableDate, withoutUndefined } from './user-task-changes.ts';
import { submittedToTask } from './task-answer.ts';
import { userTaskFilter, userTasks } from './user-task-rows.ts';
import { taskVariables, truncation, variablesShown } from './variable-rows.ts';
import { prepared } from '../search/prepared.ts';

const action = optional(z.string());

const priority = optional(int32.transform((value, { issues }) => (value >= 0 && value <= 100 ? value : refuse(issues, () => invalidValue('priority', value, 'within the [0,100] range')))));

const update = z
  .strictObject({
    changeset: optional(z.strictObject({
      dueDate: resettableDate.optional(), followUpDate: resettableDate.optional(), candidateUsers: optional(z.array(z.string())), candidateGroups: optional(z.array(z.string())), priority,
    })),
    action,
  })
  .transform(({ changeset, action: named }, { issues }) => {
    const changes = withoutUndefined(changeset ?? {});
    return Object.keys(changes).length > 0 || named !== undefined
      ? { changes, action: named }
      : refuse(issues, () => invalidArgument('No update data provided. Provide at least an "action" or a non-null value for a supported attribute in the "changeset"'));
  });

export const userTaskOperations = [
  operation({
    operationId: 'searchUserTasks', method: 'POST', path: '/user-tasks/search', body: searchSchema(userTasks, userTaskFilter), bodyOptional: true,
    answer: ({ db, body }) => search(db, userTasks, body),
  }),
  operation({
    operationId: 'getUserTask', method: 'GET', path: '/user-tasks/{userTaskKey}',
    answer: ({ db, key, keyText }) => {
      const found = findOne(db, userTasks, { sql: 't.key = ?', parameters: [key] });
      return found === undefined ? noSuchEntity('User Task', keyText) : json(found);
    },
  }),
  operation({
    operationId: 'assignUserTask', method: 'POST', path: '/user-tasks/{userTaskKey}/assignment',
    body: z.strictObject({ assignee: requiredText, allowOverride: optional(z.boolean()), action }),
    answer: ({ core, key, body: { assignee, allowOverride = true, action: named }, request }) =>
      submittedToTask(core, allowOverride ? 'ASSIGN' : 'CLAIM', { type: 'user-task.assign', userTaskKey: key, assignee, allowOverride, ...called(named) }, request.signal),
  }),
  operation({
    operationId: 'unassignUserTask', method: 'DELETE', path: '/user-tasks/{userTaskKey}/assignee',
    answer: ({ core, key, request }) => submittedToTask(core, 'ASSIGN', { type: 'user-task.unassign', userTaskKey: key }, request.signal),
  }),
  operation({
    operationId: 'updateUserTask', method: 'PATCH', path: '/user-tasks/{userTaskKey}', body: update, bodyOptional: true,
    answer: ({ core, key, body, request }) =>
      submittedToTask(core, 'UPDATE', { type: 'user-task.update', userTaskKey: key, changes: body.changes, ...called(body.action) }, request.signal),
  }),
  operation({
    operationId: 'completeUserTask', method: 'POST', path: '/user-tasks/{userTaskKey}/completion', body: z.strictObject({ variables, action }), bodyOptional: true,
    answer: ({ core, key, body, request }) =>
      submittedToTask(core, 'COMPLETE', { type: 'user-task.complete', userTaskKey: key, variables: body.variables, ...called(body.action) }, request.signal),
  }),
  operation({
    operationId: 'getUserTaskForm', method: 'GET', path: '/user-tasks/{userTaskKey}/form',
    answer: ({ db, key, keyText }) => {
      const task = prepared(db, 'SELECT form_key FROM user_tasks WHERE key = ?').get(key);
      if (task === undefined) return noSuchEntity('User Task', keyText);
      return shownForm(prepared(db, 'SELECT * FROM forms WHERE key = ?').get(optionalKeyAt(task, 'form_key') ?? null));
    },
  }),
  operation({
    operationId: 'searchUserTaskVariables', method: 'POST', path: '/user-tasks/{userTaskKey}/variables/search',
    body: searchSchema(taskVariables), bodyOptional: true, query: truncation,
    answer: ({ db, key, keyText, body, query }) => {
      const scope = elementInstanceOf(db, key);
      if (scope === undefined) return noSuchEntity('User Task', keyText);
      return search(db, variablesShown(taskVariables, query.truncateValues), body, { sql: `t.scope_key IN ${SCOPES_OUTWARDS}`, parameters: [scope] });
    },
  }),
];

/** The action's name as listeners see it, when the caller gives one. */
const called = (name: string | undefined) => (name === undefined ? {} : { action: name });

/** SQL of the scopes that a task sees: its own, those around it, the process instance; `?` stands for the first. */
const SCOPES_OUTWARDS = `(
  WITH RECURSIVE scope(key) AS (
    VALUES (CAST(? AS INTEGER))
    UNION SELECT e.scope_key FROM scope JOIN element_instances e ON e.key = scope.key
  ) SELECT key FROM scope)`;

function elementInstanceOf(db: DatabaseSync, userTaskKey: number): number | undefined {
  const row = prepared(db, 'SELECT element_instance_key FROM user_tasks WHERE key = ?').get(userTaskKey);
  return row === undefined ? undefined : numberAt(row, 'element_instance_key');
}
