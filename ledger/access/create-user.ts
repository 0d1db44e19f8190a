/** Creates an account. */
import { randomUUID } from 'node:crypto';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { hashPassword } from './password.ts';
import type { Role, User } from './user.ts';

export type CreateUserRequest = { name: string; displayName: string; password: string; roles: Role[]; groups: string[] };

export type CreateUserResult = { kind: 'created'; user: User } | { kind: 'name-taken' };

/** The chain records who may do what, by id; names stay out of it. */
export async function createUser(ledger: Ledger, request: CreateUserRequest): Promise<CreateUserResult> {
  const passwordHash = await hashPassword(request.password);
  return transact(ledger, async (tx) => {
    const { name, displayName, roles, groups } = request;
    const taken = await tx.db.selectFrom('users').select('user_id').where('name', '=', name).executeTakeFirst();
    if (taken) return { kind: 'name-taken' };
    const userId = randomUUID();
    await writeRecord(tx, {
      kind: 'user-created',
      caseId: null,
      facts: { userId, roles, groups, createdAt: tx.now },
      unrecorded: { name, display_name: displayName, password_hash: passwordHash },
    });
    return { kind: 'created', user: { userId, name, displayName, roles, groups, createdAt: tx.now } };
  });
}
