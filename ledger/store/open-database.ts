/** Opens the SQLite files of the ledger: durable, write-ahead log, deleted content overwritten. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { schemas, scriptsFrom, type SchemaFile } from './schemas.ts';
import { asStorageError, StorageError } from './storage-error.ts';

/** After a kill the first to open the file brings its log back alone, and that may be a reader of a moment: "verify", a backup. */
const openingTimeoutMs = 5_000;

/** Opens the file, or memory where null; lays the schema in an empty one, brings an older one up to it. */
export function openDatabase(file: string | null, schemaFile: SchemaFile): DatabaseSync {
  try {
    const database = new DatabaseSync(file ?? ':memory:', { timeout: openingTimeoutMs, enableForeignKeyConstraints: true });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;');
    laySchema(database, schemaFile);
    // From here on nobody else writes; a wait would hold up everything in this process.
    database.exec('PRAGMA busy_timeout = 0');
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

function laySchema(database: DatabaseSync, schemaFile: SchemaFile): void {
  const wanted = schemas[schemaFile].version;
  const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (found > wanted) {
    throw new StorageError('unreadable', `The data folder was written by a newer Stellwerk (schema ${found}, this one knows ${wanted}). Start the newer version.`, undefined);
  }
  for (const { file, version } of scriptsFrom(found === 0 ? null : found, schemaFile)) runScript(database, file, version);
}

/** Whole or not at all: the version changes in the same transaction. */
function runScript(database: DatabaseSync, file: string, version: number): void {
  const script = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(`${script} PRAGMA user_version = ${version}; COMMIT;`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
