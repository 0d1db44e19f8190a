/** Reads a version of a decision service; the latest where none is named. */
import type { Kysely, Selectable } from 'kysely';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { readJson } from '../store/json-column.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { DecisionServiceDefinition } from './definition.ts';
import type { ServiceCache } from './service-cache.ts';
import type { StoredService } from './service.ts';

export async function getService(ledger: Ledger, id: string, version?: number): Promise<StoredService | null> {
  return findService(ledger, id, version);
}

/** The same inside a transaction. */
export async function findService(source: ServiceSource, id: string, version?: number): Promise<StoredService | null> {
  const wanted = version ?? (await latestVersion(source.db, id));
  if (wanted === null) return null;
  const known = source.services.get(cacheKey(id, wanted));
  if (known) return known;
  const row = await source.db.selectFrom('services').selectAll().where('service', '=', id).where('version', '=', wanted).executeTakeFirst();
  return row ? parseService(source, row) : null;
}

export type ServiceSource = { db: Kysely<Database>; services: ServiceCache };

export function parseService(source: ServiceSource, row: Selectable<Database['services']>): StoredService {
  const stored = {
    definition: readJson(DecisionServiceDefinition, row.definition),
    version: row.version,
    digest: row.digest,
    putBy: row.put_by,
    putAt: row.put_at,
  };
  source.services.set(cacheKey(row.service, row.version), stored);
  return stored;
}

async function latestVersion(db: Kysely<Database>, id: string): Promise<number | null> {
  return (await latest.first(db, { id }))?.version ?? null;
}

const latest = prepareQuery((db, { id }: { id: string }) => db.selectFrom('services').select('version').where('service', '=', id).orderBy('version', 'desc').limit(1));

function cacheKey(id: string, version: number): string {
  return `${id}/${version}`;
}
