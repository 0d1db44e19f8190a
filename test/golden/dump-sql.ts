/** Writes a SQLite file as SQL text, so that a golden store can be read, compared and kept in git: `node test/golden/dump-sql.ts FILE > STORE.sql`. */
import { DatabaseSync } from 'node:sqlite';

type Schema = { type: string; name: string; sql: string };

/** Schema, rows and version. Texts that hold a NUL, and blobs that are no UTF-8, are written as hex. */
export function dumpSql(db: DatabaseSync): string {
  const schema = db.prepare(`SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name`).all() as Schema[];
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => name);
  return [
    ...schema.map(({ sql }) => `${sql};`),
    ...tables.flatMap((table) => rowsOf(db, table)),
    ...plannerOf(db),
    `PRAGMA user_version = ${version};`,
    '',
  ].join('\n');
}

/** What the planner is told of the rows: a table of SQLite's own, which ANALYZE makes. */
function plannerOf(db: DatabaseSync): string[] {
  const isTold = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`).get() !== undefined;
  return isTold ? ['ANALYZE sqlite_schema;', ...rowsOf(db, 'sqlite_stat1')] : [];
}

function rowsOf(db: DatabaseSync, table: string): string[] {
  // Generated columns are not listed: they are computed anew.
  const columns = db.prepare(`PRAGMA table_info(${table})`).all().map(({ name }) => String(name)).join(', ');
  const rows = db.prepare(`SELECT ${columns} FROM ${table}`).all();
  return rows.map((row) => `INSERT INTO ${table} (${columns}) VALUES (${Object.values(row).map(literal).join(', ')});`);
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textLiteral(value);
  if (!(value instanceof Uint8Array)) throw new Error(`A column holds a ${typeof value}; only null, numbers, texts and blobs can be dumped.`);
  const text = Buffer.from(value).toString('utf8');
  const isText = !text.includes('\0') && Buffer.from(text).equals(Buffer.from(value));
  return isText ? `CAST(${textLiteral(text)} AS BLOB)` : hex(value);
}

function textLiteral(text: string): string {
  return text.includes('\0') ? `CAST(${hex(Buffer.from(text))} AS TEXT)` : `'${text.replaceAll("'", "''")}'`;
}

function hex(bytes: Uint8Array): string {
  return `X'${Buffer.from(bytes).toString('hex')}'`;
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('Name the SQLite file: node test/golden/dump-sql.ts FILE > STORE.sql');
  const db = new DatabaseSync(file, { readOnly: true });
  process.stdout.write(dumpSql(db));
  db.close();
}
