// Reads of incidents.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { many, one } from '../store/statements.ts';

export type IncidentRow = {
  readonly key: Key;
  readonly elementInstanceKey: Key;
  readonly jobKey: Key | null;
  readonly state: 'ACTIVE' | 'RESOLVED';
};

export type IncidentReads = {
  get(key: Key): IncidentRow | undefined;
  /** Active incidents of an element instance. */
  activeOf(elementInstanceKey: Key): IncidentRow[];
};

const columns = 'key, element_instance_key AS elementInstanceKey, job_key AS jobKey, state';

export function readIncidents(db: DatabaseSync): IncidentReads {
  return {
    get: one<IncidentRow>(db, `SELECT ${columns} FROM incidents WHERE key = ?`),
    activeOf: many<IncidentRow>(db, `SELECT ${columns} FROM incidents WHERE element_instance_key = ? AND state = 'ACTIVE' ORDER BY key`),
  };
}
