// Prepared reads, kept per store: preparing a search costs more than running it.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { boundedCache, type BoundedCache } from '../../store/bounded-cache.ts';
import { addJavaHash } from './java-hash.ts';

const KEPT = 200;
/** A store that was closed (a snapshot of delayed searches) takes its statements along. */
const statementsByStore = new WeakMap<DatabaseSync, BoundedCache<string, StatementSync>>();

/** The statement of this text on this store. */
export function prepared(db: DatabaseSync, sql: string): StatementSync {
  let statements = statementsByStore.get(db);
  if (statements === undefined) {
    statements = boundedCache(KEPT);
    addJavaHash(db);
    statementsByStore.set(db, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement;
}
