/** Ends a release before its time. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { endRelease } from './end-release.ts';
import { findRelease } from './get-release.ts';

export async function withdrawRelease(ledger: Ledger, request: { releaseId: string; by: string }): Promise<{ kind: 'withdrawn' | 'already' | 'unknown' }> {
  return transact(ledger, async (tx) => {
    const release = await findRelease(tx.db, request.releaseId);
    if (!release) return { kind: 'unknown' };
    if (release.end) return { kind: 'already' };
    await endRelease(tx, request.releaseId, { how: 'withdrawn', by: request.by });
    return { kind: 'withdrawn' };
  });
}
