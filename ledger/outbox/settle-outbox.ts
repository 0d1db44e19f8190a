/** Marks an effect as done. A webhook's row stays, so that a second request for it is known. */
import type { Ledger } from '../ledger.ts';
import { transactLightly } from '../store/transact.ts';

export async function settleOutbox(ledger: Ledger, outboxId: string): Promise<void> {
  await transactLightly(ledger, async (tx) => {
    await tx.db.deleteFrom('outbox').where('outbox_id', '=', outboxId).where('kind', '!=', 'webhook').execute();
    await tx.db.updateTable('outbox').set({ settled_at: tx.now }).where('outbox_id', '=', outboxId).where('settled_at', 'is', null).execute();
  });
}
