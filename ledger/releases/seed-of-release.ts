/** The secret seed of a release's audit draw. */
import { z } from 'zod';
import { readJson } from '../store/json-column.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { Tx } from '../store/transact.ts';
import { openEntry } from '../vault/open-entry.ts';

/** Opened once: a release keeps its seed, and every case is drawn by one. */
export async function seedOfRelease(tx: Pick<Tx, 'db' | 'vault'>, releaseId: string): Promise<string> {
  const known = seeds.get(tx.vault) ?? new Map<string, string>();
  seeds.set(tx.vault, known);
  const seed = known.get(releaseId) ?? (await readSeed(tx, releaseId));
  known.set(releaseId, seed);
  return seed;
}

/** By vault and release. */
const seeds = new WeakMap<Tx['vault'], Map<string, string>>();

async function readSeed(tx: Pick<Tx, 'db' | 'vault'>, releaseId: string): Promise<string> {
  const entry = await seedEntry.first(tx.db, { releaseId });
  const text = entry ? await openEntry(tx.vault.keys, entry) : null;
  if (text === null) throw new Error(`The seed of release ${releaseId} cannot be opened. Run "npm run verify".`);
  return readJson(z.string(), text);
}

const seedEntry = prepareQuery((db, { releaseId }: { releaseId: string }) =>
  db.selectFrom('vault_entries as v').innerJoin('releases as r', 'r.record_seq', 'v.record_seq').selectAll('v').where('r.release_id', '=', releaseId).where('v.kind', '=', 'seed'),
);
