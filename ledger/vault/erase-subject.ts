/** Erases a person: their key is destroyed, so all their entries are unreadable; cases, verdicts and chain stay. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { recordKeyErasure } from './record-key-erasure.ts';

export type EraseResult = { kind: 'erased'; cases: number } | { kind: 'unknown' };

export async function eraseSubject(ledger: Ledger, request: { subject: string; by: string }): Promise<EraseResult> {
  const keyId = await ledger.vault.keys.findSubject(request.subject);
  if (keyId === null) return { kind: 'unknown' };
  return { kind: 'erased', cases: await eraseKey(ledger, keyId, request.by) };
}

/** Recorded first, destroyed then: after a crash between the two, the next start destroys it. Returns how many cases it held. */
export async function eraseKey(ledger: Ledger, keyId: string, by: string): Promise<number> {
  const cases = await transact(ledger, async (tx) => {
    const recorded = await tx.db.selectFrom('key_erasures').select('cases').where('key_id', '=', keyId).executeTakeFirst();
    if (recorded) return recorded.cases;
    const count = await recordKeyErasure(tx, keyId, by);
    await tx.db.updateTable('cases').set({ business_id_hash: null }).where('key_id', '=', keyId).execute();
    return count;
  });
  await ledger.vault.keys.erase(keyId);
  return cases;
}
