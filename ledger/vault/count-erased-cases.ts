/** How many cases of a service were erased because their time was over. */
import type { Ledger } from '../ledger.ts';

export async function countErasedCases(ledger: Ledger, service: string): Promise<number> {
  const row = await ledger.db.selectFrom('case_erasures').select(({ fn }) => fn.countAll<number>().as('count')).where('service', '=', service).executeTakeFirst();
  return row?.count ?? 0;
}
