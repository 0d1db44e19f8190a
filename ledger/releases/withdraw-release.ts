/** Ends a release before its time. After a live one people decide: nothing is restored, as in a roll-back. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { hasEnded } from './allowed-moves.ts';
import { endRelease } from './end-release.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { EndReleaseRequest } from './lifecycle.ts';
import { oweRollback } from './owe-message.ts';

export async function withdrawRelease(ledger: Ledger, { releaseId, by, why = { code: 'WITHDRAWN' } }: EndReleaseRequest): Promise<{ kind: 'withdrawn' | 'already' | 'unknown' }> {
  return transact(ledger, async (tx) => {
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return { kind: 'unknown' };
    if (hasEnded(release)) return { kind: 'already' };
    await endRelease(tx, release, { to: 'withdrawn', by, why });
    if (release.state === 'live') await oweRollback(tx, release);
    return { kind: 'withdrawn' };
  });
}
