/** One transaction after the other, each made of units that can be undone alone. */
import type { DatabaseSync } from 'node:sqlite';

/**
 * `light`: the commit does not wait for the disk; a later durable one makes it durable too. `ordered`: nor does this
 * one where the store's `ordered.rely()` was called, but `ordered.sync()` waits for it, before anybody builds on it for good.
 */
export type Durability = 'durable' | 'ordered' | 'light';

/** Commits that are on disk before what follows from them is, elsewhere (ADR 135). */
export type OrderedCommits = {
  /** From here on ordered units do not wait for the disk: who calls it promises to `sync` before anything that follows from them is on disk. */
  readonly rely: () => void;
  /** Returns once all ordered units that were answered are on disk; throws where they could not be. */
  readonly sync: () => void;
};

/** Where every ordered unit waits for the disk itself. */
export const alwaysSynced: OrderedCommits = { rely: () => {}, sync: () => {} };

export type Transaction = {
  begin(durability: Durability): Done;
  /** Before a unit. After it comes `keep` or `undo`. */
  mark(): Done;
  keep(): Done;
  undo(): Done;
  commit(): Done;
  rollback(): Done;
  /** False where the store has taken the whole transaction back by itself, or is closed. */
  isUnderWay(): boolean;
};

/** SQLite answers at once, a server later. */
type Done = void | Promise<void>;

/** On the one connection of a SQLite file. `syncLog` waits for the disk with all that is in its write-ahead log. */
export function createTransaction(database: DatabaseSync, syncLog?: () => void): Transaction & { ordered: OrderedCommits } {
  const prepare = (sql: string): (() => void) => {
    const statement = database.prepare(sql);
    return () => void statement.run();
  };
  const begin = prepare('BEGIN IMMEDIATE');
  const savepoint = prepare('SAVEPOINT unit');
  const rollbackToSavepoint = prepare('ROLLBACK TO unit');
  const release = prepare('RELEASE unit');
  const rollback = prepare('ROLLBACK');
  const commit = prepare('COMMIT');
  let current: Durability = 'durable';
  let isFull = true;
  let isFirst = true;
  let isReliedOn = false;
  let isUnsynced = false;
  return {
    begin: (durability) => {
      const waits = durability === 'durable' || (durability === 'ordered' && !isReliedOn);
      // SQLite refuses to change it inside a transaction.
      if (waits !== isFull) database.exec(`PRAGMA synchronous = ${waits ? 'FULL' : 'NORMAL'}`);
      isFull = waits;
      current = durability;
      isFirst = true;
      begin();
    },
    // The first unit is undone with the transaction, and costs no savepoint: on a quiet server most are alone.
    mark: () => {
      if (!isFirst) savepoint();
    },
    keep: () => {
      if (!isFirst) release();
      isFirst = false;
    },
    undo: () => {
      if (isFirst) {
        rollback();
        begin();
        return;
      }
      rollbackToSavepoint();
      release();
    },
    commit: () => {
      commit();
      // A commit that waits takes the whole log to the disk.
      if (isFull) isUnsynced = false;
      else if (current === 'ordered') isUnsynced = true;
    },
    rollback,
    isUnderWay: () => database.isOpen && database.isTransaction,
    ordered: {
      rely: () => {
        isReliedOn = syncLog !== undefined;
      },
      sync: () => {
        // Closing the database has written all of it.
        if (!isUnsynced || !database.isOpen) return;
        syncLog?.();
        isUnsynced = false;
      },
    },
  };
}
