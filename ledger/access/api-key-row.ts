/** Reads API keys that have not been revoked. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { readJson, Texts } from '../store/json-column.ts';
import type { ApiKey } from './user.ts';

export function selectApiKeys(db: Kysely<Database>) {
  return db
    .selectFrom('api_keys as k')
    .leftJoin('api_key_revocations as r', 'r.api_key_id', 'k.api_key_id')
    .selectAll('k')
    .where('r.api_key_id', 'is', null);
}

export function toApiKey(row: Awaited<ReturnType<ReturnType<typeof selectApiKeys>['execute']>>[number]): ApiKey {
  const scopes = { services: readJson(Texts, row.services), engine: row.engine === 1, processes: readJson(Texts, row.processes) };
  return { apiKeyId: row.api_key_id, name: row.name, scopes, createdBy: row.created_by, createdAt: row.created_at };
}
