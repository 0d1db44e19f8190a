/** Reads an account by its id. */
import type { Kysely } from 'kysely';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { selectUsers, toUser } from './user-row.ts';
import type { User } from './user.ts';

export async function getUser(ledger: Ledger, userId: string): Promise<User | null> {
  return findUserById(ledger.db, userId);
}

/** The same inside a transaction. */
export async function findUserById(db: Kysely<Database>, userId: string): Promise<User | null> {
  const row = await selectUsers(db).where('u.user_id', '=', userId).executeTakeFirst();
  return row ? toUser(row) : null;
}
