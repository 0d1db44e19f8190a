/** Gives claimed effects back until later, without a try being counted: nothing was tried. */
import type { Ledger } from '../ledger.ts';
import { transactLightly } from '../store/transact.ts';

export async function postponeOutbox(ledger: Ledger, moves: readonly { outboxId: string; until: number }[]): Promise<void> {
  await transactLightly(ledger, async (tx) => {
    for (const { outboxId, until } of moves) {
      await tx.db.updateTable('outbox').set({ not_before: until, claimed_until: 0 }).where('outbox_id', '=', outboxId).where('settled_at', 'is', null).execute();
    }
  });
}
