// Reads of batch operations and their items.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { one } from '../store/statements.ts';
import type { BatchPlan } from './records.ts';

export type BatchOperationRow = { readonly key: Key; readonly state: 'ACTIVE' | 'SUSPENDED' | 'COMPLETED' | 'CANCELED'; readonly plan: BatchPlan };

export type BatchOperationReads = {
  get(key: Key): BatchOperationRow | undefined;
  /** The process instance of an item whose turn is still to come. */
  openItem(key: Key, itemKey: Key): { readonly processInstanceKey: Key } | undefined;
  /** How many items are still to come. */
  openItems(key: Key): number;
};

export function readBatchOperations(db: DatabaseSync): BatchOperationReads {
  const get = one<Omit<BatchOperationRow, 'plan'> & { plan: string }>(db, 'SELECT key, state, plan FROM batch_operations WHERE key = ?');
  const open = one<{ n: number }>(db, 'SELECT total - failed - completed AS n FROM batch_operations WHERE key = ?');
  return {
    get: (key) => {
      const row = get(key);
      return row === undefined ? undefined : { ...row, plan: JSON.parse(row.plan) as BatchPlan };
    },
    openItem: one<{ processInstanceKey: Key }>(db, `SELECT process_instance_key AS processInstanceKey FROM batch_operation_items
      WHERE batch_operation_key = ? AND item_key = ? AND state = 'ACTIVE'`),
    openItems: (key) => open(key)?.n ?? 0,
  };
}
