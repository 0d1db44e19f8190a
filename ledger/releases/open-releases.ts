/** The releases of a service that may decide: at most one that is live, and at most one in its canary. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { canaryBucket } from './canary-bucket.ts';
import type { StopAsked } from './lifecycle.ts';
import { stopAskedCode } from './move-codes.ts';
import { selectReleases, toRelease } from './release-row.ts';
import type { Release } from './release.ts';

/** `share` in percent. */
export type Canary = { release: Release; share: number; stopAsked: StopAsked | null };
export type OpenReleases = { live: Release | null; canary: Canary | null };

/** Opened and not ended; also where the end date has passed. */
export async function findOpenReleases(db: Kysely<Database>, service: string): Promise<OpenReleases> {
  const rows = await openOfService.all(db, { service });
  const canary = rows.find(({ last_state: state }) => state === 'canary');
  const live = rows.find(({ last_state: state }) => state !== 'canary');
  return {
    live: live ? toRelease(live) : null,
    canary: canary ? { release: toRelease(canary), share: canary.last_share ?? 0, stopAsked: canary.last_code === stopAskedCode ? { by: canary.last_by ?? '', at: canary.last_at ?? 0 } : null } : null,
  };
}

const openOfService = prepareQuery((db, { service }: { service: string }) =>
  selectReleases(db)
    .leftJoin('release_moves as m', (join) =>
      join.onRef('m.release_id', '=', 'r.release_id').on('m.record_seq', '=', (inner) => inner.selectFrom('release_moves as n').select(({ fn }) => fn.max('n.record_seq').as('last')).whereRef('n.release_id', '=', 'r.release_id')),
    )
    .select(['m.to_state as last_state', 'm.share as last_share', 'm.code as last_code', 'm.moved_by as last_by', 'm.moved_at as last_at'])
    .where('r.service', '=', service)
    .where('e.release_id', 'is', null),
);

/** A case, and where it was drawn, the release it was drawn for. */
export type DrawnCase = { caseId: string; draw: { releaseId: string | null } | null };

/**
 * The release of one case: the one it was drawn for while that may decide; undrawn, the canary for its share of the
 * cases, else the live one. A canary that was stopped or whose date has come takes no new cases.
 */
export function releaseOfCase({ live, canary }: OpenReleases, { caseId, draw }: DrawnCase, at: number): Release | null {
  if (!canary) return live;
  if (draw) return draw.releaseId === canary.release.releaseId ? canary.release : live;
  const takesCases = !canary.stopAsked && at < canary.release.validUntil;
  return takesCases && canaryBucket(canary.release.releaseId, caseId) < canary.share / 100 ? canary.release : live;
}
