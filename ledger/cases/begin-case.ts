/** The first step of a case in one unit of work: binds it to its process instance, draws the audit sample, looks the release up. */
import type { Ledger } from '../ledger.ts';
import { activeOf } from '../releases/active-release.ts';
import { findRelease } from '../releases/get-release.ts';
import { findOpenReleases } from '../releases/open-releases.ts';
import type { ActiveRelease } from '../releases/release.ts';
import { transactInOrder, type Tx } from '../store/transact.ts';
import { bind, type BindInstanceRequest } from './bind-instance.ts';
import type { AuditDraw } from './case.ts';
import { findCase } from './get-case.ts';
import { draw } from './draw-audit-sample.ts';

export type BeginCaseResult = { kind: 'begun'; draw: AuditDraw; release: ActiveRelease } | { kind: 'other' } | { kind: 'case-unknown' };

/**
 * Repeating returns the first draw, and the release of the moment; once a model has decided, the one that it decided
 * under, whatever became of that since. `other`: another instance works on this case; nothing is drawn then.
 */
export async function beginCase(ledger: Ledger, request: BindInstanceRequest): Promise<BeginCaseResult> {
  return transactInOrder(ledger, async (tx) => {
    const bound = await bind(tx, request);
    if (bound.kind === 'other' || bound.kind === 'case-unknown') return bound;
    const { service } = bound;
    const { caseId } = request;
    const open = await findOpenReleases(tx.db, service);
    const drawn = await draw(tx, { caseId, open });
    const decidedUnder = bound.kind === 'already' ? await releaseOfDecision(tx, caseId) : null;
    return { kind: 'begun', draw: drawn, release: decidedUnder ?? (await activeOf(tx, open, { service, at: tx.now, forCase: { caseId, draw: drawn } })) };
  });
}

/** As the gate saw it: live and in force. Else a case that is decided would be sent to people. */
async function releaseOfDecision(tx: Tx, caseId: string): Promise<ActiveRelease | null> {
  const decision = (await findCase(tx, caseId))?.decision;
  if (decision?.decidedBy !== 'model' || decision.releaseId === null) return null;
  const release = await findRelease(tx.db, decision.releaseId);
  return release === null ? null : { state: 'live', release, policyInForce: true };
}
