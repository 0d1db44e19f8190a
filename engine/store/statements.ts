// Prepared statements as plain functions: the border where rows get their types.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Reads one row, or undefined. The columns must be those of `Row`. */
export function one<Row>(db: DatabaseSync, sql: string): (...values: SQLInputValue[]) => Row | undefined {
  const statement = db.prepare(sql);
  return (...values) => statement.get(...values) as Row | undefined;
}

/** Reads all rows. */
export function many<Row>(db: DatabaseSync, sql: string): (...values: SQLInputValue[]) => Row[] {
  const statement = db.prepare(sql);
  return (...values) => statement.all(...values) as Row[];
}

/** Writes; only `apply.ts` files use it. */
export function write(db: DatabaseSync, sql: string): (...values: SQLInputValue[]) => void {
  const statement = db.prepare(sql);
  return (...values) => {
    statement.run(...values);
  };
}
