/** The stores of a data folder, or of memory: two SQLite files that one process has for itself. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openFolderReader, readerOf } from '../chain/open-reader.ts';
import { takeLock } from '../lock.ts';
import type { Store, Stores } from '../stores.ts';
import { readOrMakeMasterKey } from '../vault/master-key.ts';
import type { Database, KeyDatabase } from './database.ts';
import { shareDatabase } from './node-sqlite-dialect.ts';
import { emptyWriteAheadLog, openDatabase } from './open-database.ts';
import { createTransaction } from './transaction.ts';

/** Null: nothing on disk. Throws a sentence where another process has the folder. */
export async function openSqliteStores(dataDir: string | null): Promise<Stores> {
  const closers: (() => void)[] = [];
  const closeAll = (): void => { for (const close of closers.splice(0).reverse()) close(); };
  try {
    return open(dataDir, closers, closeAll);
  } catch (error) {
    closeAll();
    throw error;
  }
}

function open(dataDir: string | null, closers: (() => void)[], closeAll: () => void): Stores {
  const folder = dataDir === null ? null : prepareFolder(dataDir, closers);
  const keyFile = openDatabase(folder && join(folder.path, 'vault-keys.db'), 'vault/keys.sql');
  closers.push(() => { closeIfOpen(keyFile); });
  const caseFile = openDatabase(folder && join(folder.path, 'ledger.db'), 'schema.sql');
  closers.push(() => { closeIfOpen(caseFile); });
  const transaction = createTransaction(caseFile, folder === null ? undefined : () => { syncWriteAheadLog(join(folder.path, 'ledger.db')); });
  const cases: Store<Database> = { ...shareDatabase<Database>(caseFile), transaction };
  const keys: Store<KeyDatabase> = { ...shareDatabase<KeyDatabase>(keyFile), transaction: createTransaction(keyFile) };
  return {
    cases,
    keys,
    ordered: transaction.ordered,
    masterKey: folder?.masterKey ?? randomBytes(32),
    headsFile: folder && join(folder.path, 'heads.jsonl'),
    announce: () => Promise.resolve(),
    afterErasure: () => { emptyWriteAheadLog(keyFile); },
    cleanKeyLog: () => cleanLog(keys, keyFile),
    cleanCaseLog: () => cleanLog(cases, caseFile),
    listen: () => Promise.resolve(),
    openReader: (keys, heads) => (folder ? openFolderReader(folder.path, keys) : readerOf({ db: cases.db, heads: heads.all(), ...keys })),
    exclusively: (_name, work) => work(),
    alone: true,
    close: () => Promise.resolve(closeAll()),
  };
}

/** SQLite's own wait for the disk is of its file, whoever has it open. */
function syncWriteAheadLog(file: string): void {
  const log = openSync(`${file}-wal`, 'r+');
  try {
    fdatasyncSync(log);
  } finally {
    closeSync(log);
  }
}

async function cleanLog({ turns }: Pick<Store<unknown>, 'turns'>, database: DatabaseSync): Promise<void> {
  await turns.take();
  try {
    if (database.isOpen) emptyWriteAheadLog(database);
  } finally {
    turns.give();
  }
}

function prepareFolder(path: string, closers: (() => void)[]): { path: string; masterKey: Buffer } {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = takeLock(path);
  closers.push(() => { lock.release(); });
  const keysFile = join(path, 'vault-keys.db');
  return { path, masterKey: readOrMakeMasterKey(join(path, 'master.key'), existsSync(keysFile) ? keysFile : null) };
}

function closeIfOpen(database: DatabaseSync): void {
  if (database.isOpen) database.close();
}
