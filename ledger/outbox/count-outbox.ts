/** How many effects of each kind are owed. */
import type { Ledger } from '../ledger.ts';
import type { OutboxKind } from './outbox-row.ts';

export async function countOutbox(ledger: Ledger): Promise<Record<OutboxKind, number>> {
  const rows = await ledger.db
    .selectFrom('outbox')
    .select(['kind', ({ fn }) => fn.countAll<number>().as('count')])
    .where('settled_at', 'is', null)
    .groupBy('kind')
    .execute();
  const counts: Record<OutboxKind, number> = { 'start-case': 0, 'complete-user-task': 0, webhook: 0, 'publish-message': 0 };
  for (const { kind, count } of rows) counts[kind] = count;
  return counts;
}
