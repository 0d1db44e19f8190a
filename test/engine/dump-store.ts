// All rows of a store, and of one that is rebuilt from its log.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { replay } from '../../engine/log/replay.ts';

const schema = readFileSync(new URL('../../engine/schema.sql', import.meta.url), 'utf8');

/** Every table with all its rows. */
export function dumpTables(db: DatabaseSync): Record<string, unknown[]> {
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).all();
  return Object.fromEntries(tables.map(({ name }) => [String(name), db.prepare(`SELECT * FROM ${String(name)}`).all()]));
}

/** The same of an empty store to which this one's log was applied. */
export function dumpRebuilt(db: DatabaseSync): Record<string, unknown[]> {
  const rebuilt = new DatabaseSync(':memory:');
  rebuilt.exec(schema);
  replay(db, rebuilt);
  const tables = dumpTables(rebuilt);
  rebuilt.close();
  return tables;
}

/**
 * What must be the same after a replay when something was purged: all state, without the log itself, which is shorter, and
 * without the row numbers that SQLite gave (`id`), as those of purged rows are not counted again.
 */
export function stateOf(tables: Record<string, unknown[]>): Record<string, unknown[]> {
  const withoutId = (row: unknown) => Object.fromEntries(Object.entries(row as object).filter(([column]) => column !== 'id'));
  return Object.fromEntries(Object.entries(tables).filter(([table]) => table !== 'log').map(([table, rows]) => [table, rows.map(withoutId)]));
}
