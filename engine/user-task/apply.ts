// Writes user tasks and who may take them.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { Appliers } from '../processing/appliers.ts';
import { one, write } from '../store/statements.ts';
import type { UserTaskChanges, UserTaskEvent } from './records.ts';

export function userTaskAppliers(db: DatabaseSync): Appliers<UserTaskEvent> {
  const insert = write(db, `INSERT INTO user_tasks (key, process_instance_key, process_definition_key, bpmn_process_id, element_id,
    element_instance_key, state, assignee, candidate_groups, candidate_users, due_date, follow_up_date, priority, form_key,
    external_form_reference, custom_headers, creation_date, listens) VALUES (?, ?, ?, ?, ?, ?, 'CREATED', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const beginStep = write(db, 'UPDATE user_tasks SET state = ?, pending = ? WHERE key = ?');
  const correct = write(db, 'UPDATE user_tasks SET pending = ? WHERE key = ?');
  const settle = write(db, `UPDATE user_tasks SET state = 'CREATED', pending = NULL WHERE key = ?`);
  const assign = write(db, 'UPDATE user_tasks SET assignee = ? WHERE key = ?');
  const end = write(db, 'UPDATE user_tasks SET state = ?, completion_date = ?, pending = NULL WHERE key = ?');
  const set = {
    candidateGroups: write(db, 'UPDATE user_tasks SET candidate_groups = ? WHERE key = ?'),
    candidateUsers: write(db, 'UPDATE user_tasks SET candidate_users = ? WHERE key = ?'),
    dueDate: write(db, 'UPDATE user_tasks SET due_date = ? WHERE key = ?'),
    followUpDate: write(db, 'UPDATE user_tasks SET follow_up_date = ? WHERE key = ?'),
    priority: write(db, 'UPDATE user_tasks SET priority = ? WHERE key = ?'),
  };
  const addCandidate = write(db, 'INSERT OR IGNORE INTO user_task_candidates (kind, name, user_task_key) VALUES (?, ?, ?)');
  const dropCandidate = write(db, 'DELETE FROM user_task_candidates WHERE kind = ? AND name = ? AND user_task_key = ?');
  const candidatesOf = one<{ group: string; user: string }>(db, 'SELECT candidate_groups AS "group", candidate_users AS "user" FROM user_tasks WHERE key = ?');
  const dropCandidates = (key: Key, ...kinds: readonly ('group' | 'user')[]) => {
    const candidates = candidatesOf(key);
    if (candidates === undefined) return;
    for (const kind of kinds) for (const name of JSON.parse(candidates[kind]) as string[]) dropCandidate(kind, name, key);
  };
  const setCandidates = (kind: 'group' | 'user', key: Key, names: readonly string[]) => {
    for (const name of names) addCandidate(kind, name, key);
  };
  const update = (key: Key, changes: UserTaskChanges) => {
    if (changes.candidateGroups !== undefined) {
      dropCandidates(key, 'group');
      set.candidateGroups(JSON.stringify(changes.candidateGroups), key);
      setCandidates('group', key, changes.candidateGroups);
    }
    if (changes.candidateUsers !== undefined) {
      dropCandidates(key, 'user');
      set.candidateUsers(JSON.stringify(changes.candidateUsers), key);
      setCandidates('user', key, changes.candidateUsers);
    }
    if (changes.dueDate !== undefined) set.dueDate(changes.dueDate, key);
    if (changes.followUpDate !== undefined) set.followUpDate(changes.followUpDate, key);
    if (changes.priority !== undefined) set.priority(changes.priority, key);
  };
  const migrate = write(db, `UPDATE user_tasks SET process_definition_key = ?, bpmn_process_id = ?, element_id = ? WHERE key = ?`);
  return {
    'user-task.migrated': (event) => migrate(event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.key),
    'user-task.created': (event, at) => {
      insert(event.key, event.processInstanceKey, event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.elementInstanceKey,
        event.assignee, JSON.stringify(event.candidateGroups), JSON.stringify(event.candidateUsers), event.dueDate, event.followUpDate,
        event.priority, event.formKey, event.externalFormReference, event.customHeaders, at, event.listens === true ? 1 : 0);
      setCandidates('group', event.key, event.candidateGroups);
      setCandidates('user', event.key, event.candidateUsers);
    },
    'user-task.step-began': (event) => beginStep(event.state, JSON.stringify(event.pending), event.key),
    'user-task.corrected': (event) => correct(JSON.stringify(event.pending), event.key),
    'user-task.settled': (event) => settle(event.key),
    'user-task.assigned': (event) => assign(event.assignee, event.key),
    'user-task.updated': (event) => update(event.key, event.changes),
    'user-task.completed': (event, at) => {
      end('COMPLETED', at, event.key);
      dropCandidates(event.key, 'group', 'user');
    },
    'user-task.canceled': (event, at) => {
      end('CANCELED', at, event.key);
      dropCandidates(event.key, 'group', 'user');
    },
  };
}
