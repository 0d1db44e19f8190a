// Prepared statements as plain functions: the border where rows get their types.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** Reads one row, or undefined. The columns must be those of `Row`. */
export function one<Row>(db: DatabaseSync, sql: string): (...values: SQLInputValue[]) => Row | undefined {
  const statement = db.prepare(sql);
  const rowOf = createRowOf<Row>(statement);
  return (...values) => {
    const found: unknown = statement.get(...values);
    return found === undefined ? undefined : rowOf(found as Columns);
  };
}

/** Reads all rows. */
export function many<Row>(db: DatabaseSync, sql: string): (...values: SQLInputValue[]) => Row[] {
  const statement = db.prepare(sql);
  const rowOf = createRowOf<Row>(statement);
  return (...values) => (statement.all(...values) as unknown as Columns[]).map(rowOf);
}

/** Writes; only appliers and the log use it. */
export function write(db: DatabaseSync, sql: string): (...values: SQLInputValue[]) => void {
  const statement = db.prepare(sql);
  return (...values) => {
    statement.run(...values);
  };
}

type Columns = readonly unknown[];

/**
 * Rows come as arrays and are made objects here: Node names each column of each row anew and makes dictionaries of them,
 * which takes more than twice as long as the whole read takes this way.
 */
function createRowOf<Row>(statement: StatementSync): (columns: Columns) => Row {
  statement.setReturnArrays(true);
  const names = statement.columns().map(({ name }) => name);
  return (columns) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] ?? ''] = columns[index];
    return row as Row;
  };
}
