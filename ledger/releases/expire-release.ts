/** Ends a release whose date has come: its predecessor decides where that is still valid, else people. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { endRelease } from './end-release.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { EndReleaseRequest, ExpireReleaseResult } from './lifecycle.ts';
import { reread } from './move-release.ts';
import { oweRollback } from './owe-message.ts';
import { findRestorable, restore } from './restore-predecessor.ts';

/** `successor`: what decides now; null: people. A canary that runs out leaves what is live alone. */
export async function expireRelease(ledger: Ledger, { releaseId, by, why = { code: 'EXPIRED' } }: EndReleaseRequest): Promise<ExpireReleaseResult> {
  return transact(ledger, async (tx): Promise<ExpireReleaseResult> => {
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return { kind: 'refused', reason: 'RELEASE_UNKNOWN', message: `There is no release ${releaseId}.` };
    if (release.state === 'expired') return { kind: 'already', release, successor: null };
    const { state, terms } = release;
    if ((state !== 'live' && state !== 'canary') || !terms) return { kind: 'refused', reason: 'NOT_ALLOWED', message: `A release that is ${state} cannot run out.` };
    if (tx.now < terms.validUntil) return { kind: 'refused', reason: 'NOT_OVER', message: `The release is valid until ${new Date(terms.validUntil).toISOString()}.` };
    const old = state === 'live' ? await findRestorable(tx, release, tx.now) : null;
    await endRelease(tx, release, { to: 'expired', by, why });
    if (state === 'live') await oweRollback(tx, release);
    const successor = old ? await restore(tx, old, { by, why }) : null;
    return { kind: 'expired', release: await reread(tx, releaseId), successor };
  });
}
