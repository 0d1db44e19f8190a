/**
 * How often each reason sent a case to people: sums for operators. A sum that grows with a new case tells its reason,
 * so whoever reviews must not see them before the case is decided.
 */
import type { Ledger } from '../ledger.ts';
import { readJson } from '../store/json-column.ts';
import type { ReasonCode } from './reason-code.ts';
import { Reasons } from './case-row.ts';

export type ReasonCount = { service: string; reason: ReasonCode; count: number };

export async function countReasons(ledger: Ledger): Promise<ReasonCount[]> {
  const rows = await ledger.db
    .selectFrom('reviews')
    .innerJoin('cases', 'cases.case_id', 'reviews.case_id')
    .select(['cases.service', 'reviews.reasons', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy(['cases.service', 'reviews.reasons'])
    .execute();
  const counts = new Map<string, ReasonCount>();
  for (const { service, reasons, count } of rows) {
    for (const reason of readJson(Reasons, reasons)) {
      const key = `${service} ${reason}`;
      counts.set(key, { service, reason, count: (counts.get(key)?.count ?? 0) + count });
    }
  }
  return [...counts.values()];
}
