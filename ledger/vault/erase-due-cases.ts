/**
 * Erases what is kept of persons in cases whose time is over: decided so many days ago as their service states (its version
 * in force). Their entries in the vault are deleted, and a key goes with the last of its cases; what was decided, why and
 * by whom stays, and the chain holds (ADR 138).
 */
import { sql } from 'kysely';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { findService } from '../services/get-service.ts';
import { transact, type Tx } from '../store/transact.ts';
import { byRetention } from './finish-erasures.ts';
import { isKeyErased } from './is-key-erased.ts';
import { recordKeyErasure } from './record-key-erasure.ts';

export type ErasureSlice = {
  /** How many cases were erased, and how many keys with them. */
  cases: number;
  keys: number;
  /** Pass it on to go on behind this slice; null: nothing older is left to look at. */
  next: CasePosition | null;
};

export type CasePosition = { receivedAt: number; caseId: string };

const dayMs = 86_400_000;
const casesPerLook = 200;
/** A few milliseconds of work; the unit holds up no other for longer. */
const casesAtOnce = 20;

/** One slice, the oldest cases first. Never touches a case that is not decided. Any number of processes may do it at once. */
export async function eraseDueCases(ledger: Ledger, { service, after }: { service: string; after: CasePosition | null }): Promise<ErasureSlice> {
  const page = await oldCases(ledger, service, after);
  if (page === null) return { cases: 0, keys: 0, next: null };
  const due = page.rows.filter((row) => row.erased_at === null && row.decided_at !== null && row.decided_at <= page.decidedBefore);
  const now = due.slice(0, casesAtOnce);
  const last = due.length > now.length ? now.at(-1) : page.rows.length === casesPerLook ? page.rows.at(-1) : undefined;
  const erased = now.length === 0 ? { cases: 0, keyIds: [] } : await eraseCases(ledger, service, now.map((row) => row.case_id));
  // Recorded first, destroyed then: after a crash between the two, the next process to look destroys them.
  await ledger.vault.keys.erase(...erased.keyIds);
  return { cases: erased.cases, keys: erased.keyIds.length, next: last === undefined ? null : { receivedAt: last.received_at, caseId: last.case_id } };
}

async function oldCases(ledger: Ledger, service: string, after: CasePosition | null) {
  const stored = await findService(ledger, service);
  if (stored === null) return null;
  const decidedBefore = ledger.clock.now() - stored.definition.retentionDays * dayMs;
  let query = ledger.db
    .selectFrom('cases as c')
    .leftJoin('decisions as d', 'd.case_id', 'c.case_id')
    .leftJoin('case_erasures as e', 'e.case_id', 'c.case_id')
    .select(['c.case_id', 'c.received_at', 'd.decided_at', 'e.erased_at'])
    .where('c.service', '=', service)
    // A case is decided after it was received.
    .where('c.received_at', '<=', decidedBefore)
    .orderBy('c.received_at')
    .orderBy('c.case_id')
    .limit(casesPerLook);
  if (after !== null) query = query.where(sql<boolean>`(c.received_at, c.case_id) > (${after.receivedAt}, ${after.caseId})`);
  return { decidedBefore, rows: await query.execute() };
}

async function eraseCases(ledger: Ledger, service: string, caseIds: readonly string[]): Promise<{ cases: number; keyIds: string[] }> {
  return transact(ledger, async (tx) => {
    // Read anew: the service may have changed since, and another process may have been faster.
    const rule = await findService(tx, service);
    if (rule === null) return { cases: 0, keyIds: [] };
    const decidedBefore = tx.now - rule.definition.retentionDays * dayMs;
    const keyIds: string[] = [];
    let cases = 0;
    for (const caseId of caseIds) {
      const row = await dueCase(tx, caseId, decidedBefore);
      if (row === undefined) continue;
      const { numDeletedRows } = await tx.db.deleteFrom('vault_entries').where('case_id', '=', caseId).executeTakeFirstOrThrow();
      await tx.db.updateTable('cases').set({ business_id_hash: null }).where('case_id', '=', caseId).execute();
      await writeRecord(tx, {
        kind: 'case-erased',
        caseId,
        facts: { caseId, service, serviceVersion: rule.version, decidedAt: row.decidedAt, entries: Number(numDeletedRows), erasedAt: tx.now },
      });
      cases += 1;
      if (await recordLastCaseOfKey(tx, row.keyId)) keyIds.push(row.keyId);
    }
    return { cases, keyIds };
  });
}

async function dueCase({ db }: Tx, caseId: string, decidedBefore: number): Promise<{ keyId: string; decidedAt: number } | undefined> {
  return db
    .selectFrom('cases as c')
    .innerJoin('decisions as d', 'd.case_id', 'c.case_id')
    .leftJoin('case_erasures as e', 'e.case_id', 'c.case_id')
    .select(['c.key_id as keyId', 'd.decided_at as decidedAt'])
    .where('c.case_id', '=', caseId)
    .where('d.decided_at', '<=', decidedBefore)
    .where('e.case_id', 'is', null)
    .executeTakeFirst();
}

/** True where this key opens nothing any more and its erasure was recorded now. */
async function recordLastCaseOfKey(tx: Tx, keyId: string): Promise<boolean> {
  const inUse = await tx.db
    .selectFrom('cases as c')
    .leftJoin('case_erasures as e', 'e.case_id', 'c.case_id')
    .select('c.case_id')
    .where('c.key_id', '=', keyId)
    .where('e.case_id', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (inUse || (await isKeyErased(tx.db, keyId))) return false;
  await recordKeyErasure(tx, keyId, byRetention);
  return true;
}
