/** Stops a release: on its way it goes no further and its share is 0; of a live one the service is stopped. From the next case on. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { refuseStop } from './action-rules.ts';
import { findStop } from './find-stop.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { StopReleaseResult } from './lifecycle.ts';
import { stopAskedCode } from './move-codes.ts';
import { reread } from './move-release.ts';
import { owePromotionStopped } from './owe-message.ts';
import { pressStop } from './stop-service.ts';
import { writeMove } from './write-move.ts';

/** Pressing again changes nothing. */
export async function stopRelease(ledger: Ledger, request: { releaseId: string; by: string; reason: string }): Promise<StopReleaseResult> {
  return transact(ledger, async (tx): Promise<StopReleaseResult> => {
    const { releaseId, by, reason } = request;
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return { kind: 'refused', reason: 'RELEASE_UNKNOWN', message: `There is no release ${releaseId}.` };
    const refused = refuseStop(release);
    if (refused) return { kind: 'refused', ...refused };
    const { service, state } = release;
    if (state === 'live') {
      if (await findStop(tx, service)) return { kind: 'already', release };
      await pressStop(tx, { service, by, reason });
      return { kind: 'stopped', release };
    }
    if (release.stopAsked) return { kind: 'already', release };
    await writeMove(tx, { releaseId, from: state, to: state, by, why: { code: stopAskedCode, text: reason }, share: state === 'canary' ? 0 : null });
    await owePromotionStopped(tx, releaseId);
    return { kind: 'stopped', release: await reread(tx, releaseId) };
  });
}
