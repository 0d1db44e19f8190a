/** Opens a release: from this moment its model decides for the service, or, in a pilot, advises on every case. */
import { randomBytes, randomUUID } from 'node:crypto';
import { sha256 } from '../chain/digest.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { findService } from '../services/get-service.ts';
import { routingTableInForce } from '../services/routing-table-in-force.ts';
import type { StoredService } from '../services/service.ts';
import { transact, type Tx } from '../store/transact.ts';
import { endRelease } from './end-release.ts';
import { policyDigest } from './policy-digest.ts';
import type { OpenReleaseRequest, OpenReleaseResult, Release } from './release.ts';
import { findCurrentRelease } from './active-release.ts';

/** The policy is that of this moment: latest service version, routing table in force. An older release is superseded. */
export async function openRelease(ledger: Ledger, request: OpenReleaseRequest): Promise<OpenReleaseResult> {
  return transact(ledger, async (tx) => {
    const service = await findService(tx, request.service);
    if (!service) return { kind: 'refused', reason: 'SERVICE_UNKNOWN', message: `There is no decision service ${request.service}. Store it first.` };
    const table = await routingTableInForce(tx.db, request.service);
    if (table === null) return { kind: 'refused', reason: 'NO_ROUTING_TABLE', message: `No routing table is deployed for ${request.service}, so there is no policy to release. Deploy the process first.` };
    if (request.validUntil <= tx.now) return { kind: 'refused', reason: 'ALREADY_OVER', message: 'The end date of the release has passed already. Give a later one.' };
    const before = await findCurrentRelease(tx.db, request.service);
    if (before) await endRelease(tx, before.releaseId, { how: 'superseded', by: request.openedBy });
    return { kind: 'opened', release: await insertRelease(tx, request, service, table) };
  });
}

async function insertRelease(tx: Tx, request: OpenReleaseRequest, service: StoredService, table: string): Promise<Release> {
  const seed = randomBytes(32).toString('hex');
  const threshold = request.mode === 'automatic' ? request.threshold : null;
  const release: Release = {
    releaseId: randomUUID(),
    service: request.service,
    mode: request.mode,
    model: request.model,
    threshold,
    certificate: request.certificate,
    policyDigest: policyDigest({ definition: service.definition, routingTableDigest: table, threshold, modelDigest: request.model.digest }),
    auditShare: request.auditShare ?? service.definition.auditShare,
    seedHash: sha256(seed),
    demo: request.demo ?? false,
    evidence: request.evidence ?? [],
    conditions: request.conditions ?? [],
    approvedBy: request.approvedBy ?? [],
    openedBy: request.openedBy,
    openedAt: tx.now,
    validUntil: request.validUntil,
    end: null,
  };
  const { model, end: _notYet, ...rest } = release;
  await writeRecord(tx, {
    kind: 'release-opened',
    caseId: null,
    facts: { ...rest, modelName: model.name, modelVersion: model.version, modelDigest: model.digest },
    sealed: { key: tx.vault.ownKey, entries: [{ kind: 'seed', value: seed }] },
  });
  return release;
}
