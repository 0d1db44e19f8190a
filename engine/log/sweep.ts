// Takes out of the log what retention took out of the store: one pass from the first entry on, a little at a time.
import type { DatabaseSync } from 'node:sqlite';
import type { EngineEvent } from '../records.ts';
import { many, one, write } from '../store/statements.ts';
import { createSift } from './sift.ts';

export type LogSweep = {
  /** Begins at the first entry, up to the last that is there now; that one stays, as it knows the highest key. */
  readonly begin: () => void;
  /** Sifts entries, in a transaction of its own, for about so many milliseconds; false when the pass is done. Throws what the store throws; then the slice did not happen. */
  slice(budgetMs: number): boolean;
};

type Row = { readonly position: number; readonly events: Uint8Array };

export function createLogSweep(db: DatabaseSync, { machineTime = () => performance.now(), readAtOnce = 32 } = {}): LogSweep {
  const sift = createSift(db);
  const last = one<{ position: number }>(db, 'SELECT position FROM log ORDER BY position DESC LIMIT 1');
  const read = many<Row>(db, `SELECT position, events FROM log WHERE position > ? AND position < ? ORDER BY position LIMIT ${readAtOnce}`);
  const shorten = write(db, 'UPDATE log SET events = ? WHERE position = ?');
  const remove = write(db, 'DELETE FROM log WHERE position = ?');
  let cursor = 0;
  let end = 0;
  const take = ({ position, events }: Row) => {
    const all = JSON.parse(Buffer.from(events).toString('utf8')) as EngineEvent[];
    const left = all.map(sift).filter((event) => event !== undefined);
    if (left.length === 0) remove(position);
    else if (left.length < all.length || left.some((event, index) => event !== all[index])) shorten(Buffer.from(JSON.stringify(left)), position);
  };
  return {
    begin: () => {
      cursor = 0;
      end = last()?.position ?? 0;
    },
    slice: (budgetMs) => {
      const until = machineTime() + budgetMs;
      let reached = cursor;
      let rows: Row[];
      db.exec('BEGIN IMMEDIATE');
      try {
        do {
          rows = read(reached, end);
          for (const row of rows) take(row);
          reached = rows.at(-1)?.position ?? reached;
        } while (rows.length > 0 && machineTime() < until);
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
      cursor = reached;
      return rows.length > 0;
    },
  };
}
