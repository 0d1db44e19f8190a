/** Notes that people are asked what comes after a live release, and why. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findLifecycle } from './lifecycle-row.ts';
import { writeMove } from './write-move.ts';

/** `code`: why, a machine's word. Repeating it while nobody answered changes nothing. Not noted for a release that is not live. */
export async function noteReassessment(ledger: Ledger, request: { releaseId: string; by: string; code: string }): Promise<{ noted: boolean; askedAt: number }> {
  return transact(ledger, async (tx) => {
    const release = await findLifecycle(tx.db, request.releaseId);
    if (release?.state !== 'live') return { noted: false, askedAt: tx.now };
    const { releaseId, by, code } = request;
    const last = await tx.db.selectFrom('release_moves').select(['code', 'moved_at']).where('release_id', '=', releaseId).orderBy('record_seq', 'desc').limit(1).executeTakeFirst();
    const answer = await tx.db.selectFrom('release_answers').select('record_seq').where('release_id', '=', releaseId).where('answered_at', '>=', last?.moved_at ?? 0).limit(1).executeTakeFirst();
    // A repeated job finds its own note, as long as nobody answered it.
    if (last?.code === code && answer === undefined) return { noted: true, askedAt: last.moved_at };
    await writeMove(tx, { releaseId, from: 'live', to: 'live', by, why: { code } });
    return { noted: true, askedAt: tx.now };
  });
}
