// What every worker of a release starts from: its life and its service, read from the ledger.
import { activeRelease, getLifecycle, getService, type Ledger, type Lifecycle, type Release, type StoredService } from '../../ledger/index.ts';
import { endedStates } from '../../ledger/releases/lifecycle.ts';
import { TerminalFailure } from '../runtime/failures.ts';
import { releaseFailed } from './failures.ts';

/** Throws `TerminalFailure` for a release that the ledger does not know: no diagram can foresee that. */
export async function lifeOf(ledger: Ledger, releaseId: string): Promise<Lifecycle> {
  const found = await getLifecycle(ledger, releaseId);
  if (found === null) throw new TerminalFailure(`Release "${releaseId}" is not in the ledger. Cancel this instance; releases are proposed through the API.`);
  return found;
}

/** The same for one that must still be on its way: one that ended meanwhile is a modelled failure. */
export async function openLifeOf(ledger: Ledger, releaseId: string): Promise<Lifecycle> {
  const found = await lifeOf(ledger, releaseId);
  if (isOver(found)) throw releaseFailed('RELEASE_OVER', `The release is ${found.state} already.`);
  return found;
}

export function isOver({ state }: Pick<Lifecycle, 'state'>): boolean {
  return endedStates.some((ended) => ended === state);
}

/** The newest version of the service: promotions follow the rules of today. */
export async function serviceOf(ledger: Ledger, service: string): Promise<StoredService> {
  const stored = await getService(ledger, service);
  if (stored === null) throw new TerminalFailure(`There is no decision service "${service}". Store it and resolve the incident.`);
  return stored;
}

/** What decides now, or would if the service were not stopped; null where people decide alone, also after an end date. */
export async function decidingRelease(ledger: Ledger, service: string): Promise<Release | null> {
  const active = await activeRelease(ledger, service);
  return active.state === 'live' || active.state === 'stopped' ? active.release : null;
}
