/**
 * Erases what is kept of persons in cases whose time is over: decided so many days ago as their service states (its version
 * in force). Their entries in the vault are deleted, and a key goes with the last of its cases; what was decided, why and
 * by whom stays, and the chain holds (ADR 138).
 */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { findService, type ServiceSource } from '../services/get-service.ts';
import type { StoredService } from '../services/service.ts';
import { transact, type Tx } from '../store/transact.ts';
import { byRetention } from './finish-erasures.ts';
import { isKeyErased } from './is-key-erased.ts';
import { recordKeyErasure } from './record-key-erasure.ts';

/** Decisions by the numbers of their records: behind the first number, up to the second one. */
export type DecisionRange = { after: number; to: number };

export type ErasureSlice = {
  /** How many cases were erased, by service, and how many keys with them. */
  cases: ReadonlyMap<string, number>;
  keys: number;
  /** Of each service the oldest decision, in epoch milliseconds, that was looked at and whose case was not erased. */
  left: ReadonlyMap<string, number>;
  /** The last decision that was looked at: go on behind it. Null: the range is through. */
  next: number | null;
};

type DecidedCase = { record_seq: number; case_id: string; service: string; decided_at: number };

const dayMs = 86_400_000;
const decisionsPerLook = 200;
/** A few milliseconds of work; the unit holds up no other for longer. */
const casesAtOnce = 20;

/** One slice, in the order of the decisions; a case that is not decided is never met. Any number of processes may do it at once. */
export async function eraseDueCases(ledger: Ledger, { after, to }: DecisionRange): Promise<ErasureSlice> {
  const page = await decidedCases(ledger, { after, to });
  const kept = page.filter((row) => row.erased_at === null);
  const rules = await rulesOf(ledger, kept);
  const due = kept.filter((row) => isDue(row, rules.get(row.service), ledger.clock.now()));
  const now = due.slice(0, casesAtOnce);
  const last = due.length > now.length ? now.at(-1) : page.length === decisionsPerLook ? page.at(-1) : undefined;
  const erased = now.length === 0 ? { caseIds: new Set<string>(), keyIds: [] } : await eraseCases(ledger, now);
  // Recorded first, destroyed then: after a crash between the two, the next process to look destroys them.
  await ledger.vault.keys.erase(...erased.keyIds);
  const left = kept.filter((row) => !erased.caseIds.has(row.case_id) && (last === undefined || row.record_seq <= last.record_seq));
  return {
    cases: countByService(now.filter((row) => erased.caseIds.has(row.case_id))),
    keys: erased.keyIds.length,
    left: oldestByService(left),
    next: last?.record_seq ?? null,
  };
}

/** The last decision there is; 0: none. */
export async function lastDecision(ledger: Ledger): Promise<number> {
  const last = await ledger.db.selectFrom('decisions').select('record_seq').orderBy('record_seq', 'desc').limit(1).executeTakeFirst();
  return last?.record_seq ?? 0;
}

function decidedCases(ledger: Ledger, { after, to }: DecisionRange): Promise<(DecidedCase & { erased_at: number | null })[]> {
  return ledger.db
    .selectFrom('decisions as d')
    .leftJoin('case_erasures as e', 'e.case_id', 'd.case_id')
    .select(['d.record_seq', 'd.case_id', 'd.service', 'd.decided_at', 'e.erased_at'])
    .where('d.record_seq', '>', after)
    .where('d.record_seq', '<=', to)
    .orderBy('d.record_seq')
    .limit(decisionsPerLook)
    .execute();
}

/** The versions in force of their services. */
async function rulesOf(source: ServiceSource, cases: readonly DecidedCase[]): Promise<ReadonlyMap<string, StoredService>> {
  const rules = new Map<string, StoredService>();
  for (const service of new Set(cases.map((row) => row.service))) {
    const rule = await findService(source, service);
    if (rule !== null) rules.set(service, rule);
  }
  return rules;
}

/** What was decided then, in epoch milliseconds, or before has been kept for its time. */
export function decidedBefore(retentionDays: number, now: number): number {
  return now - retentionDays * dayMs;
}

function isDue({ decided_at: at }: DecidedCase, rule: StoredService | undefined, now: number): boolean {
  return rule !== undefined && at <= decidedBefore(rule.definition.retentionDays, now);
}

function countByService(cases: readonly DecidedCase[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { service } of cases) counts.set(service, (counts.get(service) ?? 0) + 1);
  return counts;
}

function oldestByService(cases: readonly DecidedCase[]): ReadonlyMap<string, number> {
  const oldest = new Map<string, number>();
  for (const { service, decided_at: at } of cases) oldest.set(service, Math.min(at, oldest.get(service) ?? at));
  return oldest;
}

async function eraseCases(ledger: Ledger, cases: readonly DecidedCase[]): Promise<{ caseIds: Set<string>; keyIds: string[] }> {
  return transact(ledger, async (tx) => {
    const keyIds: string[] = [];
    const caseIds = new Set<string>();
    // Read anew: a service may have changed since, and another process may have been faster.
    const rules = await rulesOf(tx, cases);
    for (const decided of cases) {
      const { case_id: caseId, service, decided_at: decidedAt } = decided;
      const rule = rules.get(service);
      const keyId = rule && isDue(decided, rule, tx.now) ? await keyOfUnerased(tx, caseId) : undefined;
      if (rule === undefined || keyId === undefined) continue;
      const { numDeletedRows } = await tx.db.deleteFrom('vault_entries').where('case_id', '=', caseId).executeTakeFirstOrThrow();
      await tx.db.updateTable('cases').set({ business_id_hash: null }).where('case_id', '=', caseId).execute();
      await writeRecord(tx, {
        kind: 'case-erased',
        caseId,
        facts: { caseId, service, serviceVersion: rule.version, decidedAt, entries: Number(numDeletedRows), erasedAt: tx.now },
      });
      caseIds.add(caseId);
      if (await recordLastCaseOfKey(tx, keyId)) keyIds.push(keyId);
    }
    return { caseIds, keyIds };
  });
}

/** Undefined: its case was erased meanwhile. */
async function keyOfUnerased({ db }: Tx, caseId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('cases as c')
    .leftJoin('case_erasures as e', 'e.case_id', 'c.case_id')
    .select('c.key_id')
    .where('c.case_id', '=', caseId)
    .where('e.case_id', 'is', null)
    .executeTakeFirst();
  return row?.key_id;
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
