/** Says in a sentence why the store refused: disk full, read-only, damaged, in use. Nothing was changed then. */
import { z } from 'zod';

export type StorageProblem = 'disk-full' | 'read-only' | 'in-use' | 'damaged' | 'unreadable' | 'unreachable';

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
  if (!sqlite.success) return asPostgresError(error);
  const known = problemByCode[sqlite.data.errcode & 0xff];
  return known ? new StorageError(known[0], known[1], error) : error;
}

const lost = 'The PostgreSQL ledger cannot be reached. Nothing that was not acknowledged counts as stored: repeat the request once the server is back.';
const busy = 'The PostgreSQL ledger takes no more connections. Raise its max_connections or run fewer processes.';

/** By SQLSTATE, or its class of two characters: https://www.postgresql.org/docs/current/errcodes-appendix.html. And the system's own codes of lost connections. */
const postgresProblems: Readonly<Record<string, [StorageProblem, string]>> = {
  '53100': ['disk-full', 'The disk under the PostgreSQL ledger is full; nothing was stored. Free some space, then repeat the request.'],
  '53300': ['unreachable', busy],
  '25006': ['read-only', 'The PostgreSQL ledger is read-only. Give DATABASE_URL the primary server.'],
  '28': ['unreadable', 'PostgreSQL refused the user or password of DATABASE_URL. Correct them.'],
  '3D': ['unreadable', 'The database that DATABASE_URL names does not exist. Create it, or correct the address.'],
  '42501': ['unreadable', 'The user of DATABASE_URL lacks a right on the database: it must be allowed to create a schema and to write in it.'],
  '55P03': ['unreachable', 'Another process holds the PostgreSQL ledger and does not let go. Look for one that hangs; nothing of this was stored, repeat the request.'],
  '25P03': ['unreachable', lost],
  '08': ['unreachable', lost],
  '57P': ['unreachable', lost],
  XX: ['damaged', 'PostgreSQL reports damaged data. Restore the ledger from a backup and run "npm run verify".'],
  ECONNREFUSED: ['unreachable', lost],
  ECONNRESET: ['unreachable', lost],
  EPIPE: ['unreachable', lost],
  ETIMEDOUT: ['unreachable', lost],
  ENOTFOUND: ['unreachable', 'The host of DATABASE_URL is not known. Correct the address.'],
  EAI_AGAIN: ['unreachable', 'The host of DATABASE_URL cannot be looked up now. Check the network.'],
};

const CodedError = z.object({ code: z.string() });
/** The driver says these without a code. */
const lostMessages = /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed|timeout expired/;

function asPostgresError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const { code } = CodedError.safeParse(error).data ?? {};
  const known = code === undefined ? undefined : (postgresProblems[code] ?? postgresProblems[code.slice(0, 3)] ?? postgresProblems[code.slice(0, 2)]);
  if (known) return new StorageError(known[0], known[1], error);
  if (lostMessages.test(error.message)) return new StorageError('unreachable', lost, error);
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return first === undefined ? error : asPostgresError(first);
}
