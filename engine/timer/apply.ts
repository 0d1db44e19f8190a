// Writes timers.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { TimerEvent } from './records.ts';

export function timerAppliers(db: DatabaseSync): Appliers<TimerEvent> {
  const insert = write(db, `INSERT INTO timers (key, process_definition_key, process_instance_key, element_instance_key, element_id, due_at, repetitions)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const remove = write(db, 'DELETE FROM timers WHERE key = ?');
  const migrate = write(db, 'UPDATE timers SET process_definition_key = ?, element_id = ? WHERE key = ?');
  return {
    'timer.created': (event) =>
      insert(event.key, event.processDefinitionKey, event.processInstanceKey, event.elementInstanceKey, event.elementId, event.dueAt, event.repetitions),
    'timer.triggered': (event) => remove(event.key),
    'timer.migrated': (event) => migrate(event.processDefinitionKey, event.elementId, event.key),
    'timer.canceled': (event) => remove(event.key),
  };
}
