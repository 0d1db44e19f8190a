// What a backup says about itself: which files, how long, with which digests, of which versions.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

export const MANIFEST = 'backup.json';
/** Of the layout of a backup; raised when an older program could not restore a newer one. */
export const FORMAT = 1;

/** A name leads nowhere but into the folder; the version is that of the store in it, null for other files. */
const BackupFile = z.object({ name: z.string().regex(/^[\w-][\w.-]*$/), bytes: z.int().nonnegative(), sha256: z.string(), version: z.int().nullable() });
export type BackupFile = Readonly<z.infer<typeof BackupFile>>;

/** `takenAt` is ISO 8601: all that was acknowledged by then is in the backup. */
export const Manifest = z.object({ format: z.int(), takenAt: z.string(), files: z.array(BackupFile).readonly() });
export type Manifest = Readonly<z.infer<typeof Manifest>>;

/** SHA-256 of a file, in hexadecimal. */
export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Throws a sentence where it is no whole database. */
export function checkedVersion(file: string): number {
  // Nobody writes it, and nothing may be left beside it.
  const address = pathToFileURL(file);
  address.searchParams.set('immutable', '1');
  const db = new DatabaseSync(address, { readOnly: true });
  try {
    const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (found !== 'ok') throw new Error(`The copy ${file} is not whole: ${String(found)}. Look after the disk, and take the backup again.`);
    return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  } finally {
    db.close();
  }
}
