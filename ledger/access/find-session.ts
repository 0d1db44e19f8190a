/** Finds the session of a cookie. */
import type { Ledger } from '../ledger.ts';
import { csrfTokenOf, hashOfToken } from './session-token.ts';
import { selectUsers, toUser } from './user-row.ts';
import type { Session } from './user.ts';

/** Null where it is unknown, ended or over. */
export async function findSession(ledger: Ledger, token: string): Promise<Session | null> {
  const row = await selectUsers(ledger.db)
    .innerJoin('sessions as s', 's.user_id', 'u.user_id')
    .select('s.expires_at')
    .where('s.token_hash', '=', hashOfToken(token))
    .where('s.expires_at', '>', ledger.clock.now())
    .executeTakeFirst();
  return row ? { user: toUser(row), csrfToken: csrfTokenOf(token), expiresAt: row.expires_at } : null;
}
