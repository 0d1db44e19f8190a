/** All keys that work, oldest first. */
import type { Ledger } from '../ledger.ts';
import { selectApiKeys, toApiKey } from './api-key-row.ts';
import type { ApiKey } from './user.ts';

export async function listApiKeys(ledger: Ledger): Promise<ApiKey[]> {
  return (await selectApiKeys(ledger.db).orderBy('k.record_seq').execute()).map(toApiKey);
}
