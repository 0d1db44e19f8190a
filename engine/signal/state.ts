// Reads of signal subscriptions.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { many } from '../store/statements.ts';

export type SignalSubscriptionRow = {
  readonly key: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  /** Null for a signal start event. */
  readonly elementInstanceKey: Key | null;
};

export type SignalReads = {
  /** Oldest first. */
  named(signalName: string): SignalSubscriptionRow[];
  /** Open subscriptions for which this element instance waits. */
  of(elementInstanceKey: Key): SignalSubscriptionRow[];
  /** Of the signal start events of a definition. */
  startsOf(processDefinitionKey: Key): SignalSubscriptionRow[];
};

const columns = 'key, process_definition_key AS processDefinitionKey, element_id AS elementId, element_instance_key AS elementInstanceKey';

export function readSignals(db: DatabaseSync): SignalReads {
  const select = (condition: string) => many<SignalSubscriptionRow>(db, `SELECT ${columns} FROM signal_subscriptions WHERE ${condition} ORDER BY key`);
  return {
    named: select('signal_name = ?'),
    of: select('element_instance_key = ?'),
    startsOf: select('process_definition_key = ? AND element_instance_key IS NULL'),
  };
}
