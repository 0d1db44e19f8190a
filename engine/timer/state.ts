// Reads of timers.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { many, one } from '../store/statements.ts';

export type TimerRow = {
  readonly key: Key;
  readonly processDefinitionKey: Key;
  readonly processInstanceKey: Key | null;
  readonly elementInstanceKey: Key | null;
  readonly elementId: string;
  readonly dueAt: number;
  readonly repetitions: number;
};

export type TimerReads = {
  get(key: Key): TimerRow | undefined;
  /** Open timers for which this element instance waits. */
  of(elementInstanceKey: Key): TimerRow[];
  /** Timer start events of a definition. */
  startsOf(processDefinitionKey: Key): TimerRow[];
};

const columns = `key, process_definition_key AS processDefinitionKey, process_instance_key AS processInstanceKey,
  element_instance_key AS elementInstanceKey, element_id AS elementId, due_at AS dueAt, repetitions`;

export function readTimers(db: DatabaseSync): TimerReads {
  return {
    get: one<TimerRow>(db, `SELECT ${columns} FROM timers WHERE key = ?`),
    of: many<TimerRow>(db, `SELECT ${columns} FROM timers WHERE element_instance_key = ? ORDER BY key`),
    startsOf: many<TimerRow>(db, `SELECT ${columns} FROM timers WHERE process_definition_key = ? AND element_instance_key IS NULL ORDER BY key`),
  };
}
