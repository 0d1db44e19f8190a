/** One SQLite transaction after the other, each made of units that can be undone alone. */
import type { DatabaseSync } from 'node:sqlite';

/** `light`: the commit does not wait for the disk; a later durable one makes it durable too. */
export type Durability = 'durable' | 'light';

export type Transaction = {
  begin(durability: Durability): void;
  /** Before a unit. After it comes `keep` or `undo`. */
  mark(): void;
  keep(): void;
  undo(): void;
  commit(): void;
  rollback(): void;
};

/** In PostgreSQL a light one is `SET LOCAL synchronous_commit = off`, and the server groups commits by itself. */
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
  };
}
