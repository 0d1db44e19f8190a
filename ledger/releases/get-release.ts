/** Reads one release. */
import type { Kysely } from 'kysely';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { selectReleases, toRelease } from './release-row.ts';
import type { Release } from './release.ts';

export async function getRelease(ledger: Ledger, releaseId: string): Promise<Release | null> {
  return findRelease(ledger.db, releaseId);
}

/** The same inside a transaction. */
export async function findRelease(db: Kysely<Database>, releaseId: string): Promise<Release | null> {
  const row = await selectReleases(db).where('r.release_id', '=', releaseId).executeTakeFirst();
  return row ? toRelease(row) : null;
}
