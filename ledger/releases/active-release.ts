/** What may decide for a service now: stopped, expired, none, or live. */
import type { Kysely } from 'kysely';
import { findDraw } from '../cases/find-draw.ts';
import type { Ledger } from '../ledger.ts';
import { findService, type ServiceSource } from '../services/get-service.ts';
import { routingTableInForce } from '../services/routing-table-in-force.ts';
import type { StoredService } from '../services/service.ts';
import type { Database } from '../store/database.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { policyDigest } from './policy-digest.ts';
import { selectReleases, toRelease } from './release-row.ts';
import type { ActiveRelease, Release } from './release.ts';
import { findStop } from './find-stop.ts';
import { findOpenReleases, releaseOfCase, type DrawnCase, type OpenReleases } from './open-releases.ts';

/**
 * Without `at`: at the ledger's time. A stop goes before an end date, both before everything else. With a case: the
 * release of that case, which may be the one in its canary; without: the live one.
 */
export async function activeRelease(ledger: Ledger, service: string, at: number = ledger.clock.now(), caseId?: string): Promise<ActiveRelease> {
  return findActiveRelease(ledger, service, at, caseId === undefined ? undefined : { caseId, draw: await findDraw(ledger.db, caseId) });
}

type Source = ServiceSource & Pick<Ledger, 'vault'>;

/** The same inside a transaction. */
export async function findActiveRelease(source: Source, service: string, at: number, forCase?: DrawnCase): Promise<ActiveRelease> {
  return activeOf(source, await findOpenReleases(source.db, service), { service, at, forCase });
}

/** The same of releases that were read already. */
export async function activeOf(source: Source, open: OpenReleases, { service, at, forCase }: { service: string; at: number; forCase?: DrawnCase | undefined }): Promise<ActiveRelease> {
  const release = forCase ? releaseOfCase(open, forCase, at) : open.live;
  const stop = await findStop(source, service);
  if (stop) return { state: 'stopped', release, stop };
  if (!release) return noneOrExpired(source.db, service);
  const { canary } = open;
  if (canary?.stopAsked && canary.release.releaseId === release.releaseId) return { state: 'stopped', release, stop: { ...canary.stopAsked, reason: null } };
  if (at >= release.validUntil) return { state: 'expired', release };
  const latest = await findService(source, service);
  return { state: 'live', release, policyInForce: latest !== null && isPolicyOf(release, latest, await routingTableInForce(source.db, service)) };
}

/** Where the last release ran out, people decide because of that, also after its watch has ended it. */
async function noneOrExpired(db: Kysely<Database>, service: string): Promise<ActiveRelease> {
  const last = await lastEnded.first(db, { service });
  return last?.end_how === 'expired' ? { state: 'expired', release: toRelease(last) } : { state: 'none' };
}

const lastEnded = prepareQuery((db, { service }: { service: string }) =>
  selectReleases(db).where('r.service', '=', service).where('e.release_id', 'is not', null).clearOrderBy().orderBy('e.record_seq', 'desc').limit(1),
);

/** True where the release was opened for the rules of this service version and this routing table. */
export function isPolicyOf(release: Release, service: StoredService, table: string | null): boolean {
  if (table === null) return false;
  const { threshold, model } = release;
  return release.policyDigest === policyDigest({ definition: service.definition, routingTableDigest: table, threshold, modelDigest: model.digest });
}
