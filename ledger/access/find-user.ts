/** Finds an account by the name it signs in with. */
import type { Ledger } from '../ledger.ts';
import { selectUsers, toUser } from './user-row.ts';
import type { User } from './user.ts';

export async function findUser(ledger: Ledger, name: string): Promise<User | null> {
  const row = await selectUsers(ledger.db).where('u.name', '=', name).executeTakeFirst();
  return row ? toUser(row) : null;
}
