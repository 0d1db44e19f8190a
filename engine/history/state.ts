// Reads what has ended, for retention.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import { many, one } from '../store/statements.ts';
import type { HistoryCursor } from './records.ts';

export type HistoryReads = {
  /** Process instances that nobody called and that ended by then, the first to end first. */
  ended(endedBefore: number, after: HistoryCursor | null, most: number): readonly HistoryCursor[];
  /** The instance and all that it called, directly or through others. */
  tree(processInstanceKey: Key): readonly Key[];
  /** How many element instances this one process instance has. */
  elementsOf(processInstanceKey: Key): number;
  /** Whether something of this one instance is still to come: it runs, or a batch operation has it before itself. */
  isNeeded(processInstanceKey: Key): boolean;
  /** Evaluations outside any process, the oldest first; one comes for each decision that took part in it. */
  evaluated(before: number, most: number): readonly Key[];
  /** The first batch operation that ended by then. */
  endedBatch(before: number): { readonly key: Key } | undefined;
  /** The items with the lowest keys, in their order. */
  batchItems(batchOperationKey: Key, most: number): readonly Key[];
  /** When the first one ended that could be purged. */
  oldestEnd(): number | undefined;
};

export function readHistory(db: DatabaseSync, { written }: InstanceRows): HistoryReads {
  const endedFrom = written(many<HistoryCursor>(db, `SELECT end_date AS endDate, key FROM process_instances
    WHERE end_date IS NOT NULL AND parent_process_instance_key IS NULL AND end_date <= ? AND (end_date, key) > (?, ?) ORDER BY end_date, key LIMIT ?`));
  const called = written(many<{ key: Key }>(db, `SELECT p.key FROM element_instances e JOIN process_instances p ON p.parent_element_instance_key = e.key
    WHERE e.process_instance_key = ?`));
  const elements = written(one<{ count: number }>(db, 'SELECT count(*) AS count FROM element_instances WHERE process_instance_key = ?'));
  const runs = written(one<{ key: Key }>(db, 'SELECT key FROM process_instances WHERE key = ? AND end_date IS NULL'));
  const hasItem = one<{ id: number }>(db, `SELECT id FROM batch_operation_items WHERE process_instance_key = ? AND state = 'ACTIVE' LIMIT 1`);
  const evaluated = many<{ key: Key }>(db, `SELECT evaluation_key AS key FROM decision_instances
    WHERE process_instance_key IS NULL AND evaluated_at <= ? ORDER BY evaluated_at, evaluation_key LIMIT ?`);
  const items = many<{ key: Key }>(db, 'SELECT item_key AS key FROM batch_operation_items WHERE batch_operation_key = ? ORDER BY item_key LIMIT ?');
  const oldest = written(one<{ endDate: number }>(db, `SELECT end_date AS endDate FROM process_instances
    WHERE end_date IS NOT NULL AND parent_process_instance_key IS NULL ORDER BY end_date LIMIT 1`));
  const tree = (key: Key): Key[] => [key, ...called(key).flatMap((child) => tree(child.key))];
  return {
    ended: (endedBefore, after, most) => endedFrom(endedBefore, after?.endDate ?? 0, after?.key ?? 0, most),
    tree,
    elementsOf: (key) => elements(key)?.count ?? 0,
    isNeeded: (key) => runs(key) !== undefined || hasItem(key) !== undefined,
    evaluated: (before, most) => evaluated(before, most).map(({ key }) => key),
    endedBatch: one<{ key: Key }>(db, 'SELECT key FROM batch_operations WHERE end_date <= ? ORDER BY end_date LIMIT 1'),
    batchItems: (key, most) => items(key, most).map((item) => item.key),
    oldestEnd: () => oldest()?.endDate,
  };
}
