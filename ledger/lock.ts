/** One process per data folder. The lock is an open transaction on a database of its own: it ends with the process. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { asStorageError, StorageError } from './store/storage-error.ts';

export type Lock = { release(): void };

/** Throws a sentence where another process has the folder. */
export function takeLock(dataDir: string): Lock {
  const database = openLockFile(join(dataDir, 'ledger-lock.db'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    const problem = asStorageError(error);
    if (!(problem instanceof StorageError) || problem.problem !== 'in-use') throw problem;
    throw new StorageError('in-use', `Another Stellwerk process is using the data folder ${dataDir}. End it first, or set STELLWERK_DATA to another folder.`, error);
  }
  return { release: () => database.close() };
}

function openLockFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw asStorageError(error);
  }
}
