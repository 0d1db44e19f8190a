/** What may decide for a service now: stopped, expired, none, or live. */
import type { Kysely } from 'kysely';
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

/** Without `at`: at the ledger's time. A stop goes before an end date, both before everything else. */
export async function activeRelease(ledger: Ledger, service: string, at: number = ledger.clock.now()): Promise<ActiveRelease> {
  return findActiveRelease(ledger, service, at);
}

/** The same inside a transaction. */
export async function findActiveRelease(source: ServiceSource & Pick<Ledger, 'vault'>, service: string, at: number): Promise<ActiveRelease> {
  const release = await findCurrentRelease(source.db, service);
  const stop = await findStop(source, service);
  if (stop) return { state: 'stopped', release, stop };
  if (!release) return { state: 'none' };
  if (at >= release.validUntil) return { state: 'expired', release };
  const latest = await findService(source, service);
  return { state: 'live', release, policyInForce: latest !== null && (await isPolicyOf(source.db, release, latest)) };
}

/** The release that has been opened and not ended; also when its end date has passed. */
export async function findCurrentRelease(db: Kysely<Database>, service: string): Promise<Release | null> {
  const row = await openOfService.first(db, { service });
  return row ? toRelease(row) : null;
}

/** True where the release was opened for the rules of this service version and the routing table in force. */
export async function isPolicyOf(db: Kysely<Database>, release: Release, service: StoredService): Promise<boolean> {
  const table = await routingTableInForce(db, release.service);
  if (table === null) return false;
  const { threshold, model } = release;
  return release.policyDigest === policyDigest({ definition: service.definition, routingTableDigest: table, threshold, modelDigest: model.digest });
}

const openOfService = prepareQuery((db, { service }: { service: string }) => selectReleases(db).where('r.service', '=', service).where('e.release_id', 'is', null).limit(1));
