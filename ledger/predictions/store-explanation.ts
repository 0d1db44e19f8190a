/** Stores the explanation of a case's prediction, in the vault. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { keyOfCase } from '../vault/key-of-case.ts';
import type { Explanation } from './prediction.ts';

/** Idempotent: the first one stays. `erased`: the case's key is gone, so nothing can be sealed for it any more. */
export async function storeExplanation(ledger: Ledger, caseId: string, explanation: Explanation): Promise<{ kind: 'stored' | 'already' | 'case-unknown' | 'erased' }> {
  return transact(ledger, async (tx) => {
    const known = await keyOfCase(tx, caseId);
    if (!known) return { kind: 'case-unknown' };
    const before = await tx.db.selectFrom('explanations').select('case_id').where('case_id', '=', caseId).executeTakeFirst();
    if (before) return { kind: 'already' };
    if (known.key === null) return { kind: 'erased' };
    await writeRecord(tx, {
      kind: 'explanation-stored',
      caseId,
      facts: { caseId, method: explanation.method, storedAt: tx.now },
      sealed: { key: known.key, entries: [{ kind: 'explanation', value: explanation }] },
    });
    return { kind: 'stored' };
  });
}
