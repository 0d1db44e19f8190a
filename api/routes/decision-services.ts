/** Decision services and what may decide for them. */
import { z } from 'zod';
import { activeRelease, countErasedCases, getService, listServices, type ActiveRelease, type Ledger, type Release, type StoredService } from '../../ledger/index.ts';
import type { Caller } from '../access/caller.ts';
import {
  Certificate,
  CertificateNeed,
  type DecisionService,
  type DecisionServiceSummary,
  type ReleaseView,
  type ServiceState,
  type listDecisionServices as listOperation,
  type readDecisionService as readOperation,
  type readServiceState as stateOperation,
} from '../contract/decision-services.ts';
import { toMoment } from '../moment.ts';
import { Problem } from '../problem.ts';
import type { Handler } from './handler.ts';

export const listDecisionServices: Handler<typeof listOperation> = async ({ caller }, parts) => {
  const services = await listServices(parts.ledger);
  return { status: 200, body: { items: services.filter(({ definition }) => reaches(caller, definition.id)).map(summary) } };
};

export const readDecisionService: Handler<typeof readOperation> = async ({ params, caller }, parts) => {
  const stored = await reachedService(parts.ledger, caller, params.service);
  return { status: 200, body: serviceView(stored, await countErasedCases(parts.ledger, params.service)) };
};

export const readServiceState: Handler<typeof stateOperation> = async ({ params, caller }, parts) => {
  const stored = await reachedService(parts.ledger, caller, params.service);
  return { status: 200, body: stateView(stored, await activeRelease(parts.ledger, params.service)) };
};

/** 404 for a service that does not exist, 403 for one that the key does not reach. */
export async function reachedService(ledger: Ledger, caller: Caller, id: string): Promise<StoredService> {
  const stored = await getService(ledger, id);
  if (stored === null) throw new Problem('service-unknown', `There is no decision service "${id}". GET /api/decision-services lists those there are.`);
  if (!reaches(caller, id)) throw new Problem('scope-missing', `This API key is not for the decision service "${id}". Ask an administrator for a key that is.`);
  return stored;
}

function reaches(caller: Caller, service: string): boolean {
  return caller.kind === 'person' || caller.apiKey.scopes.services.includes(service);
}

function summary({ definition, version }: StoredService): DecisionServiceSummary {
  const { id, name, caseName, riskTier, processDefinitionId } = definition;
  return { service: id, version, name, caseName, riskTier, processDefinitionId };
}

function serviceView(stored: StoredService, erasedCases: number): DecisionService {
  const { definition } = stored;
  const { question, classes, inputSchema, auditShare, consentRequired, legalBasis, retentionDays, presentation } = definition;
  return { ...summary(stored), question, classes, inputSchema, promise: promiseView(stored), auditShare, consentRequired, legalBasis, retentionDays, erasedCases, presentation };
}

function promiseView({ definition }: StoredService): DecisionService['promise'] {
  const { alpha, delta, demoFigure, errorReference, population } = definition.promise;
  return { alpha, delta, demoFigure, errorReference, population };
}

function stateView(stored: StoredService, active: ActiveRelease): ServiceState {
  const release = active.state === 'none' ? null : active.release;
  return {
    service: stored.definition.id,
    state: active.state,
    release: release === null ? null : releaseView(release),
    policyInForce: active.state === 'live' && active.policyInForce,
    stop: active.state === 'stopped' ? { by: active.stop.by, at: toMoment(active.stop.at), reason: active.stop.reason } : null,
    promise: promiseView(stored),
  };
}

/** The certificate is kept as `trust/` gave it; an older or foreign shape shows none rather than wrong figures. */
const KeptCertificate = z.union([
  z.object({ certified: z.literal(true) }).extend(Certificate.shape),
  z.object({ certified: z.literal(false), need: CertificateNeed }),
]);

function releaseView(release: Release): ReleaseView {
  const kept = KeptCertificate.safeParse(release.certificate).data;
  return {
    release: release.releaseId,
    mode: release.mode,
    modelName: release.model.name,
    modelVersion: release.model.version,
    modelDigest: release.model.digest,
    threshold: release.threshold,
    certificate: release.mode === 'automatic' && kept?.certified === true ? Certificate.strip().parse(kept) : null,
    need: release.mode === 'pilot' && kept?.certified === false ? kept.need : null,
    demo: release.demo,
    openedBy: release.openedBy,
    openedAt: toMoment(release.openedAt),
    validUntil: toMoment(release.validUntil),
  };
}
