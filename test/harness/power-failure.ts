/** A power failure as the disk sees it: a copy of a store's files in which everything behind its last fsync is gone. */
import { copyFileSync, existsSync, statSync, truncateSync } from 'node:fs';

/** The write-ahead log's length: recorded while nothing waits to be synced, it is where a power failure may cut it off. */
export const logLength = (file: string): number => (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0);

/** Copies the store as of this instant; of its log only the first `syncedLength` bytes, all where it is left out. */
export function copyStore(file: string, copy: string, syncedLength = logLength(file)): void {
  copyFileSync(file, copy);
  if (!existsSync(`${file}-wal`)) return;
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  truncateSync(`${copy}-wal`, syncedLength);
}
