// Takes a backup of a data folder, of a running process or of none: copied, checked, with a manifest, under its name only when it is whole.
import { readdirSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askForBackup } from './control-socket.ts';
import { lockFolder } from './lock-folder.ts';
import { checkedVersion, digestOfFile, FORMAT, MANIFEST, type BackupFile, type Manifest } from './manifest.ts';
import { namesIn, writeNewFolder } from './new-folder.ts';
import { takeSnapshot } from './snapshot.ts';

export type BackupTaken = { readonly manifest: Manifest; /** Whether a process had the folder open. */ readonly isLive: boolean };

/** Both absolute. Throws a sentence where it cannot be done; then there is nothing at `to`. */
export async function takeBackup(folder: string, to: string, onCopied?: (file: string) => void): Promise<BackupTaken> {
  refuseWithoutStores(folder);
  return writeNewFolder(to, 'The backup', async (partial) => {
    const { takenAt, isLive } = await copy(folder, partial, onCopied);
    const manifest: Manifest = { format: FORMAT, takenAt: new Date(takenAt).toISOString(), files: await describe(partial) };
    await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    return { manifest, isLive };
  }, 0o700);
}

async function copy(folder: string, partial: string, onCopied?: (file: string) => void): Promise<{ takenAt: number; isLive: boolean }> {
  const live = await askForBackup(folder, partial, onCopied);
  if (live.kind === 'done') return { takenAt: live.takenAt, isLive: true };
  if (live.kind === 'refused') throw new Error(live.why);
  const lock = lockFolder(folder);
  if (lock === undefined) throw new Error(`A process has the folder ${folder} open, but takes no backups: it is of an older version, on another machine, or its log says why. End it, and back up the stopped folder.`);
  try {
    const snapshot = takeSnapshot(folder);
    const takenAt = Date.now();
    try {
      await snapshot.copyTo(partial, onCopied);
    } finally {
      snapshot.close();
    }
    return { takenAt, isLive: false };
  } finally {
    lock.release();
  }
}

async function describe(partial: string): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  for (const name of readdirSync(partial).sort()) {
    const file = join(partial, name);
    const version = name.endsWith('.db') ? checkedVersion(file) : null;
    files.push({ name, bytes: (await stat(file)).size, sha256: await digestOfFile(file), version });
  }
  return files;
}

function refuseWithoutStores(folder: string): void {
  const names = namesIn(folder);
  if (names === undefined) throw new Error(`There is no folder ${folder}. Name the data folder with --data.`);
  const has = (name: string) => names.includes(name);
  if (has('master.key') && !has('ledger.db')) {
    throw new Error(`The ledger of ${folder} is not in the folder but in PostgreSQL: back it up with pg_dump, and the engine before it (README, "Operation").`);
  }
  if (!has('engine.db') && !has('ledger.db')) throw new Error(`The folder ${folder} holds neither engine.db nor ledger.db: it is no data folder. Name the data folder with --data.`);
}
