/** Changes what a person may do. Who has left has no roles: their sessions open nothing, their open votes no longer count. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findUserById } from './get-user.ts';
import type { Role } from './user.ts';

export async function changeUser(ledger: Ledger, request: { userId: string; roles: Role[]; groups: string[]; by: string }): Promise<{ kind: 'changed' | 'unknown' }> {
  return transact(ledger, async (tx) => {
    const { userId, roles, groups, by } = request;
    if (!(await findUserById(tx.db, userId))) return { kind: 'unknown' };
    await writeRecord(tx, { kind: 'user-changed', caseId: null, facts: { userId, roles, groups, changedBy: by, changedAt: tx.now } });
    return { kind: 'changed' };
  });
}
