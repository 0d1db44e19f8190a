// Rows of element instances: how they are read and written.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { openRows, type Rows } from '../store/rows.ts';
import { one, write } from '../store/statements.ts';
import type { Phase } from './lifecycle.ts';

export type ElementInstanceRow = {
  readonly key: Key;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  readonly scopeKey: Key;
  readonly phase: Phase;
  readonly tokens: number;
  /** Of multi-instance: 0 the body, from 1 its inner instances. */
  readonly loopCounter: number | null;
  /** The element that ended all else in this scope. */
  readonly interruptedBy: string | null;
  readonly startDate: number;
  readonly endDate: number | null;
};

export const elementInstanceColumns = `key, process_instance_key AS processInstanceKey, process_definition_key AS processDefinitionKey,
  element_id AS elementId, scope_key AS scopeKey, phase, tokens, loop_counter AS loopCounter, interrupted_by AS interruptedBy, start_date AS startDate, end_date AS endDate`;

export function openElementRows(db: DatabaseSync): Rows<ElementInstanceRow> {
  const insert = write(db, `INSERT INTO element_instances
    (key, process_instance_key, process_definition_key, element_id, scope_key, phase, tokens, loop_counter, interrupted_by, start_date, end_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const move = write(db, 'UPDATE element_instances SET process_definition_key = ?, element_id = ? WHERE key = ?');
  const setPhase = write(db, 'UPDATE element_instances SET phase = ?, tokens = ?, interrupted_by = ? WHERE key = ?');
  const end = write(db, 'UPDATE element_instances SET phase = ?, tokens = ?, interrupted_by = ?, end_date = ? WHERE key = ?');
  return openRows<ElementInstanceRow>({
    read: one(db, `SELECT ${elementInstanceColumns} FROM element_instances WHERE key = ?`),
    insert: (row) => insert(row.key, row.processInstanceKey, row.processDefinitionKey, row.elementId, row.scopeKey, row.phase, row.tokens, row.loopCounter, row.interruptedBy, row.startDate, row.endDate),
    update: (row, stored) => {
      const { key, phase, tokens, interruptedBy, endDate } = row;
      if (row.processDefinitionKey !== stored.processDefinitionKey || row.elementId !== stored.elementId) move(row.processDefinitionKey, row.elementId, key);
      if (endDate !== stored.endDate) end(phase, tokens, interruptedBy, endDate, key);
      else if (phase !== stored.phase || tokens !== stored.tokens || interruptedBy !== stored.interruptedBy) setPhase(phase, tokens, interruptedBy, key);
    },
  });
}
