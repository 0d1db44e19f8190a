// Reads of buffered messages and of subscriptions.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { many, one } from '../store/statements.ts';

export type MessageRow = { readonly key: Key; readonly name: string; readonly correlationKey: string; readonly variables: string; readonly expiresAt: number };

export type SubscriptionRow = {
  readonly key: Key;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly elementId: string;
  readonly elementInstanceKey: Key;
  readonly messageName: string;
  readonly correlationKey: string;
  readonly open: 0 | 1;
};

export type StartSubscriptionRow = { readonly key: Key; readonly processDefinitionKey: Key; readonly bpmnProcessId: string; readonly elementId: string };

export type MessageReads = {
  get(key: Key): MessageRow | undefined;
  /** Whether a message with this id is buffered. */
  isBuffered(name: string, correlationKey: string, messageId: string): boolean;
  /** The oldest buffered message that this process did not get yet and that has not expired. */
  nextFor(bpmnProcessId: string, name: string, correlationKey: string, now: number): MessageRow | undefined;
  subscription(key: Key): SubscriptionRow | undefined;
  /** Of each process that matches, the open subscription whose element instance is the oldest (not the one that was opened first: a listener or an incident may have come between); oldest element instance first. */
  oldestSubscriptions(name: string, correlationKey: string): SubscriptionRow[];
  /** Open subscriptions for which this element instance waits. */
  subscriptionsOf(elementInstanceKey: Key): SubscriptionRow[];
  startSubscriptions(name: string): StartSubscriptionRow[];
  /** Names of the messages that start this process. */
  startsOf(bpmnProcessId: string): (StartSubscriptionRow & { readonly messageName: string })[];
};

const messageColumns = 'm.key, m.name, m.correlation_key AS correlationKey, m.variables, m.expires_at AS expiresAt';
const subscriptionColumns = `key, process_instance_key AS processInstanceKey, process_definition_key AS processDefinitionKey, bpmn_process_id AS bpmnProcessId, element_id AS elementId,
  element_instance_key AS elementInstanceKey, message_name AS messageName, correlation_key AS correlationKey, open`;
const startColumns = 'key, process_definition_key AS processDefinitionKey, bpmn_process_id AS bpmnProcessId, element_id AS elementId';

export function readMessages(db: DatabaseSync): MessageReads {
  const buffered = one<object>(db, 'SELECT 1 FROM messages WHERE name = ? AND correlation_key = ? AND message_id = ?');
  const next = one<MessageRow>(db, `SELECT ${messageColumns} FROM messages m WHERE m.name = ? AND m.correlation_key = ? AND m.expires_at > ?
    AND NOT EXISTS (SELECT 1 FROM message_correlations c WHERE c.message_key = m.key AND c.bpmn_process_id = ?) ORDER BY m.key LIMIT 1`);
  const oldestOfNextProcess = one<SubscriptionRow>(db, `SELECT ${subscriptionColumns} FROM message_subscriptions
    WHERE message_name = ? AND correlation_key = ? AND open = 1 AND bpmn_process_id > ? ORDER BY bpmn_process_id, element_instance_key, key LIMIT 1`);
  return {
    get: one<MessageRow>(db, `SELECT ${messageColumns} FROM messages m WHERE m.key = ?`),
    isBuffered: (name, correlationKey, messageId) => buffered(name, correlationKey, messageId) !== undefined,
    nextFor: (bpmnProcessId, name, correlationKey, now) => next(name, correlationKey, now, bpmnProcessId),
    subscription: one<SubscriptionRow>(db, `SELECT ${subscriptionColumns} FROM message_subscriptions WHERE key = ?`),
    // From process to process along the index: thousands may wait for the same message in one process, and one of them gets it.
    oldestSubscriptions: (name, correlationKey) => {
      const found: SubscriptionRow[] = [];
      let next = oldestOfNextProcess(name, correlationKey, '');
      while (next !== undefined) {
        found.push(next);
        next = oldestOfNextProcess(name, correlationKey, next.bpmnProcessId);
      }
      return found.sort((a, b) => a.elementInstanceKey - b.elementInstanceKey);
    },
    subscriptionsOf: many<SubscriptionRow>(db, `SELECT ${subscriptionColumns} FROM message_subscriptions WHERE element_instance_key = ? AND open = 1 ORDER BY key`),
    startSubscriptions: many<StartSubscriptionRow>(db, `SELECT ${startColumns} FROM message_start_subscriptions WHERE message_name = ? ORDER BY key`),
    startsOf: many<StartSubscriptionRow & { messageName: string }>(db,
      `SELECT ${startColumns}, message_name AS messageName FROM message_start_subscriptions WHERE bpmn_process_id = ? ORDER BY key`),
  };
}
