/** What `openLedger` builds on: where cases and keys are kept. Made for SQLite files, memory, or a PostgreSQL server. */
import type { Kysely } from 'kysely';
import type { ChainReader } from './chain/chain-reader.ts';
import type { HeadWriter } from './chain/head-writer.ts';
import type { Ledger } from './ledger.ts';
import type { Database, KeyDatabase } from './store/database.ts';
import type { Turns } from './store/node-sqlite-dialect.ts';
import type { Notices } from './store/notices.ts';
import type { OrderedCommits, Transaction } from './store/transaction.ts';
import type { KeyReader } from './vault/key-reader.ts';

/** One database: reads on `db`, units of work on `inTurn` within `transaction`. */
export type Store<Tables> = { db: Kysely<Tables>; inTurn: Kysely<Tables>; transaction: Transaction; turns: Turns };

export type ReaderKeys = { keys: KeyReader; publicKey: string };

export type Stores = {
  cases: Store<Database>;
  keys: Store<KeyDatabase>;
  /** Of the cases. */
  ordered: OrderedCommits;
  masterKey: Buffer;
  /** Null: signed heads stay in memory. */
  headsFile: string | null;
  announce: Ledger['announce'];
  /** What still holds the bytes of destroyed keys is cleaned, and other processes are told. */
  afterErasure: (keyIds: readonly string[]) => void | Promise<void>;
  /** The same for keys that were destroyed while another connection was reading. */
  cleanKeyLog: Ledger['cleanKeyLog'];
  cleanCaseLog: Ledger['cleanCaseLog'];
  /** Starts to hear of other processes. */
  listen: (hear: { notices: Notices; keyErased: (keyId: string) => void; forgetKeys: () => void }) => Promise<void>;
  openReader: (keys: ReaderKeys, heads: HeadWriter) => Promise<ChainReader>;
  exclusively: Ledger['exclusively'];
  /** True where this process is the only one: what an earlier run had claimed is free again. */
  alone: boolean;
  close: () => Promise<void>;
};
