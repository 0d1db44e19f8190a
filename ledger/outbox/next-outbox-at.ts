/** When the next effect is due: for the dispatcher's timer. */
import { sql } from 'kysely';
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';

/** Null where nothing is owed. A claimed row is due again when its lease ends. */
export async function nextOutboxAt(ledger: Ledger): Promise<number | null> {
  return (await earliest.first(ledger.db, {}))?.due_at ?? null;
}

const earliest = prepareQuery((db) => {
  const dueAt = sql<number | null>`min(case when claimed_until > not_before then claimed_until else not_before end)`;
  return db.selectFrom('outbox').select(dueAt.as('due_at')).where('settled_at', 'is', null);
});
