// Transactions of the store, durable or light: a light commit does not wait for the disk (ADR 123).
import type { DatabaseSync } from 'node:sqlite';

export type Commits = {
  /** Opens a transaction. `light`: its commit is safe from the end of this process, but a power failure may take it back. */
  begin(durability: 'durable' | 'light'): void;
  /** `wrote`: whether there is anything to commit; without it nothing reaches the disk, and nothing before it either. */
  commit(wrote: boolean): void;
  /** Makes light commits durable; does nothing where there are none. Not inside a transaction. */
  sync(): void;
  /** Light commits that a power failure would take back. */
  unsynced(): number;
};

export function createCommits(db: DatabaseSync): Commits {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  // Any write will do, a commit without one does not reach the disk; this one is of one page and changes nothing.
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  let current: 'durable' | 'light' = 'durable';
  let unsynced = 0;
  const set = (durability: 'durable' | 'light') => {
    // SQLite refuses to change it inside a transaction.
    if (durability !== current) db.exec(`PRAGMA synchronous = ${durability === 'durable' ? 'FULL' : 'NORMAL'}`);
    current = durability;
  };
  return {
    begin: (durability) => {
      set(durability);
      begin.run();
    },
    commit: (wrote) => {
      commit.run();
      if (wrote) unsynced = current === 'durable' ? 0 : unsynced + 1;
    },
    sync: () => {
      if (unsynced === 0) return;
      set('durable');
      db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${version}; COMMIT`);
      unsynced = 0;
    },
    unsynced: () => unsynced,
  };
}
