/** Finds an account by the name it signs in with. */
import type { Ledger } from '../ledger.ts';
import { toUser } from './user-row.ts';
import type { User } from './user.ts';

export async function findUser(ledger: Ledger, name: string): Promise<User | null> {
  const row = await ledger.db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();
  return row ? toUser(row) : null;
}
