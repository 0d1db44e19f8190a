/** Checks a name and password at sign-in. */
import type { Ledger } from '../ledger.ts';
import { hashPassword, isPassword } from './password.ts';
import { toUser } from './user-row.ts';
import type { User } from './user.ts';

/** What an unknown name is compared with, so that it takes as long as a known one. */
let nobodysHash: Promise<string> | undefined;

/** The user where the password is right, else null. */
export async function checkPassword(ledger: Ledger, name: string, password: string): Promise<User | null> {
  const row = await ledger.db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();
  const isRight = await isPassword(password, row?.password_hash ?? (await (nobodysHash ??= hashPassword(''))));
  return row && isRight ? toUser(row) : null;
}
