/** The secret that task keys and cursors of the inbox are sealed with. */
import type { Ledger } from '../ledger.ts';
import { keyedHash } from '../vault/seal.ts';

/** The same each time, so that addresses of tasks stay valid over a restart: derived from a key in the key store. */
export async function inboxSecret(ledger: Ledger): Promise<string> {
  return keyedHash(ledger.vault.webhookKey, 'stellwerk:inbox');
}
