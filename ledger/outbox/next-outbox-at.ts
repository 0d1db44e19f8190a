/** When the next effect is due: for the dispatcher's timer. */
import { sql } from 'kysely';
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { outboxKinds, type OutboxKind } from './outbox-row.ts';

/** Null where nothing of these kinds (without any: of all) is owed. A claimed row is due again when its lease ends. */
export async function nextOutboxAt(ledger: Ledger, kinds: readonly OutboxKind[] = outboxKinds): Promise<number | null> {
  const [first, second = first, third = first, fourth = first] = kinds;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) return null;
  return (await earliest.first(ledger.db, { first, second, third, fourth }))?.due_at ?? null;
}

const earliest = prepareQuery((db, { first, second, third, fourth }: { first: OutboxKind; second: OutboxKind; third: OutboxKind; fourth: OutboxKind }) => {
  const dueAt = sql<number | null>`min(case when claimed_until > not_before then claimed_until else not_before end)`;
  return db.selectFrom('outbox').select(dueAt.as('due_at')).where('settled_at', 'is', null).where('kind', 'in', [first, second, third, fourth]);
});
