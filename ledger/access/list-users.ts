/** All accounts, by name. */
import type { Ledger } from '../ledger.ts';
import { selectUsers, toUser } from './user-row.ts';
import type { User } from './user.ts';

export async function listUsers(ledger: Ledger): Promise<User[]> {
  return (await selectUsers(ledger.db).orderBy('u.name').execute()).map(toUser);
}
