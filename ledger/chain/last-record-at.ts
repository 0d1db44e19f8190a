/** When the last record was written. */
import type { Ledger } from '../ledger.ts';

export async function lastRecordAt(ledger: Ledger): Promise<number | null> {
  const row = await ledger.db.selectFrom('records').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.at ?? null;
}
