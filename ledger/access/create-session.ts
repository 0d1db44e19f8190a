/** Opens a session for a user who signed in. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { csrfTokenOf, hashOfToken, newToken } from './session-token.ts';
import type { NewSession } from './user.ts';

const workingDayMs = 12 * 60 * 60 * 1000;

/** Sessions that are over are removed with it. */
export async function createSession(ledger: Ledger, request: { userId: string; lifetimeMs?: number }): Promise<NewSession> {
  const token = newToken();
  return transact(ledger, async (tx) => {
    const expiresAt = tx.now + (request.lifetimeMs ?? workingDayMs);
    await tx.db.deleteFrom('sessions').where('expires_at', '<=', tx.now).execute();
    await tx.db.insertInto('sessions').values({ token_hash: hashOfToken(token), user_id: request.userId, expires_at: expiresAt }).execute();
    return { token, csrfToken: csrfTokenOf(token), expiresAt };
  });
}
