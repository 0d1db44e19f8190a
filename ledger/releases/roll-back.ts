/** Takes a release back in one transaction: a candidate leaves what is live alone; after a live one its predecessor decides, or people. */
import type { Ledger } from '../ledger.ts';
import { transact, type Tx } from '../store/transact.ts';
import { hasEnded } from './allowed-moves.ts';
import { refuseRollBack } from './action-rules.ts';
import { endRelease } from './end-release.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Lifecycle, RollBackRequest, RollBackResult } from './lifecycle.ts';
import { findOpenReleases } from './open-releases.ts';
import { oweRollback } from './owe-message.ts';
import { findUnderWay } from './propose-release.ts';
import { findRestorable, restore } from './restore-predecessor.ts';

const code = 'ROLLED_BACK';

/** Without `releaseId`: the candidate that is served (approved, in shadow or canary), else the live release. */
export async function rollBack(ledger: Ledger, request: RollBackRequest): Promise<RollBackResult> {
  return transact(ledger, async (tx): Promise<RollBackResult> => {
    const release = await findTarget(tx, request);
    if (!release) return request.releaseId === undefined ? refuse('NOTHING_TO_ROLL_BACK', 'No version of this service is live or on its way.') : refuse('RELEASE_UNKNOWN', `There is no release ${request.releaseId} of ${request.service}.`);
    const { releaseId, service, state } = release;
    if (hasEnded(release)) return { kind: 'already', ended: releaseId, release: await currentLive(tx, service) };
    const refused = refuseRollBack(release);
    if (refused) return { kind: 'refused', ...refused };
    const { by } = request;
    const why = { ...request.why, code };
    if (state !== 'live') {
      await endRelease(tx, release, { to: 'withdrawn', by, why });
      return { kind: 'candidate-withdrawn', ended: releaseId };
    }
    const old = await findRestorable(tx, release, tx.now);
    await endRelease(tx, release, { to: 'withdrawn', by, why });
    await oweRollback(tx, release);
    return old ? { kind: 'rolled-back', ended: releaseId, release: await restore(tx, old, { by, why }) } : { kind: 'to-people', ended: releaseId };
  });
}

async function findTarget(tx: Tx, { service, releaseId }: RollBackRequest): Promise<Lifecycle | null> {
  if (releaseId !== undefined) {
    const named = await findLifecycle(tx.db, releaseId);
    return named?.service === service ? named : null;
  }
  const candidate = await findUnderWay(tx, service);
  return candidate && refuseRollBack(candidate) === null ? candidate : currentLive(tx, service);
}

async function currentLive(tx: Tx, service: string): Promise<Lifecycle | null> {
  const { live } = await findOpenReleases(tx.db, service);
  return live && findLifecycle(tx.db, live.releaseId);
}

type Refused = Extract<RollBackResult, { kind: 'refused' }>;

function refuse(reason: Refused['reason'], message: string): Refused {
  return { kind: 'refused', reason, message };
}
