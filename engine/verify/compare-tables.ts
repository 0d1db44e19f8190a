// Compares two stores table by table and row by row, one row in memory at a time.
import type { DatabaseSync } from 'node:sqlite';

export type Comparison = { readonly tables: number; readonly rows: number; /** The first difference of each table that has one. */ readonly differences: readonly string[] };

type Row = Record<string, unknown>;

/** A number that SQLite gave: rows that were purged are not counted again by a replay. */
const ROW_NUMBER = 'id';

/** `left` is called "the store" and `right` "the log" in what it says. Tables named in `except` are left out. */
export function compareTables(left: DatabaseSync, right: DatabaseSync, except: readonly string[], onRows: (rows: number) => void): Comparison {
  const present = [tablesOf(left), tablesOf(right)];
  const tables = [...new Set(present.flat())].filter((table) => !except.includes(table)).sort();
  const differences: string[] = [];
  let rows = 0;
  for (const table of tables) {
    const missing = present.findIndex((names) => !names.includes(table));
    if (missing >= 0) {
      differences.push(missing === 0 ? `The store has no table ${table}.` : `The store has a table ${table} that this version does not know.`);
      continue;
    }
    const key = keyOf(left, table);
    const sql = `SELECT * FROM ${table} ORDER BY ${key.length === 0 ? 'rowid' : key.join(', ')}`;
    const others = right.prepare(sql).iterate();
    let difference: string | undefined;
    for (const row of left.prepare(sql).iterate()) {
      if (++rows % 1_000 === 0) onRows(rows);
      const other = others.next();
      difference = differs(table, row, other.done === true ? undefined : other.value, key);
      if (difference !== undefined) break;
    }
    const more = difference === undefined ? others.next() : undefined;
    if (more?.done === false) difference = `Table ${table}: the log says that there is a row ${named(more.value, key)}, the store has none.`;
    others.return?.();
    if (difference !== undefined) differences.push(difference);
  }
  return { tables: tables.length, rows, differences };
}

/** Without SQLite's own. */
export function tablesOf(db: DatabaseSync): string[] {
  return db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all().map(({ name }) => String(name));
}

/** Columns of the primary key; none where it is the row id. */
function keyOf(db: DatabaseSync, table: string): string[] {
  const columns = db.prepare(`SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`).all(table);
  return columns.map(({ name }) => String(name));
}

function differs(table: string, row: Row, other: Row | undefined, key: readonly string[]): string | undefined {
  if (other === undefined) return `Table ${table}: the store has a row ${named(row, key)}, the log says that there is none.`;
  const column = Object.keys(row).find((name) => name !== ROW_NUMBER && !isSame(row[name], other[name]));
  if (column === undefined) return undefined;
  if (key.includes(column)) return `Table ${table}: the store has a row ${named(row, key)} where the log has ${named(other, key)}.`;
  return `Table ${table}, row ${named(row, key)}: ${column} is ${shown(row[column])} in the store and ${shown(other[column])} by the log.`;
}

function named(row: Row, key: readonly string[]): string {
  return key.map((column) => `${column} = ${shown(row[column])}`).join(', ');
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  return one === other;
}

/** Values of variables may be personal: they are named by their length only. */
function shown(value: unknown): string {
  if (typeof value === 'string' && value.length > 40) return `a text of ${value.length} characters`;
  return value instanceof Uint8Array ? `${value.length} bytes` : String(value);
}
