/** Adds an effect to the outbox, inside the transaction that owes it. */
import { canonicalJson } from '../chain/canonical-json.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { Tx } from '../store/transact.ts';
import type { OutboxKind } from './outbox-row.ts';

/** What the effect belongs to: a case or a release. */
type Owner = { caseId: string; releaseId?: never } | { releaseId: string; caseId?: never };

export type NewEffect = Owner & { kind: OutboxKind; outboxId: string; content: Record<string, unknown>; notBefore: number; /** Left until then to the one in this process whom it is given; nobody else is woken. */ leftUntil?: number };

/** False where the same effect is owed already, or was. */
export async function addToOutbox(tx: Tx, effect: NewEffect): Promise<boolean> {
  const { kind, outboxId, caseId = null, releaseId = null, notBefore, leftUntil = 0 } = effect;
  const added = (await insertEffect.run(tx.db, { kind, outboxId, caseId, releaseId, notBefore, leftUntil, content: canonicalJson(effect.content), now: tx.now })) === 1;
  if (added && leftUntil === 0) tx.owes();
  return added;
}

const insertEffect = prepareQuery((db, row: { kind: OutboxKind; outboxId: string; caseId: string | null; releaseId: string | null; content: string; notBefore: number; leftUntil: number; now: number }) =>
  db
    .insertInto('outbox')
    .values({
      outbox_id: row.outboxId,
      kind: row.kind,
      case_id: row.caseId,
      release_id: row.releaseId,
      content: row.content,
      not_before: row.notBefore,
      claimed_until: row.leftUntil,
      attempts: 0,
      last_error: null,
      created_at: row.now,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.column('outbox_id').doNothing()),
);
