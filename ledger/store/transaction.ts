/** One transaction after the other, each made of units that can be undone alone. */
import type { DatabaseSync } from 'node:sqlite';

/** `light`: the commit does not wait for the disk; a later durable one makes it durable too. */
export type Durability = 'durable' | 'light';

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

/** On the one connection of a SQLite file. */
export function createTransaction(database: DatabaseSync): Transaction {
  const prepare = (sql: string): (() => void) => {
    const statement = database.prepare(sql);
    return () => void statement.run();
  };
  const begin = prepare('BEGIN IMMEDIATE');
  const savepoint = prepare('SAVEPOINT unit');
  const rollbackToSavepoint = prepare('ROLLBACK TO unit');
  const release = prepare('RELEASE unit');
  const rollback = prepare('ROLLBACK');
  let current: Durability = 'durable';
  let isFirst = true;
  return {
    begin: (durability) => {
      // SQLite refuses to change it inside a transaction.
      if (durability !== current) database.exec(`PRAGMA synchronous = ${durability === 'durable' ? 'FULL' : 'NORMAL'}`);
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
    commit: prepare('COMMIT'),
    rollback,
    isUnderWay: () => database.isOpen && database.isTransaction,
  };
}
