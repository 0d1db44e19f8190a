// Writes buffered messages and subscriptions.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { MessageEvent } from './records.ts';

export function messageAppliers(db: DatabaseSync): Appliers<MessageEvent> {
  const insert = write(db, 'INSERT INTO messages (key, name, correlation_key, message_id, variables, expires_at) VALUES (?, ?, ?, ?, ?, ?)');
  const remove = write(db, 'DELETE FROM messages WHERE key = ?');
  const forget = write(db, 'DELETE FROM message_correlations WHERE message_key = ?');
  const correlate = write(db, `INSERT INTO message_correlations (message_key, bpmn_process_id)
    SELECT key, ? FROM messages WHERE key = ?`);
  const remember = write(db, `INSERT INTO correlated_messages (message_key, message_name, correlation_key, subscription_key, process_instance_key,
    process_definition_key, bpmn_process_id, element_id, element_instance_key, correlated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const subscribe = write(db, `INSERT INTO message_subscriptions (key, process_instance_key, process_definition_key, bpmn_process_id, element_id,
    element_instance_key, message_name, correlation_key, state, open, last_updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'CREATED', 1, ?)`);
  const update = write(db, 'UPDATE message_subscriptions SET state = ?, open = ?, last_updated = ? WHERE key = ?');
  const subscribeStart = write(db, `INSERT INTO message_start_subscriptions (key, process_definition_key, bpmn_process_id, element_id, message_name)
    VALUES (?, ?, ?, ?, ?)`);
  const unsubscribeStarts = write(db, 'DELETE FROM message_start_subscriptions WHERE process_definition_key = ?');
  const migrate = write(db, 'UPDATE message_subscriptions SET process_definition_key = ?, bpmn_process_id = ?, element_id = ?, last_updated = ? WHERE key = ?');
  return {
    'message.published': (event) => {
      if (event.expiresAt === null) return;
      insert(event.key, event.name, event.correlationKey, event.messageId, JSON.stringify(event.variables), event.expiresAt);
    },
    'message.expired': (event) => {
      remove(event.key);
      forget(event.key);
    },
    'message.correlated': ({ key, bpmnProcessId, to }, at) => {
      correlate(bpmnProcessId, key);
      if (to === undefined) return;
      remember(key, to.messageName, to.correlationKey, to.subscriptionKey, to.processInstanceKey, to.processDefinitionKey, bpmnProcessId, to.elementId, to.elementInstanceKey, at);
    },
    'message-subscription.created': (event, at) =>
      subscribe(event.key, event.processInstanceKey, event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.elementInstanceKey,
        event.messageName, event.correlationKey, at),
    'message-subscription.correlated': (event, at) => update('CORRELATED', event.staysOpen ? 1 : 0, at, event.key),
    'message-subscription.deleted': (event, at) => update('DELETED', 0, at, event.key),
    'message-subscription.migrated': (event, at) => migrate(event.processDefinitionKey, event.bpmnProcessId, event.elementId, at, event.key),
    'message-start-subscription.created': (event) =>
      subscribeStart(event.key, event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.messageName),
    'message-start-subscriptions.deleted': (event) => unsubscribeStarts(event.processDefinitionKey),
  };
}
