// Reads of user tasks.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { TaskListenerEvent } from '../model/executable.ts';
import { one } from '../store/statements.ts';

export type UserTaskRow = {
  readonly key: Key;
  readonly elementInstanceKey: Key;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly elementId: string;
  readonly state: 'CREATED' | 'COMPLETED' | 'CANCELED' | TaskListenerEvent;
  readonly assignee: string | null;
  /** JSON arrays. */
  readonly candidateGroups: string;
  readonly candidateUsers: string;
  readonly dueDate: number | null;
  readonly followUpDate: number | null;
  readonly priority: number;
  readonly formKey: Key | null;
  readonly customHeaders: string | null;
  /** 1: it has task listeners. */
  readonly listens: number;
  /** JSON; null when no listener is at work. */
  readonly pending: string | null;
};

export type UserTaskReads = {
  get(key: Key): UserTaskRow | undefined;
  /** The task of an element instance that is not over. */
  openOf(elementInstanceKey: Key): UserTaskRow | undefined;
};

const columns = `key, element_instance_key AS elementInstanceKey, process_instance_key AS processInstanceKey, process_definition_key AS processDefinitionKey,
  bpmn_process_id AS bpmnProcessId, element_id AS elementId, state, assignee, candidate_groups AS candidateGroups, candidate_users AS candidateUsers,
  due_date AS dueDate, follow_up_date AS followUpDate, priority, form_key AS formKey, custom_headers AS customHeaders, listens, pending`;

export function readUserTasks(db: DatabaseSync): UserTaskReads {
  return {
    get: one<UserTaskRow>(db, `SELECT ${columns} FROM user_tasks WHERE key = ?`),
    openOf: one<UserTaskRow>(db, `SELECT ${columns} FROM user_tasks WHERE element_instance_key = ? AND completion_date IS NULL`),
  };
}
