// Takes purged rows out of all tables.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import { write } from '../store/statements.ts';
import type { HistoryEvent } from './records.ts';

/** Rows of scopes and elements name no process instance: they go before the elements do. */
const OF_ELEMENTS = 'IN (SELECT key FROM element_instances WHERE process_instance_key = ?1)';

/** What is deleted for one process instance, in this order. Each statement finds its rows by an index. */
const ofProcessInstance = [
  `DELETE FROM held_follow_ups WHERE instance_key ${OF_ELEMENTS}`,
  'DELETE FROM held_follow_ups WHERE instance_key = ?1',
  `DELETE FROM waiting_tokens WHERE scope_key ${OF_ELEMENTS}`,
  'DELETE FROM waiting_tokens WHERE scope_key = ?1',
  `DELETE FROM multi_instances WHERE element_instance_key ${OF_ELEMENTS}`,
  `DELETE FROM fulfilled_ad_hoc_sub_processes WHERE element_instance_key ${OF_ELEMENTS}`,
  `DELETE FROM timers WHERE element_instance_key ${OF_ELEMENTS}`,
  `DELETE FROM signal_subscriptions WHERE element_instance_key ${OF_ELEMENTS}`,
  'DELETE FROM last_elements WHERE process_instance_key = ?1',
  'DELETE FROM compensation_subscriptions WHERE process_instance_key = ?1',
  'DELETE FROM taken_sequence_flows WHERE process_instance_key = ?1',
  'DELETE FROM variables WHERE scope_key = ?1',
  'DELETE FROM variables WHERE process_instance_key = ?1 AND scope_key <> process_instance_key',
  'DELETE FROM jobs WHERE process_instance_key = ?1',
  'DELETE FROM user_tasks WHERE process_instance_key = ?1',
  'DELETE FROM message_subscriptions WHERE process_instance_key = ?1',
  'DELETE FROM incidents WHERE process_instance_key = ?1',
  'DELETE FROM decision_instances WHERE process_instance_key = ?1',
  'DELETE FROM correlated_messages WHERE process_instance_key = ?1',
  'DELETE FROM element_instances WHERE process_instance_key = ?1',
  'DELETE FROM process_instances WHERE key = ?1',
];

export function historyAppliers(db: DatabaseSync, rows: InstanceRows): Appliers<HistoryEvent> {
  const deletions = ofProcessInstance.map((sql) => write(db, sql));
  const deleteEvaluation = write(db, 'DELETE FROM decision_instances WHERE evaluation_key = ?');
  const deleteItems = write(db, 'DELETE FROM batch_operation_items WHERE batch_operation_key = ? AND item_key <= ?');
  const deleteBatch = write(db, 'DELETE FROM batch_operations WHERE key = ?');
  return {
    'process-instances.purged': ({ keys }) => {
      rows.write();
      for (const key of keys) for (const remove of deletions) remove(key);
      rows.forget();
    },
    'decision-instances.purged': ({ keys }) => {
      for (const key of keys) deleteEvaluation(key);
    },
    'batch-operation.purged': ({ key, upToItemKey, isWhole }) => {
      deleteItems(key, upToItemKey);
      if (isWhole) deleteBatch(key);
    },
  };
}
