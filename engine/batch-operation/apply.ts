// Writes batch operations and their items.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { BatchOperationEvent } from './records.ts';

export function batchOperationAppliers(db: DatabaseSync): Appliers<BatchOperationEvent> {
  const insert = write(db, `INSERT INTO batch_operations (key, type, plan, state, due_at, start_date, total) VALUES (?, ?, ?, 'ACTIVE', ?, ?, ?)`);
  const insertItem = write(db, `INSERT INTO batch_operation_items (batch_operation_key, item_key, process_instance_key, state) VALUES (?, ?, ?, 'ACTIVE')`);
  const processItem = write(db, 'UPDATE batch_operation_items SET state = ?, processed_at = ?, error_message = ? WHERE batch_operation_key = ? AND item_key = ?');
  const count = write(db, 'UPDATE batch_operations SET failed = failed + ?, completed = completed + ? WHERE key = ?');
  const setState = write(db, 'UPDATE batch_operations SET state = ?, due_at = ? WHERE key = ?');
  const end = write(db, 'UPDATE batch_operations SET state = ?, due_at = NULL, end_date = ? WHERE key = ?');
  const cancelItems = write(db, `UPDATE batch_operation_items SET state = 'CANCELED', processed_at = ? WHERE batch_operation_key = ? AND state = 'ACTIVE'`);
  return {
    'batch-operation.created': ({ key, plan, items }, at) => {
      insert(key, plan.type, JSON.stringify(plan), at, at, items.length);
      for (const { itemKey, processInstanceKey } of items) insertItem(key, itemKey, processInstanceKey);
    },
    'batch-operation.item-processed': ({ key, itemKey, failure }, at) => {
      processItem(failure === null ? 'COMPLETED' : 'FAILED', at, failure, key, itemKey);
      count(failure === null ? 0 : 1, failure === null ? 1 : 0, key);
    },
    'batch-operation.suspended': ({ key }) => setState('SUSPENDED', null, key),
    'batch-operation.resumed': ({ key }, at) => setState('ACTIVE', at, key),
    'batch-operation.canceled': ({ key }, at) => {
      cancelItems(at, key);
      end('CANCELED', at, key);
    },
    'batch-operation.completed': ({ key }, at) => end('COMPLETED', at, key),
  };
}
