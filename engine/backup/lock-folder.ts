// Keeps a folder that no process has open closed while it is copied.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy } from '../store/is-busy.ts';

const LOCKS = ['ledger-lock.db', 'engine.db.lock'];

/** Undefined where a process has the folder open. The lock ends with this process, however it ends. */
export function lockFolder(folder: string): { release(): void } | undefined {
  const taken: DatabaseSync[] = [];
  const release = () => {
    for (const lock of taken.splice(0)) lock.close();
  };
  for (const name of LOCKS.filter((one) => existsSync(join(folder, one)))) {
    const lock = new DatabaseSync(join(folder, name), { timeout: 0 });
    taken.push(lock);
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      release();
      if (isBusy(error)) return undefined;
      throw error;
    }
  }
  return { release };
}
