/** Opens a release: from this moment its model decides for the service, or, in a pilot, advises on every case. */
import { randomUUID } from 'node:crypto';
import type { Ledger } from '../ledger.ts';
import { findService } from '../services/get-service.ts';
import { routingTableInForce } from '../services/routing-table-in-force.ts';
import { transact } from '../store/transact.ts';
import { endRelease } from './end-release.ts';
import { insertRelease } from './insert-release.ts';
import { findLifecycle } from './lifecycle-row.ts';
import { findOpenReleases } from './open-releases.ts';
import { oweLive } from './owe-message.ts';
import type { OpenReleaseRequest, OpenReleaseResult } from './release.ts';

/** The policy is that of this moment: latest service version, routing table in force. An older release is superseded. */
export async function openRelease(ledger: Ledger, request: OpenReleaseRequest): Promise<OpenReleaseResult> {
  return transact(ledger, async (tx) => {
    const service = await findService(tx, request.service);
    if (!service) return { kind: 'refused', reason: 'SERVICE_UNKNOWN', message: `There is no decision service ${request.service}. Store it first.` };
    const table = await routingTableInForce(tx.db, request.service);
    if (table === null) return { kind: 'refused', reason: 'NO_ROUTING_TABLE', message: `No routing table is deployed for ${request.service}, so there is no policy to release. Deploy the process first.` };
    if (request.validUntil <= tx.now) return { kind: 'refused', reason: 'ALREADY_OVER', message: 'The end date of the release has passed already. Give a later one.' };
    const { live } = await findOpenReleases(tx.db, request.service);
    const before = live && (await findLifecycle(tx.db, live.releaseId));
    if (before) await endRelease(tx, before, { to: 'superseded', by: request.openedBy, why: { code: 'SUPERSEDED' } });
    const release = await insertRelease(tx, randomUUID(), request, service, table);
    await oweLive(tx, release);
    return { kind: 'opened', release };
  });
}
