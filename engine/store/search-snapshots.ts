// Test switch: searches that lag behind, as a cluster's do. Holds snapshots of the store and shows one of a while ago.
import { DatabaseSync } from 'node:sqlite';

export type SearchSnapshots = { current(): DatabaseSync; /** Takes a snapshot now, beside the regular ones. */ take(): void; close(): void };

/** Takes a snapshot every quarter of the delay; `current` is the newest one that is at least `delayMs` old. */
export function openSearchSnapshots(file: string, delayMs: number, wallTime: () => number = Date.now): SearchSnapshots {
  if (file === ':memory:') throw new Error('Searches can lag behind only on a file: give the engine one, or leave searchDelayMs out.');
  const snapshots: { readonly db: DatabaseSync; readonly takenAt: number }[] = [];
  const take = () => {
    const db = new DatabaseSync(file, { readOnly: true });
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    snapshots.push({ db, takenAt: wallTime() });
    dropOutdated();
  };
  const dropOutdated = () => {
    let next = snapshots[1];
    while (next !== undefined && wallTime() - next.takenAt >= delayMs) {
      snapshots.shift()?.db.close();
      next = snapshots[1];
    }
  };
  take();
  const ticking = setInterval(take, Math.max(10, delayMs / 4));
  ticking.unref();
  return {
    take,
    current: () => {
      dropOutdated();
      const oldest = snapshots[0];
      if (oldest === undefined) throw new Error('The search snapshots were closed.');
      return oldest.db;
    },
    close: () => {
      clearInterval(ticking);
      for (const snapshot of snapshots.splice(0)) snapshot.db.close();
    },
  };
}
