/** All releases, latest first; of one service where named. */
import type { Ledger } from '../ledger.ts';
import { selectReleases, toRelease } from './release-row.ts';
import type { Release } from './release.ts';

export async function listReleases(ledger: Ledger, service?: string): Promise<Release[]> {
  const all = selectReleases(ledger.db);
  const rows = await (service === undefined ? all : all.where('r.service', '=', service)).execute();
  return rows.map(toRelease);
}
