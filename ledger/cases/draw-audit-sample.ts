/** Draws the audit sample for a case before anything else is known of it. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { findCurrentRelease } from '../releases/active-release.ts';
import { isAuditCase } from '../releases/is-audit-case.ts';
import { seedOfRelease } from '../releases/seed-of-release.ts';
import { transact, type Tx } from '../store/transact.ts';
import type { AuditDraw } from './case.ts';

/**
 * Once per case, under the release of this moment; repeating returns the first draw. Null: no such case. In a pilot
 * nobody is drawn: every case has a blind verdict there, and its second look as in any review.
 */
export async function drawAuditSample(ledger: Ledger, caseId: string): Promise<AuditDraw | null> {
  return transact(ledger, async (tx) => {
    const known = await tx.db.selectFrom('cases').select('service').where('case_id', '=', caseId).executeTakeFirst();
    if (!known) return null;
    const before = await tx.db.selectFrom('audit_draws').selectAll().where('case_id', '=', caseId).executeTakeFirst();
    if (before) return { audit: before.audit === 1, releaseId: before.release_id, drawnAt: before.drawn_at };
    const draw = await drawNow(tx, known.service, caseId);
    await writeRecord(tx, { kind: 'audit-drawn', caseId, facts: { caseId, ...draw } });
    return draw;
  });
}

async function drawNow(tx: Tx, service: string, caseId: string): Promise<AuditDraw> {
  const release = await findCurrentRelease(tx.db, service);
  if (!release || release.mode === 'pilot') return { audit: false, releaseId: release?.releaseId ?? null, drawnAt: tx.now };
  const seed = await seedOfRelease(tx, release.releaseId);
  return { audit: isAuditCase({ seed, auditShare: release.auditShare }, caseId), releaseId: release.releaseId, drawnAt: tx.now };
}
