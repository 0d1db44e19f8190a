/** The secret that webhooks to one application are signed with. */
import type { Ledger } from '../ledger.ts';
import { keyedHash } from '../vault/seal.ts';

/** The same each time: derived from a key in the key store. */
export async function webhookSecret(ledger: Ledger, application: string): Promise<string> {
  return keyedHash(ledger.vault.webhookKey, application);
}
