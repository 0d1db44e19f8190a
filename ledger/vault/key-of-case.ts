/** The data key of a case; null inside where it or the case was erased, or its erasure is recorded. */
import type { Tx } from '../store/transact.ts';
import type { DataKey } from './key-reader.ts';

export async function keyOfCase(source: Pick<Tx, 'db' | 'vault'>, caseId: string): Promise<{ key: DataKey | null } | null> {
  const row = await source.db
    .selectFrom('cases as c')
    .leftJoin('key_erasures as e', 'e.key_id', 'c.key_id')
    .leftJoin('case_erasures as r', 'r.case_id', 'c.case_id')
    .select(['c.key_id', 'e.erased_at', 'r.erased_at as case_erased_at'])
    .where('c.case_id', '=', caseId)
    .executeTakeFirst();
  if (!row) return null;
  return { key: row.erased_at === null && row.case_erased_at === null ? await source.vault.keys.read(row.key_id) : null };
}
