/** Draws the audit sample for a case before anything else is known of it. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { findCurrentRelease } from '../releases/active-release.ts';
import { isAuditCase } from '../releases/is-audit-case.ts';
import { seedOfRelease } from '../releases/seed-of-release.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { transact, type Tx } from '../store/transact.ts';
import type { AuditDraw } from './case.ts';
import { serviceOfCase } from './service-of-case.ts';

/**
 * Once per case, under the release of this moment; repeating returns the first draw. Null: no such case. In a pilot
 * nobody is drawn: every case has a blind verdict there, and its second look as in any review.
 */
export async function drawAuditSample(ledger: Ledger, caseId: string): Promise<AuditDraw | null> {
  return transact(ledger, async (tx) => {
    const service = await serviceOfCase(tx.db, caseId);
    return service === null ? null : draw(tx, { caseId, service });
  });
}

/** The same inside a transaction. */
export async function draw(tx: Tx, { caseId, service }: { caseId: string; service: string }): Promise<AuditDraw> {
  const before = await drawOfCase.first(tx.db, { caseId });
  if (before) return { audit: before.audit === 1, releaseId: before.release_id, drawnAt: before.drawn_at };
  const drawn = await drawNow(tx, service, caseId);
  await writeRecord(tx, { kind: 'audit-drawn', caseId, facts: { caseId, ...drawn } });
  return drawn;
}

const drawOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('audit_draws').selectAll().where('case_id', '=', caseId));

async function drawNow(tx: Tx, service: string, caseId: string): Promise<AuditDraw> {
  const release = await findCurrentRelease(tx.db, service);
  if (!release || release.mode === 'pilot') return { audit: false, releaseId: release?.releaseId ?? null, drawnAt: tx.now };
  const seed = await seedOfRelease(tx, release.releaseId);
  return { audit: isAuditCase({ seed, auditShare: release.auditShare }, caseId), releaseId: release.releaseId, drawnAt: tx.now };
}
