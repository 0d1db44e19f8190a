/** The open ledger: what every statement of this folder takes as its first argument. */
import type { Kysely } from 'kysely';
import type { CaseChange } from './cases/case-change.ts';
import type { Clock } from './clock.ts';
import type { HeadWriter } from './chain/head-writer.ts';
import type { ServiceCache } from './services/service-cache.ts';
import type { Database } from './store/database.ts';
import type { GroupCommit } from './store/group-commit.ts';
import type { Notices } from './store/notices.ts';
import type { OrderedCommits } from './store/transaction.ts';
import type { Vault } from './vault/vault.ts';
import type { ChainReader } from './chain/chain-reader.ts';

/** Made by `openLedger`. Only the statements of `ledger/` look inside; others pass it on and call `close`. */
export type Ledger = {
  readonly clock: Clock;
  readonly db: Kysely<Database>;
  /** The same connection for units of work: only `transact` uses it. */
  readonly inTurn: Kysely<Database>;
  readonly commits: GroupCommit;
  /** For who keeps what the engine's workers do in a store of its own. */
  readonly ordered: OrderedCommits;
  readonly vault: Vault;
  readonly heads: HeadWriter;
  readonly notices: Notices;
  readonly services: ServiceCache;
  /** Inside a unit: tells the other processes of this ledger once it is committed. There are none beside a SQLite file. */
  announce(news: { changes: readonly CaseChange[]; outbox: boolean }): Promise<void>;
  /** Runs the work while no other process of this ledger runs work of that name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** A view of the chain for `verifyChain` that does not hold up the writers. */
  openReader(): Promise<ChainReader>;
  /** After a backup was copied: overwrites destroyed keys that were kept for it in the write-ahead log. */
  cleanKeyLog(): Promise<void>;
  /** After cases were erased: overwrites what the write-ahead log still holds of their entries. */
  cleanCaseLog(): Promise<void>;
  close(): Promise<void>;
};
