// Proves an engine's file: the log, applied to an empty store, must give the very rows that are there. Reads only, also while a server writes.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { replay } from '../log/replay.ts';
import { SCHEMA_VERSION } from '../store/open-store.ts';
import { compareTables, tablesOf } from './compare-tables.ts';

export type StoreVerdict =
  | { readonly ok: true; readonly commands: number; readonly tables: number; readonly rows: number }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Called now and then with what is being done and how much of it is done, from 0 to 1. */
export type Progress = (what: string, share: number) => void;

/**
 * `db` is a view of the store that stays as it is (a read transaction). What is rebuilt lies in a temporary file of
 * SQLite's, about as large as the store, in the folder that SQLITE_TMPDIR or TMPDIR names.
 */
export function verifyStore(db: DatabaseSync, progress: Progress = () => {}): StoreVerdict {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version !== SCHEMA_VERSION) {
    const what = version < SCHEMA_VERSION ? 'older: start the server on it once, which brings it up to date' : 'newer: use the program that wrote it';
    return { ok: false, faults: [`The store has version ${version}, this program reads version ${SCHEMA_VERSION}. It is ${what}.`] };
  }
  const commands = Number(db.prepare('SELECT count(*) AS n FROM log').get()?.['n']);
  // An empty name is a temporary database: private, on disk when it grows, gone when it is closed.
  const rebuilt = new DatabaseSync('');
  try {
    rebuilt.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536');
    rebuilt.exec(readFileSync(new URL('../schema.sql', import.meta.url), 'utf8'));
    const fault = rebuild(db, rebuilt, (done) => progress('replaying the log of the engine', done / commands));
    if (fault !== undefined) return { ok: false, faults: [fault] };
    const total = countRows(db);
    const { differences, tables, rows } = compareTables(db, rebuilt, ['log'], (done) => progress("comparing the engine's rows", done / total));
    return differences.length > 0 ? { ok: false, faults: differences } : { ok: true, commands, tables, rows };
  } finally {
    rebuilt.close();
  }
}

/** What is wrong with the log itself, if anything. */
function rebuild(from: DatabaseSync, into: DatabaseSync, onEntries: (done: number) => void): string | undefined {
  let at = 0;
  let done = 0;
  try {
    replay(from, into, {
      keepLog: false,
      onEntry: (position) => {
        at = position;
        if (++done % 1_000 === 0) onEntries(done);
      },
    });
    return undefined;
  } catch (error) {
    return `Entry ${at} of the log cannot be applied: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Roughly: only to tell how far the comparison is. */
function countRows(db: DatabaseSync): number {
  return tablesOf(db).filter((table) => table !== 'log').reduce((sum, table) => sum + Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']), 0);
}
