/** When the next effect is due: for the dispatcher's timer. */
import { sql } from 'kysely';
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { OutboxKind } from './outbox-row.ts';

/** Null where nothing of these kinds (without any: of all) is owed. A claimed row is due again when its lease ends. */
export async function nextOutboxAt(ledger: Ledger, kinds: readonly OutboxKind[] = ['start-case', 'complete-user-task', 'webhook']): Promise<number | null> {
  const [first, second = first, third = first] = kinds;
  if (first === undefined || second === undefined || third === undefined) return null;
  return (await earliest.first(ledger.db, { first, second, third }))?.due_at ?? null;
}

const earliest = prepareQuery((db, { first, second, third }: { first: OutboxKind; second: OutboxKind; third: OutboxKind }) => {
  const dueAt = sql<number | null>`min(case when claimed_until > not_before then claimed_until else not_before end)`;
  return db.selectFrom('outbox').select(dueAt.as('due_at')).where('settled_at', 'is', null).where('kind', 'in', [first, second, third]);
});
