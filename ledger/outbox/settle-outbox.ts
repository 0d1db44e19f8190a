/** Marks an effect as done. A webhook's row stays, so that a second request for it is known. */
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { transactLightly } from '../store/transact.ts';

export async function settleOutbox(ledger: Ledger, outboxId: string): Promise<void> {
  await transactLightly(ledger, async (tx) => {
    if ((await deleteEffect.run(tx.db, { outboxId })) > 0) return;
    await tx.db.updateTable('outbox').set({ settled_at: tx.now }).where('outbox_id', '=', outboxId).where('settled_at', 'is', null).execute();
  });
}

const deleteEffect = prepareQuery((db, { outboxId }: { outboxId: string }) => db.deleteFrom('outbox').where('outbox_id', '=', outboxId).where('kind', '!=', 'webhook'));
