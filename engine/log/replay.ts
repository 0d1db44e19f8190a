// Rebuilds the state from the log: the events are applied again, nothing is decided again.
import type { DatabaseSync } from 'node:sqlite';
import { createApply } from '../processing/apply.ts';
import { openInstanceRows } from '../processing/instance-rows.ts';
import { createLog, readLog } from './log.ts';

export type ReplayOptions = {
  /** False: the log itself is not copied. */
  readonly keepLog?: boolean;
  /** Called before each entry is applied. */
  readonly onEntry?: (position: number) => void;
};

/** Reads the log of one store into another, empty one. */
export function replay(from: DatabaseSync, into: DatabaseSync, { keepLog = true, onEntry }: ReplayOptions = {}): void {
  const rows = openInstanceRows(into);
  const apply = createApply(into, rows);
  const append = createLog(into);
  into.exec('BEGIN');
  for (const entry of readLog(from)) {
    onEntry?.(entry.position);
    for (const event of entry.events) apply(event, entry.at);
    rows.write();
    rows.forget();
    if (keepLog) append(entry);
  }
  dropOrphans(into);
  into.exec('COMMIT');
}

/** While the log is being sifted, the first events of a purged process instance have left it and later ones not: what those write belongs to nothing. */
function dropOrphans(db: DatabaseSync): void {
  const isNoElement = (column: string) => `NOT EXISTS (SELECT 1 FROM element_instances WHERE key = ${column})`;
  const isNoScope = (column: string) => `${isNoElement(column)} AND NOT EXISTS (SELECT 1 FROM process_instances WHERE key = ${column})`;
  db.exec(`
    DELETE FROM multi_instances WHERE ${isNoElement('element_instance_key')};
    DELETE FROM fulfilled_ad_hoc_sub_processes WHERE ${isNoElement('element_instance_key')};
    DELETE FROM held_follow_ups WHERE ${isNoScope('instance_key')};
    DELETE FROM waiting_tokens WHERE ${isNoScope('scope_key')};
    DELETE FROM user_task_candidates WHERE NOT EXISTS (SELECT 1 FROM user_tasks WHERE key = user_task_key)`);
}
