// Opens the engine's SQLite file: one process at a time, write-ahead log, every commit fsynced.
import { accessSync, constants, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './is-busy.ts';
import { OPENING_TIMEOUT_MS } from './opening-timeout.ts';

export type Store = { readonly db: DatabaseSync; close(): void };

/** Of the store that this program reads and writes. */
export const SCHEMA_VERSION = 5;
/** What an older store lacks, by the version that it has. */
const upgrades: Readonly<Record<number, string>> = { 2: './upgrade-to-3.sql', 3: './upgrade-to-4.sql', 4: './upgrade-to-5.sql' };

/** Opens or creates the store; throws a sentence when another process has it or when it is of another version. `check` may throw before anything is written. */
export function openStore(file: string, check: (db: DatabaseSync) => void = () => {}): Store {
  let lock: DatabaseSync | undefined;
  let opened: DatabaseSync | undefined;
  try {
    if (file !== ':memory:') lock = takeLock(file);
    const db = new DatabaseSync(file, { timeout: OPENING_TIMEOUT_MS });
    opened = db;
    // SQLite opens a file that is read-only without a word.
    if (file !== ':memory:') refuseReadOnly(file);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000');
    check(db);
    createSchema(db, file);
    // From here on nobody else writes; a wait would hold up everything in this process.
    db.exec('PRAGMA busy_timeout = 0');
    return {
      db,
      close: () => {
        db.close();
        lock?.close();
      },
    };
  } catch (error) {
    opened?.close();
    lock?.close();
    throw asSentence(error, file);
  }
}

function refuseReadOnly(file: string): void {
  try {
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw new Error(`The engine's store ${file} cannot be used: it is read-only. Let the server write it and its folder.`, { cause: error });
  }
}

/** SQLite says what is wrong, but not where, nor what to do. */
function asSentence(error: unknown, file: string): unknown {
  const isOfSqlite = error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
  return isOfSqlite ? new Error(`The engine's store ${file} cannot be used: ${error.message}. Restore it from a backup, or let the server read and write it.`, { cause: error }) : error;
}

/** A database beside the store that stays exclusively locked as long as this process lives, however it ends. */
function takeLock(file: string): DatabaseSync {
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new Error(`The engine's store ${file} is in use by another process. End that process, or give this one a data folder of its own.`, { cause: error });
  }
  return lock;
}

function createSchema(db: DatabaseSync, file: string): void {
  const found = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (found === SCHEMA_VERSION) return;
  if (found !== 0) return upgrade(db, file, Number(found));
  const schema = readFileSync(new URL('../schema.sql', import.meta.url), 'utf8');
  db.exec(`BEGIN; ${schema}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
}

/** Step by step; a store of a newer program, or one too old, is left as it is. */
function upgrade(db: DatabaseSync, file: string, found: number): void {
  const script = upgrades[found];
  if (script === undefined) throw new Error(`The engine's store ${file} has version ${found}, this program reads version ${SCHEMA_VERSION}. Start the program that wrote it.`);
  db.exec(`BEGIN; ${readFileSync(new URL(script, import.meta.url), 'utf8')}; PRAGMA user_version = ${found + 1}; COMMIT`);
  createSchema(db, file);
}
