/** All accounts, by name. */
import type { Ledger } from '../ledger.ts';
import { toUser } from './user-row.ts';
import type { User } from './user.ts';

export async function listUsers(ledger: Ledger): Promise<User[]> {
  return (await ledger.db.selectFrom('users').selectAll().orderBy('name').execute()).map(toUser);
}
