/** Proposes a model version for a service: the beginning of a release. At most one is on its way per service. */
import { randomUUID } from 'node:crypto';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { findService } from '../services/get-service.ts';
import { transact, type Tx } from '../store/transact.ts';
import { isUnderWay } from './allowed-moves.ts';
import { findLifecycle, findLifecycles } from './lifecycle-row.ts';
import type { Lifecycle, ProposeReleaseRequest, ProposeReleaseResult, ReleaseKind, RiskTier } from './lifecycle.ts';
import { findOpenReleases } from './open-releases.ts';
import { oweProposed } from './owe-message.ts';
import type { Release } from './release.ts';

/**
 * Starts the process `model-promotion` with it. The same proposal again (model digest, source, reference) answers with
 * the one that is open. A promotion is measured against the live release, a renewal prolongs it.
 */
export async function proposeRelease(ledger: Ledger, request: ProposeReleaseRequest): Promise<ProposeReleaseResult> {
  return transact(ledger, async (tx): Promise<ProposeReleaseResult> => {
    const service = await findService(tx, request.service);
    if (!service) return refuse('SERVICE_UNKNOWN', `There is no decision service ${request.service}.`);
    const open = await findUnderWay(tx, request.service);
    if (open) {
      if (isSame(open, request)) return { kind: 'repeated', release: open };
      return refuse('PROMOTION_OPEN', `Version ${open.model.version} is on its way already (release ${open.releaseId}, ${open.state}). End that first: a service has one promotion at a time.`);
    }
    const { live } = await findOpenReleases(tx.db, request.service);
    const refused = request.kind === 'renewal' ? refuseRenewal(request, live) : refusePromotion(request, live);
    if (refused) return refused;
    const release = await insertProposal(tx, { ...request, predecessor: live?.releaseId ?? null, riskTier: service.definition.riskTier });
    await oweProposed(tx, release);
    return { kind: 'proposed', release };
  });
}

export type NewProposal = Omit<ProposeReleaseRequest, 'kind' | 'predecessor'> & { kind: ReleaseKind; predecessor: string | null; riskTier: RiskTier };

/** Written as it stands: who calls it has checked it. */
export async function insertProposal(tx: Tx, { model, ...proposal }: NewProposal): Promise<Lifecycle> {
  const releaseId = randomUUID();
  const { service, kind, source, reference, proposedBy, trainedBy, predecessor, riskTier } = proposal;
  await writeRecord(tx, {
    kind: 'release-proposed',
    caseId: null,
    facts: { releaseId, service, kind, modelName: model.name, modelVersion: model.version, modelDigest: model.digest, source, reference, proposedBy, trainedBy, predecessor, riskTier, proposedAt: tx.now },
  });
  const stored = await findLifecycle(tx.db, releaseId);
  if (!stored) throw new Error(`The proposal ${releaseId} was not stored.`);
  return stored;
}

/** The promotion or renewal of a service that is between proposal and live. */
export async function findUnderWay(tx: Pick<Tx, 'db'>, service: string): Promise<Lifecycle | null> {
  const newest = await tx.db.selectFrom('release_proposals').select('release_id').where('service', '=', service).where('kind', '!=', 'rollback').orderBy('record_seq', 'desc').limit(1).execute();
  const [release] = await findLifecycles(tx.db, newest.map(({ release_id: id }) => id));
  return release && isUnderWay(release) ? release : null;
}

function isSame(open: Lifecycle, request: ProposeReleaseRequest): boolean {
  return open.kind === request.kind && open.model.digest === request.model.digest && open.source === request.source && open.reference === request.reference;
}

type Refused = Extract<ProposeReleaseResult, { kind: 'refused' }>;

function refusePromotion({ model, predecessor }: ProposeReleaseRequest, live: Release | null): Refused | null {
  if (predecessor !== undefined && predecessor !== live?.releaseId) return refuse('PREDECESSOR_NOT_LIVE', `Release ${predecessor} is not the live one of this service.`);
  return live?.model.digest === model.digest ? refuse('MODEL_LIVE', `This very artefact is live already (release ${live.releaseId}). Renew that release instead of promoting it again.`) : null;
}

function refuseRenewal({ model, predecessor }: ProposeReleaseRequest, live: Release | null): Refused | null {
  if (predecessor === undefined) return refuse('PREDECESSOR_MISSING', 'A renewal names the release that it renews.');
  if (!live || live.releaseId !== predecessor) return refuse('PREDECESSOR_NOT_LIVE', `Release ${predecessor} is not the live one of this service; only that can be renewed.`);
  return live.model.digest === model.digest ? null : refuse('PREDECESSOR_OTHER_MODEL', 'A renewal keeps the model of the release. Propose another version as a promotion.');
}

function refuse(reason: Refused['reason'], message: string): Refused {
  return { kind: 'refused', reason, message };
}
