/** Opens the terms under which a release decides, and lets it take the place of the one before. */
import { evaluationPlanOf } from '../services/evaluation-plan.ts';
import { findService } from '../services/get-service.ts';
import { routingTableInForce } from '../services/routing-table-in-force.ts';
import type { StoredService } from '../services/service.ts';
import type { Tx } from '../store/transact.ts';
import { basesOfCertificate, isSamePolicy } from './certified-policy.ts';
import { endRelease } from './end-release.ts';
import { CertificateDocument } from './evaluation-report.ts';
import { currentEvidence, findEvidence } from './evidence-bundle.ts';
import { insertRelease } from './insert-release.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Lifecycle, MoveReleaseRequest, MoveReleaseResult, ReleaseTerms } from './lifecycle.ts';
import { findOpenReleases } from './open-releases.ts';
import { oweLive } from './owe-message.ts';
import { findDecision } from './read-decision.ts';

type Refused = Extract<MoveReleaseResult, { kind: 'refused' }>;

const dayMs = 86_400_000;

/** The end date is the earliest of the asked one, the plan's and those of the votes. Null where the terms hold now. */
export async function openTerms(tx: Tx, release: Lifecycle, { terms, to, by }: MoveReleaseRequest): Promise<Refused | null> {
  const champion = await refuseOtherChampion(tx, release, to);
  if (champion) return champion;
  if (release.terms) return refuseOtherTerms(release, terms) ?? (release.terms.validUntil <= tx.now ? refuse('ALREADY_OVER', 'The end date of the release has passed.') : null);
  if (!terms) return refuse('TERMS_MISSING', `A release needs terms to go to ${to}: mode, threshold and certificate.`);
  const service = await findService(tx, release.service);
  const table = await routingTableInForce(tx.db, release.service);
  if (!service || table === null) return refuse('NO_ROUTING_TABLE', `No routing table is deployed for ${release.service}, so there is no policy to release. Deploy the process first.`);
  const uncertified = await refuseUncertified(tx, release, terms, { service, table });
  if (uncertified) return uncertified;
  const decision = await findDecision(tx, release);
  const plan = evaluationPlanOf(service.definition);
  const planned = tx.now + plan.validDays * dayMs;
  const validUntil = Math.min(terms.validUntil ?? planned, planned, decision.validUntil ?? planned);
  if (validUntil <= tx.now) return refuse('ALREADY_OVER', 'The end date that the votes gave has passed already. Propose the version again.');
  const { threshold, ...rest } = terms;
  const mode = rest.mode === 'automatic' && threshold !== null ? { mode: 'automatic' as const, threshold } : { mode: 'pilot' as const };
  const evidence = [...currentEvidence(await findEvidence(tx.db, release.releaseId)).values()].map(({ kind, digest }) => ({ name: kind, digest }));
  const approvedBy = decision.needed.flatMap(({ by: voter }) => (voter === null ? [] : [voter]));
  await insertRelease(tx, release.releaseId, { ...mode, service: release.service, model: release.model, certificate: terms.certificate, validUntil, openedBy: by, demo: plan.demoFigures, evidence, approvedBy, ...(terms.auditShare !== undefined && { auditShare: terms.auditShare }) }, service, table);
  return null;
}

/** Its votes compared it with one champion; another one that came live meanwhile was never looked at. */
async function refuseOtherChampion(tx: Tx, release: Lifecycle, to: Lifecycle['state']): Promise<Refused | null> {
  const { live } = await findOpenReleases(tx.db, release.service);
  if (!live || live.releaseId === release.predecessor) return null;
  return refuse('PREDECESSOR_CHANGED', `Release ${live.releaseId} became live meanwhile; this one was measured against another. It cannot go to ${to}: propose it again.`);
}

/** Terms are fixed when they are opened: cases were decided under them. */
function refuseOtherTerms({ terms: fixed }: Lifecycle, terms: ReleaseTerms | undefined): Refused | null {
  if (!fixed || !terms || (terms.mode === fixed.mode && terms.threshold === fixed.threshold)) return null;
  return refuse('TERMS_FIXED', `The release decides in mode ${fixed.mode} at threshold ${fixed.threshold} since its canary; that cannot change any more.`);
}

/**
 * A version decides only under a certificate that one of its own reports states; what the caller passes proves nothing.
 * It holds for the rules and the table that it was computed under, and for no other.
 */
async function refuseUncertified(tx: Tx, release: Lifecycle, { mode, threshold, certificate }: ReleaseTerms, today: { service: StoredService; table: string }): Promise<Refused | null> {
  if (mode === 'pilot') return threshold === null ? null : refuse('TERMS_FIXED', 'A pilot has no threshold.');
  const checked = CertificateDocument.safeParse(certificate);
  if (!checked.success || !checked.data.certified) return refuse('NO_CERTIFICATE', 'An automatic release needs a certificate. Without one it can only be a pilot.');
  if (checked.data.threshold !== threshold) return refuse('NO_CERTIFICATE', `The certificate is for the threshold ${checked.data.threshold}, not for ${threshold}.`);
  const bases = await basesOfCertificate(tx, release, checked.data);
  if (bases.length === 0) return refuse('NO_CERTIFICATE', 'No evaluation or shadow report in the evidence of this release states this certificate.');
  return bases.every((basis) => isSamePolicy(basis, today, release, threshold)) ? null : refuse('NO_CERTIFICATE', 'The rules or the routing table changed since the certificate was computed. Propose the version again: it is then evaluated under those of today.');
}

/** The release before ends in the same transaction: a service has one that is live. */
export async function goLive(tx: Tx, release: Lifecycle, by: string): Promise<void> {
  const { releaseId, service, kind } = release;
  const terms = (await findLifecycle(tx.db, releaseId))?.terms;
  if (!terms) throw new Error(`Release ${releaseId} went live without terms.`);
  const before = release.predecessor === null ? null : await findLifecycle(tx.db, release.predecessor);
  if (before?.state === 'live') await endRelease(tx, before, kind === 'renewal' ? { to: 'renewed', by, why: { code: 'RENEWED' } } : { to: 'superseded', by, why: { code: 'SUPERSEDED' } });
  await oweLive(tx, { releaseId, service, validUntil: terms.validUntil });
}

function refuse(reason: Refused['reason'], message: string): Refused {
  return { kind: 'refused', reason, message };
}
