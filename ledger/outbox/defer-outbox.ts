/** Puts an effect off after a failed try, longer each time. */
import type { Ledger } from '../ledger.ts';
import { transactLightly } from '../store/transact.ts';

const firstWaitMs = 1000;
const longestWaitMs = 300_000;
const longestError = 500;

/** Waits 1 s, 2 s, 4 s … up to 5 min, or until `retryAt`. */
export async function deferOutbox(ledger: Ledger, outboxId: string, request: { error: string; retryAt?: number }): Promise<void> {
  await transactLightly(ledger, async (tx) => {
    const row = await tx.db.selectFrom('outbox').select('attempts').where('outbox_id', '=', outboxId).executeTakeFirst();
    if (!row) return;
    const wait = Math.min(firstWaitMs * 2 ** Math.min(row.attempts, 20), longestWaitMs);
    await tx.db
      .updateTable('outbox')
      .set({ attempts: row.attempts + 1, not_before: request.retryAt ?? tx.now + wait, claimed_until: 0, last_error: request.error.slice(0, longestError) })
      .where('outbox_id', '=', outboxId)
      .execute();
    tx.owes();
  });
}
