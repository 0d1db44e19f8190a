/** Reads an account by its id. */
import type { Ledger } from '../ledger.ts';
import { toUser } from './user-row.ts';
import type { User } from './user.ts';

export async function getUser(ledger: Ledger, userId: string): Promise<User | null> {
  const row = await ledger.db.selectFrom('users').selectAll().where('user_id', '=', userId).executeTakeFirst();
  return row ? toUser(row) : null;
}
