// When a batch of commands is committed: at once, or together with the next one that must not be lost (ADR 123).
import type { DatabaseSync } from 'node:sqlite';

export type Commits = {
  /** Opens a transaction for a batch, or goes on with the one that is held open. */
  begin(): void;
  /** Takes back what the batch did since `begin`, and nothing of what is held; the batch goes on. */
  restart(): void;
  /** Ends a batch: `durable` commits and waits for the disk, `light` leaves the transaction open where it wrote something. */
  end(durability: 'durable' | 'light', wrote: boolean): void;
  /** Light batches that are not committed: the end of the process takes them back. */
  held(): number;
  /** Commits what is held. Not inside a batch. */
  flush(): void;
  /** Calls the listener after each commit that waited for the disk, with the milliseconds that it took; returns what takes it off again. */
  onCommit(listener: (ms: number) => void): () => void;
  /** Takes back the batch and all that is held with it. */
  rollback(): void;
};

/** `before` comes before each commit that waits for the disk; where it throws nothing is committed. */
export function createCommits(db: DatabaseSync, before: () => void = () => {}): Commits {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const savepoint = db.prepare('SAVEPOINT batch');
  const release = db.prepare('RELEASE batch');
  let hasSavepoint = false;
  const listeners = new Set<(ms: number) => void>();
  let held = 0;
  const measuredCommit = () => {
    before();
    const began = performance.now();
    commit.run();
    for (const listener of listeners) listener(performance.now() - began);
  };
  const flush = () => {
    if (db.isTransaction) measuredCommit();
    else if (held > 0) throw new Error('The store took back what waited for its commit.');
    held = 0;
  };
  /** Ends without the disk, and is no commit to those who measure. */
  const endUnwritten = () => {
    if (db.isTransaction) commit.run();
  };
  return {
    begin: () => {
      hasSavepoint = db.isTransaction;
      (hasSavepoint ? savepoint : begin).run();
    },
    restart: () => {
      db.exec(hasSavepoint ? 'ROLLBACK TO batch' : 'ROLLBACK; BEGIN IMMEDIATE');
    },
    end: (durability, wrote) => {
      if (hasSavepoint) release.run();
      if (durability === 'light' && wrote) held += 1;
      if (held === 0 && !wrote) endUnwritten();
      else if (durability === 'durable') flush();
    },
    held: () => held,
    flush,
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    rollback: () => {
      // A full disk may have taken it back already.
      if (db.isTransaction) db.exec('ROLLBACK');
      held = 0;
    },
  };
}
