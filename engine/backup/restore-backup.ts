// Brings a backup into a new data folder, after looking at every byte of it.
import { copyFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { digestOfFile, FORMAT, Manifest, MANIFEST } from './manifest.ts';
import { sync, writeNewFolder } from './new-folder.ts';

/** Both absolute. `known`: the newest version of each store that this program reads. Throws a sentence where it cannot be done; then there is nothing at `to`. */
export async function restoreBackup(from: string, to: string, known: Readonly<Record<string, number>>): Promise<Manifest> {
  const manifest = await readManifest(from);
  refuseNewer(manifest, known);
  await writeNewFolder(to, 'The data', async (partial) => {
    for (const { name, bytes, sha256 } of manifest.files) {
      await copyFile(join(from, name), join(partial, name)).catch((error: unknown) => { throw damaged(from, `its file ${name} cannot be read`, error); });
      // The digest of what was written, so that a bad disk at either end is found.
      if ((await stat(join(partial, name))).size !== bytes || (await digestOfFile(join(partial, name))) !== sha256) throw damaged(from, `its file ${name} is not the one that was written`);
      await sync(join(partial, name));
    }
  }, 0o700);
  return manifest;
}

const damaged = (from: string, why: string, cause?: unknown) => new Error(`The backup ${from} is damaged: ${why}. Restore another one.`, { cause });

async function readManifest(from: string): Promise<Manifest> {
  const text = await readFile(join(from, MANIFEST), 'utf8').catch((error: unknown) => {
    throw new Error(`There is no backup in ${from}: it has no file ${MANIFEST}. Name the folder that "npm run backup" wrote.`, { cause: error });
  });
  const read = Manifest.safeParse(parseJson(text));
  if (!read.success) throw damaged(from, `its ${MANIFEST} cannot be read:\n${z.prettifyError(read.error)}`);
  return read.data;
}

function refuseNewer({ format, files }: Manifest, known: Readonly<Record<string, number>>): void {
  const newer = files.find(({ name, version }) => version !== null && version > (known[name] ?? 0));
  const found = format > FORMAT ? `The backup has format ${format}, this program reads ${FORMAT}` : newer === undefined ? undefined : `${newer.name} in the backup has version ${newer.version}, this program reads ${known[newer.name] ?? 'none'}`;
  if (found !== undefined) throw new Error(`${found}: it was written by a newer program. Restore it with that one.`);
}
