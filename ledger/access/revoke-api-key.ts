/** Takes a key back: it opens nothing from the commit on. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { selectApiKeys } from './api-key-row.ts';

export async function revokeApiKey(ledger: Ledger, apiKeyId: string, by: string): Promise<{ kind: 'revoked' | 'unknown' }> {
  return transact(ledger, async (tx) => {
    const known = await selectApiKeys(tx.db).where('k.api_key_id', '=', apiKeyId).executeTakeFirst();
    if (!known) return { kind: 'unknown' };
    await writeRecord(tx, { kind: 'api-key-revoked', caseId: null, facts: { apiKeyId, revokedBy: by, revokedAt: tx.now } });
    return { kind: 'revoked' };
  });
}
