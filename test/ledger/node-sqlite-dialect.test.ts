// Kysely on node:sqlite.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { kyselyOn } from '../../ledger/store/node-sqlite-dialect.ts';
import { StorageError } from '../../ledger/index.ts';

type Tables = { things: { id: number; name: string | null } };

function openThings() {
  const file = new DatabaseSync(':memory:');
  file.exec('CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)');
  const db = kyselyOn<Tables>(file);
  onTestFinished(() => db.destroy());
  return db;
}

describe('the dialect for node:sqlite', () => {
  test('returns the rows of a select and of an insert with returning', async () => {
    const db = openThings();
    const inserted = await db.insertInto('things').values({ id: 1, name: 'a' }).returning('id').executeTakeFirst();
    expect(inserted?.id).toBe(1);
    expect(await db.selectFrom('things').selectAll().execute()).toMatchObject([{ id: 1, name: 'a' }]);
  });

  test('says how many rows a statement changed', async () => {
    const db = openThings();
    await db.insertInto('things').values([{ id: 1, name: 'a' }, { id: 2, name: 'a' }]).execute();
    const updated = await db.updateTable('things').set({ name: 'b' }).executeTakeFirst();
    expect(updated.numUpdatedRows).toBe(2n);
  });

  test('reads integers beyond 2^53 exactly, as bigints, and others as numbers', async () => {
    const { rows } = await sql<{ large: unknown; small: unknown }>`select 9007199254740993 as large, 7 as small`.execute(openThings());
    expect(rows[0]).toMatchObject({ large: 9007199254740993n, small: 7 });
  });

  test('refuses a value that SQLite cannot hold, instead of storing something else', async () => {
    await expect(sql`select ${{ a: 1 }}`.execute(openThings())).rejects.toThrow('cannot be stored');
  });

  test('never lets two transactions interleave at an await', async () => {
    const db = openThings();
    await db.insertInto('things').values({ id: 1, name: '0' }).execute();
    const addOne = () =>
      db.transaction().execute(async (tx) => {
        const { name } = await tx.selectFrom('things').select('name').executeTakeFirstOrThrow();
        await new Promise((resolve) => setImmediate(resolve));
        await tx.updateTable('things').set({ name: String(Number(name) + 1) }).execute();
      });
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect(await db.selectFrom('things').select('name').executeTakeFirst()).toMatchObject({ name: '20' });
  });

  test('does not show a reader what a transaction has not committed', async () => {
    const db = openThings();
    const failing = db.transaction().execute(async (tx) => {
      await tx.insertInto('things').values({ id: 1, name: 'a' }).execute();
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('undo');
    });
    const seen = db.selectFrom('things').selectAll().execute();
    await expect(failing).rejects.toThrow('undo');
    expect(await seen).toEqual([]);
  });

  test('names a storage error by its problem, and leaves other errors alone', async () => {
    const db = openThings();
    await sql`pragma query_only = on`.execute(db);
    await expect(db.insertInto('things').values({ id: 1, name: 'a' }).execute()).rejects.toMatchObject({ problem: 'read-only' });
    await expect(sql`select nonsense`.execute(db)).rejects.not.toBeInstanceOf(StorageError);
  });
});

describe('the schema', () => {
  test('has exactly the tables and columns that the code knows', () => {
    const source = readFileSync(new URL('../../ledger/store/database.ts', import.meta.url), 'utf8');
    for (const [file, type] of [['schema.sql', 'Database'], ['vault/keys.sql', 'KeyDatabase']] as const) {
      const database = new DatabaseSync(':memory:');
      database.exec(readFileSync(new URL(`../../ledger/${file}`, import.meta.url), 'utf8'));
      const tables = database.prepare("select name from sqlite_master where type = 'table'").all().map(({ name }) => String(name));
      expect(tables.toSorted()).toEqual([...tablesOf(source, type).keys()].toSorted());
      for (const [table, known] of tablesOf(source, type)) {
        const columns = database.prepare(`select name from pragma_table_info('${table}')`).all().map(({ name }) => String(name));
        expect(columns.toSorted(), table).toEqual(known.toSorted());
      }
      database.close();
    }
  });
});

/** Tables and columns of a type in database.ts, read as text. */
function tablesOf(source: string, type: string): Map<string, string[]> {
  const body = new RegExp(`export type ${type} = \\{\\n([\\s\\S]*?)\\n\\};`).exec(source)?.[1] ?? '';
  const tables = new Map<string, string[]>();
  for (const [, name, rest] of body.matchAll(/^ {2}(\w+): ((?:Recorded & )?\{[\s\S]*?\});$/gm)) {
    const columns = [...(rest ?? '').matchAll(/[{;\n]\s*(\w+): /g)].map(([, column]) => column ?? '');
    tables.set(name ?? '', rest?.startsWith('Recorded') ? [...columns, 'record_seq'] : columns);
  }
  return tables;
}
