/** Signs out. */
import type { Ledger } from '../ledger.ts';
import { hashOfToken } from './session-token.ts';

export async function endSession(ledger: Ledger, token: string): Promise<void> {
  await ledger.db.deleteFrom('sessions').where('token_hash', '=', hashOfToken(token)).execute();
}
