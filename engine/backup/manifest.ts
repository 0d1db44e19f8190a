// What a backup says about itself: which files, how long, with which digests, of which versions.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';

export const MANIFEST = 'backup.json';
/** Of the layout of a backup; raised when an older program could not restore a newer one. */
export const FORMAT = 1;

export type BackupFile = { readonly name: string; readonly bytes: number; readonly sha256: string; /** Version of the store in it; null for other files. */ readonly version: number | null };

export type Manifest = { readonly format: number; /** ISO 8601: all that was acknowledged by then is in it. */ readonly takenAt: string; readonly files: readonly BackupFile[] };

export async function digestOf(file: string): Promise<string> {
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

export function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || !('format' in value) || !('takenAt' in value) || !('files' in value)) return false;
  return typeof value.format === 'number' && typeof value.takenAt === 'string' && Array.isArray(value.files) && value.files.every(isBackupFile);
}

/** A name leads nowhere but into the folder. */
function isBackupFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('bytes' in value) || !('sha256' in value) || !('version' in value)) return false;
  return typeof value.name === 'string' && /^[\w-][\w.-]*$/.test(value.name) && typeof value.bytes === 'number' && typeof value.sha256 === 'string' && (value.version === null || typeof value.version === 'number');
}
