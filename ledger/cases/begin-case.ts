/** The first step of a case in one unit of work: binds it to its process instance, draws the audit sample, looks the release up. */
import type { Ledger } from '../ledger.ts';
import { findActiveRelease } from '../releases/active-release.ts';
import type { ActiveRelease } from '../releases/release.ts';
import { transact } from '../store/transact.ts';
import { bind, type BindInstanceRequest } from './bind-instance.ts';
import type { AuditDraw } from './case.ts';
import { draw } from './draw-audit-sample.ts';

export type BeginCaseResult = { kind: 'begun'; draw: AuditDraw; release: ActiveRelease } | { kind: 'other' } | { kind: 'case-unknown' };

/** Repeating returns the first draw, and the release of the moment. `other`: another instance works on this case; nothing is drawn then. */
export async function beginCase(ledger: Ledger, request: BindInstanceRequest): Promise<BeginCaseResult> {
  return transact(ledger, async (tx) => {
    const bound = await bind(tx, request);
    if (bound.kind === 'other' || bound.kind === 'case-unknown') return bound;
    const { service } = bound;
    const { caseId } = request;
    const drawn = await draw(tx, { caseId, service });
    return { kind: 'begun', draw: drawn, release: await findActiveRelease(tx, service, tx.now, { caseId, draw: drawn }) };
  });
}
