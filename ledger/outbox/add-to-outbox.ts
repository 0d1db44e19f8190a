/** Adds an effect to the outbox, inside the transaction that owes it. */
import { canonicalJson } from '../chain/canonical-json.ts';
import type { Tx } from '../store/transact.ts';
import type { OutboxKind } from './outbox-row.ts';

export type NewEffect = { kind: OutboxKind; outboxId: string; caseId: string; content: Record<string, unknown>; notBefore: number };

/** False where the same effect is owed already, or was. */
export async function addToOutbox(tx: Tx, effect: NewEffect): Promise<boolean> {
  const result = await tx.db
    .insertInto('outbox')
    .values({
      outbox_id: effect.outboxId,
      kind: effect.kind,
      case_id: effect.caseId,
      content: canonicalJson(effect.content),
      not_before: effect.notBefore,
      claimed_until: 0,
      attempts: 0,
      last_error: null,
      created_at: tx.now,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.column('outbox_id').doNothing())
    .executeTakeFirst();
  const added = result.numInsertedOrUpdatedRows === 1n;
  if (added) tx.owes();
  return added;
}
