/** How many cases are in which status. */
import type { Ledger } from '../ledger.ts';
import type { CaseStatus } from './case.ts';

export async function countCases(ledger: Ledger, filter: { service?: string } = {}): Promise<Record<CaseStatus, number>> {
  let query = ledger.db.selectFrom('cases').select(['status', ({ fn }) => fn.countAll<number>().as('count')]).groupBy('status');
  if (filter.service !== undefined) query = query.where('service', '=', filter.service);
  const counts: Record<CaseStatus, number> = { received: 0, 'in-review': 0, decided: 0 };
  for (const row of await query.execute()) counts[row.status] = row.count;
  return counts;
}
