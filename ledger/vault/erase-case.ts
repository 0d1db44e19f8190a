/** Erases the personal data of one case that named no subject. */
import type { Ledger } from '../ledger.ts';
import { eraseKey } from './erase-subject.ts';

/** `has-subject`: its key is that of a person with possibly more cases; erase the subject instead. */
export async function eraseCase(ledger: Ledger, request: { caseId: string; by: string }): Promise<{ kind: 'erased' | 'unknown' | 'has-subject' }> {
  const row = await ledger.db.selectFrom('cases').select('key_id').where('case_id', '=', request.caseId).executeTakeFirst();
  if (!row) return { kind: 'unknown' };
  if ((await ledger.vault.keys.purposeOf(row.key_id)) === 'subject') return { kind: 'has-subject' };
  await eraseKey(ledger, row.key_id, request.by);
  return { kind: 'erased' };
}
