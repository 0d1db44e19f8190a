/** Reads releases out of their two tables. */
import { z } from 'zod';
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { AnyObject, readJson, Texts } from '../store/json-column.ts';
import type { Release } from './release.ts';

const EvidenceList = z.array(z.strictObject({ name: z.string(), digest: z.string() }));

/** Releases with their ends, latest first. */
export function selectReleases(db: Kysely<Database>) {
  return db
    .selectFrom('releases as r')
    .leftJoin('release_ends as e', 'e.release_id', 'r.release_id')
    .selectAll('r')
    .select(['e.how as end_how', 'e.ended_by as end_by', 'e.ended_at as end_at', 'e.seed as end_seed'])
    .orderBy('r.record_seq', 'desc');
}

type ReleaseRow = Awaited<ReturnType<ReturnType<typeof selectReleases>['execute']>>[number];

export function toRelease(row: ReleaseRow): Release {
  return {
    releaseId: row.release_id,
    service: row.service,
    mode: row.mode,
    model: { name: row.model_name, version: row.model_version, digest: row.model_digest },
    threshold: row.threshold,
    certificate: row.certificate === null ? null : readJson(AnyObject, row.certificate),
    policyDigest: row.policy_digest,
    auditShare: row.audit_share,
    seedHash: row.seed_hash,
    demo: row.demo === 1,
    evidence: readJson(EvidenceList, row.evidence),
    conditions: readJson(Texts, row.conditions),
    approvedBy: readJson(Texts, row.approved_by),
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    validUntil: row.valid_until,
    end: toEnd(row),
  };
}

function toEnd(row: ReleaseRow): Release['end'] {
  if (row.end_how === null || row.end_by === null || row.end_at === null || row.end_seed === null) return null;
  return { how: row.end_how, by: row.end_by, at: row.end_at, seed: row.end_seed };
}
