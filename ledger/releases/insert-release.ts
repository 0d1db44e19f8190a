/** Writes the terms under which a release may decide, with the seed of its audit draw. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../chain/digest.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { StoredService } from '../services/service.ts';
import type { Tx } from '../store/transact.ts';
import { policyDigest } from './policy-digest.ts';
import type { OpenReleaseRequest, Release } from './release.ts';

/** The policy is that of this service version and routing table. */
export async function insertRelease(tx: Tx, releaseId: string, request: OpenReleaseRequest, service: StoredService, table: string): Promise<Release> {
  const seed = randomBytes(32).toString('hex');
  const threshold = request.mode === 'automatic' ? request.threshold : null;
  const release: Release = {
    releaseId,
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
