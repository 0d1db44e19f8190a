/** Checks a name and password at sign-in. */
import type { Ledger } from '../ledger.ts';
import { hashOfNobody, isPassword } from './password.ts';
import { selectUsers, toUser } from './user-row.ts';
import type { User } from './user.ts';

/** The user where the password is right, else null. An unknown name takes as long as a known one. */
export async function checkPassword(ledger: Ledger, name: string, password: string): Promise<User | null> {
  const row = await selectUsers(ledger.db).where('u.name', '=', name).executeTakeFirst();
  const isRight = await isPassword(password, row?.password_hash ?? hashOfNobody());
  return row && isRight ? toUser(row) : null;
}
