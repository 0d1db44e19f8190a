// Reads of what can be compensated.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import { many, one } from '../store/statements.ts';

export type CompensationRow = {
  readonly key: Key;
  readonly activityId: string;
  readonly activityKey: Key;
  readonly handlerId: string | null;
  readonly throwKey: Key | null;
};

export type CompensationReads = {
  /** What was completed in this scope and not compensated, oldest first. */
  openIn(scopeKey: Key): CompensationRow[];
  ofHandler(handlerKey: Key): CompensationRow | undefined;
  /** For how many handlers the event instance waits. */
  openOf(throwKey: Key): number;
};

const columns = 'key, activity_id AS activityId, activity_key AS activityKey, handler_id AS handlerId, throw_key AS throwKey';

export function readCompensations(db: DatabaseSync): CompensationReads {
  const count = one<{ count: number }>(db, 'SELECT count(*) AS count FROM compensation_subscriptions WHERE throw_key = ?');
  return {
    openIn: many<CompensationRow>(db, `SELECT ${columns} FROM compensation_subscriptions WHERE scope_key = ? AND throw_key IS NULL ORDER BY key`),
    ofHandler: one<CompensationRow>(db, `SELECT ${columns} FROM compensation_subscriptions WHERE handler_key = ?`),
    openOf: (throwKey) => count(throwKey)?.count ?? 0,
  };
}
