/** A store's files as the end of the process, or of the machine, would leave them at this instant. */
import { copyFileSync, existsSync } from 'node:fs';

/** Copies what is committed; what an open transaction holds in memory is not in the files. */
export function copyStore(file: string, copy: string): void {
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
}
