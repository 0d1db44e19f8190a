/** Writes that a key is erased; destroying it comes after that. */
import { writeRecord } from '../chain/write-record.ts';
import type { Tx } from '../store/transact.ts';

/** Once for each key. Returns how many cases it was the key of. */
export async function recordKeyErasure(tx: Tx, keyId: string, by: string): Promise<number> {
  const { count } = await tx.db.selectFrom('cases').select(({ fn }) => fn.countAll<number>().as('count')).where('key_id', '=', keyId).executeTakeFirstOrThrow();
  await writeRecord(tx, { kind: 'key-erased', caseId: null, facts: { keyId, cases: count, erasedBy: by, erasedAt: tx.now } });
  return count;
}
