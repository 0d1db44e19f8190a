// Writes variables.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { VariableEvent } from './records.ts';

export function variableAppliers(db: DatabaseSync): Appliers<VariableEvent> {
  const insert = write(db, 'INSERT INTO variables (key, scope_key, process_instance_key, name, value) VALUES (?, ?, ?, ?, ?)');
  const update = write(db, 'UPDATE variables SET value = ? WHERE key = ?');
  return {
    'variable.created': (event) => insert(event.key, event.scopeKey, event.processInstanceKey, event.name, event.value),
    'variable.updated': (event) => update(event.value, event.key),
  };
}
