// Reads of user tasks.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { one } from '../store/statements.ts';

export type UserTaskRow = {
  readonly key: Key;
  readonly elementInstanceKey: Key;
  readonly state: 'CREATED' | 'COMPLETED' | 'CANCELED';
  readonly assignee: string | null;
};

export type UserTaskReads = {
  get(key: Key): UserTaskRow | undefined;
  /** The task of an element instance that is not over. */
  openOf(elementInstanceKey: Key): UserTaskRow | undefined;
};

const columns = 'key, element_instance_key AS elementInstanceKey, state, assignee';

export function readUserTasks(db: DatabaseSync): UserTaskReads {
  return {
    get: one<UserTaskRow>(db, `SELECT ${columns} FROM user_tasks WHERE key = ?`),
    openOf: one<UserTaskRow>(db, `SELECT ${columns} FROM user_tasks WHERE element_instance_key = ? AND state = 'CREATED'`),
  };
}
