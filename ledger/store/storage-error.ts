/** Says in a sentence why the store refused: disk full, read-only, damaged, in use. Nothing was changed then. */
import { z } from 'zod';

export type StorageProblem = 'disk-full' | 'read-only' | 'in-use' | 'damaged' | 'unreadable';

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;
  constructor(problem: StorageProblem, message: string, cause: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}

/** SQLite's primary result codes, https://sqlite.org/rescode.html. */
const problemByCode: Partial<Record<number, [StorageProblem, string]>> = {
  5: ['in-use', 'The ledger is locked by another program. End that program and try again.'],
  8: ['read-only', 'The ledger cannot be written: the data folder or its files are read-only. Give the server write access to it.'],
  10: ['unreadable', 'The disk under the ledger reported an error while reading or writing. Check the disk and its free space.'],
  11: ['damaged', 'The ledger file is damaged. Restore it from a backup and run "npm run verify".'],
  13: ['disk-full', 'The disk under the ledger is full; nothing was stored. Free some space, then repeat the request.'],
  14: ['unreadable', 'The ledger file cannot be opened. Check that the data folder exists and that the server may read and write it.'],
  26: ['damaged', 'A ledger file is not a database. Restore it from a backup and run "npm run verify".'],
};

const SqliteError = z.object({ code: z.literal('ERR_SQLITE_ERROR'), errcode: z.int() });

/** The same error with a sentence where the storage is the cause; every other error unchanged. */
export function asStorageError(error: unknown): unknown {
  const sqlite = SqliteError.safeParse(error);
  if (!sqlite.success) return error;
  const known = problemByCode[sqlite.data.errcode & 0xff];
  return known ? new StorageError(known[0], known[1], error) : error;
}
