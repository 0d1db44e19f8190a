/** Finds the key of a request. */
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { selectApiKeys, toApiKey } from './api-key-row.ts';
import { hashOfToken } from './session-token.ts';
import type { ApiKey } from './user.ts';

/** By its secret; with Basic also the id must fit. Null where unknown or revoked. */
export async function findApiKey(ledger: Ledger, secret: string, apiKeyId?: string): Promise<ApiKey | null> {
  const row = await bySecret.first(ledger.db, { secretHash: hashOfToken(secret) });
  return row && (apiKeyId === undefined || row.api_key_id === apiKeyId) ? toApiKey(row) : null;
}

const bySecret = prepareQuery((db, { secretHash }: { secretHash: string }) => selectApiKeys(db).where('k.secret_hash', '=', secretHash));
