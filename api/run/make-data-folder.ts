/** Makes the data folder, closed to other accounts of the machine. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asFolderRefusal } from './why-not-started.ts';

/** Refuses in a sentence. Goes step by step: Node's own recursive mkdir never ends where a parent takes no folders, as in /proc. */
export async function makeDataFolder(folder: string): Promise<void> {
  await make(folder).catch((error: unknown) => { throw asFolderRefusal(error, folder); });
}

async function make(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await make(parent);
  await mkdir(folder, { mode: 0o700 }).catch(async (error: unknown) => {
    // Somebody else was faster.
    if (!(await isFolder(folder))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
