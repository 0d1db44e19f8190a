// Folders that get their name when they are whole, and never over something that is there.
import { readdirSync } from 'node:fs';
import { mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * `fill` writes into a folder beside `to`, which is moved there when it is done. A folder at `to` that is missing or empty is
 * fine; else, and where `fill` throws, nothing is left behind. `what` begins the sentence of a refusal; `mode` is that of the folder.
 */
export async function writeNewFolder<Result>(to: string, what: string, fill: (partial: string) => Promise<Result>, mode = 0o777): Promise<Result> {
  await refuseFull(to, what);
  const partial = `${to}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    await mkdir(partial, { recursive: true, mode });
    const result = await fill(partial);
    await moveInto(partial, to);
    return result;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function refuseFull(folder: string, what: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isDirectory()) throw new Error(`${what} cannot go to ${folder}: it is a file. Name a folder that does not exist yet.`);
  if (namesIn(folder)?.length !== 0) throw new Error(`${what} cannot go to ${folder}: it is not empty, and nothing in it is overwritten. Name a folder that does not exist yet.`);
}

/** Undefined where there is no such folder. */
export function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** All at once, and durable. */
async function moveInto(partial: string, to: string): Promise<void> {
  await sync(partial);
  await rmdir(to).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
  await rename(partial, to);
  await sync(dirname(to));
}

/** Makes a file, or the names in a folder, durable. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
