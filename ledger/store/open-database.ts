/** Opens the SQLite files of the ledger: durable, write-ahead log, deleted content overwritten. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asStorageError, StorageError } from './storage-error.ts';

/** Raised with every change of a schema; an older file is then brought up to it. */
const schemaVersion = 1;

/** Opens the file, or memory where null, and lays the schema in an empty one. */
export function openDatabase(file: string | null, schemaFile: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file ?? ':memory:', { timeout: 0, enableForeignKeyConstraints: true });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;');
    laySchema(database, schemaFile);
    return database;
  } catch (error) {
    throw asStorageError(error);
  }
}

/** A second, reading connection to a file that a server may be writing. */
export function openReadOnly(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Overwrites what the write-ahead log still holds of deleted content. */
export function emptyWriteAheadLog(database: DatabaseSync): void {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function laySchema(database: DatabaseSync, schemaFile: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version === schemaVersion) return;
  if (version > schemaVersion) {
    throw new StorageError('unreadable', `The data folder was written by a newer Stellwerk (schema ${version}, this one knows ${schemaVersion}). Start the newer version.`, undefined);
  }
  const schema = readFileSync(join(import.meta.dirname, '..', schemaFile), 'utf8');
  database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT;`);
}
