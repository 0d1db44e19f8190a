/** Ends a release: its last move, and where it had begun to decide, the disclosure of the seed of its audit draw. */
import { writeRecord } from '../chain/write-record.ts';
import type { Tx } from '../store/transact.ts';
import type { EndedState, Lifecycle, Why } from './lifecycle.ts';
import { owePromotionStopped, oweSuperseded } from './owe-message.ts';
import type { ReleaseEndHow } from './release.ts';
import { seedOfRelease } from './seed-of-release.ts';
import { writeMove } from './write-move.ts';

/** Tells the processes that wait for it, unless its date or the process itself ended it. */
export async function endRelease(tx: Tx, release: Lifecycle, end: { to: EndedState; by: string; why: Why }): Promise<void> {
  const { releaseId, state, terms } = release;
  const { to, by, why } = end;
  await writeMove(tx, { releaseId, from: state, to, by, why });
  if (terms !== null && terms.end === null && isEndOfTerms(to)) {
    await writeRecord(tx, { kind: 'release-ended', caseId: null, facts: { releaseId, how: to, endedBy: by, endedAt: tx.now, seed: await seedOfRelease(tx, releaseId) } });
  }
  if (state === 'live') {
    if (to !== 'expired') await oweSuperseded(tx, releaseId);
  } else if (!by.startsWith('system:')) {
    await owePromotionStopped(tx, releaseId);
  }
}

/** Voted down before it had any terms. */
function isEndOfTerms(to: EndedState): to is ReleaseEndHow {
  return to !== 'rejected';
}
