/** Builds the pages where they are missing or older than what they are made from. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/** True where pages must be built first. */
export async function pagesAreStale(): Promise<boolean> {
  const built = await modifiedAt(join(root, 'ui/dist/index.html'));
  if (built === null) return true;
  const sources = ['ui/src', 'ui/public', 'ui/index.html', 'ui/vite.config.ts', 'api/contract', 'package-lock.json'];
  for (const source of sources) if ((await newestIn(join(root, source))) > built) return true;
  return false;
}

/** Vite's own build, with its settings in ui/. */
export async function buildPages(): Promise<void> {
  await build({ root: join(root, 'ui'), configFile: join(root, 'ui/vite.config.ts'), logLevel: 'error' });
}

async function newestIn(path: string): Promise<number> {
  const own = await stat(path).catch(nullWhereMissing);
  if (own === null) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  const entries = await readdir(path);
  const times = await Promise.all(entries.map((entry) => newestIn(join(path, entry))));
  return Math.max(own.mtimeMs, ...times);
}

async function modifiedAt(file: string): Promise<number | null> {
  return (await stat(file).catch(nullWhereMissing))?.mtimeMs ?? null;
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
