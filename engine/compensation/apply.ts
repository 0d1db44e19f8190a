// Writes what can be compensated.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { CompensationEvent } from './records.ts';

export function compensationAppliers(db: DatabaseSync): Appliers<CompensationEvent> {
  const insert = write(db, `INSERT INTO compensation_subscriptions (key, process_instance_key, scope_key, activity_id, activity_key, handler_id)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const trigger = write(db, 'UPDATE compensation_subscriptions SET throw_key = ?, handler_key = ? WHERE key = ?');
  const migrate = write(db, 'UPDATE compensation_subscriptions SET activity_id = ?, handler_id = ? WHERE key = ?');
  const remove = write(db, 'DELETE FROM compensation_subscriptions WHERE key = ?');
  const removeAll = write(db, 'DELETE FROM compensation_subscriptions WHERE process_instance_key = ?');
  return {
    'compensation-subscription.created': (event) => insert(event.key, event.processInstanceKey, event.scopeKey, event.activityId, event.activityKey, event.handlerId),
    'compensation-subscription.triggered': (event) => trigger(event.throwKey, event.handlerKey, event.key),
    'compensation-subscription.migrated': (event) => migrate(event.activityId, event.handlerId, event.key),
    'compensation-subscription.deleted': (event) => remove(event.key),
    'compensation-subscriptions.deleted': (event) => removeAll(event.processInstanceKey),
  };
}
