// Reads of jobs.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { JobKind, ListenerEvent } from './records.ts';
import { many, one } from '../store/statements.ts';

/** What may happen to a job next. STUCK: an incident holds it. */
export type JobPhase = 'ACTIVATABLE' | 'ACTIVATED' | 'BACKING_OFF' | 'STUCK' | 'DONE';

export type JobRow = {
  readonly key: Key;
  readonly type: string;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly elementId: string;
  readonly elementInstanceKey: Key;
  readonly phase: JobPhase;
  readonly state: string;
  readonly retries: number;
  readonly dueAt: number | null;
  readonly customHeaders: string | null;
  readonly kind: JobKind;
  readonly listenerEvent: ListenerEvent;
  readonly listenerIndex: number | null;
};

export type JobReads = {
  get(key: Key): JobRow | undefined;
  /** The job of an element instance that is not done. */
  openOf(elementInstanceKey: Key): JobRow | undefined;
  /** Oldest first. */
  activatable(type: string, limit: number): JobRow[];
};

const columns = `key, type, process_instance_key AS processInstanceKey, process_definition_key AS processDefinitionKey, bpmn_process_id AS bpmnProcessId,
  element_id AS elementId, element_instance_key AS elementInstanceKey, phase, state, retries, due_at AS dueAt, custom_headers AS customHeaders,
  kind, listener_event AS listenerEvent, listener_index AS listenerIndex`;

export function readJobs(db: DatabaseSync): JobReads {
  return {
    get: one<JobRow>(db, `SELECT ${columns} FROM jobs WHERE key = ?`),
    openOf: one<JobRow>(db, `SELECT ${columns} FROM jobs WHERE element_instance_key = ? AND end_date IS NULL`),
    // `+?`, not `?`: SQLite prepares a statement anew each time the value of a bare LIMIT is bound, which takes 20 times as long.
    activatable: many<JobRow>(db, `SELECT ${columns} FROM jobs WHERE type = ? AND phase = 'ACTIVATABLE' ORDER BY key LIMIT +?`),
  };
}
