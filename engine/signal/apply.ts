// Writes signal subscriptions; a signal itself leaves nothing behind.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { SignalEvent } from './records.ts';

export function signalAppliers(db: DatabaseSync): Appliers<SignalEvent> {
  const insert = write(db, `INSERT INTO signal_subscriptions (key, signal_name, process_definition_key, bpmn_process_id, element_id, process_instance_key,
    element_instance_key) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const remove = write(db, 'DELETE FROM signal_subscriptions WHERE key = ?');
  const migrate = write(db, 'UPDATE signal_subscriptions SET process_definition_key = ?, bpmn_process_id = ?, element_id = ? WHERE key = ?');
  return {
    'signal.broadcasted': () => undefined,
    'signal-subscription.created': (event) =>
      insert(event.key, event.signalName, event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.processInstanceKey, event.elementInstanceKey),
    'signal-subscription.migrated': (event) => migrate(event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.key),
    'signal-subscription.deleted': (event) => remove(event.key),
  };
}
