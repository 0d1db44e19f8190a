/** Draws the audit sample for a case before anything else is known of it. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { isAuditCase } from '../releases/is-audit-case.ts';
import { findOpenReleases, releaseOfCase, type OpenReleases } from '../releases/open-releases.ts';
import { seedOfRelease } from '../releases/seed-of-release.ts';
import { transact, type Tx } from '../store/transact.ts';
import type { AuditDraw } from './case.ts';
import { findDraw } from './find-draw.ts';
import { serviceOfCase } from './service-of-case.ts';

/**
 * Once per case, under its release of this moment (in a canary its share of the cases has another one), which the case
 * keeps; repeating returns the first draw. Null: no such case. In a pilot
 * nobody is drawn: every case has a blind verdict there, and its second look as in any review.
 */
export async function drawAuditSample(ledger: Ledger, caseId: string): Promise<AuditDraw | null> {
  return transact(ledger, async (tx) => {
    const service = await serviceOfCase(tx.db, caseId);
    return service === null ? null : draw(tx, { caseId, open: await findOpenReleases(tx.db, service) });
  });
}

/** The same inside a transaction, of the open releases of its service. */
export async function draw(tx: Tx, { caseId, open }: { caseId: string; open: OpenReleases }): Promise<AuditDraw> {
  const before = await findDraw(tx.db, caseId);
  if (before) return before;
  const drawn = await drawNow(tx, open, caseId);
  await writeRecord(tx, { kind: 'audit-drawn', caseId, facts: { caseId, ...drawn } });
  return drawn;
}

async function drawNow(tx: Tx, open: OpenReleases, caseId: string): Promise<AuditDraw> {
  const release = releaseOfCase(open, { caseId, draw: null }, tx.now);
  if (!release || release.mode === 'pilot') return { audit: false, releaseId: release?.releaseId ?? null, drawnAt: tx.now };
  const seed = await seedOfRelease(tx, release.releaseId);
  return { audit: isAuditCase({ seed, auditShare: release.auditShare }, caseId), releaseId: release.releaseId, drawnAt: tx.now };
}
