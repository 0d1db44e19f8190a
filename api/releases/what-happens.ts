/** What an approval sets going, and what comes after the end: by the service's plan and the evidence as it is. */
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { getEvidence, getLifecycle, restorableAt, type EvidenceDocument, type GoLiveDecision, type Ledger, type Lifecycle, type ReleaseHistory, type ReleaseOutlook, type StoredService } from '../../ledger/index.ts';
import type { ReleaseMove, WhatHappens } from '../contract/releases.ts';
import { toMoment } from '../moment.ts';
import { otherRelease } from './release-summary.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export type HappensSource = { ledger: Ledger; service: StoredService | null; history: ReleaseHistory; outlook: ReleaseOutlook };

export async function whatHappens(release: Lifecycle, { ledger, service, history, outlook }: HappensSource): Promise<WhatHappens> {
  const plan = evaluationPlanOf(service?.definition ?? {});
  const evaluation = await currentDocument(ledger, history, 'evaluation');
  const endsAt = release.terms?.validUntil ?? plannedEnd(history.decision, ledger.clock.now(), plan.validDays);
  const isRenewal = release.kind === 'renewal';
  const after = await restorableAt(ledger, release, endsAt);
  // A pilot that comes back decides nothing: people do, beside it.
  const decider = after?.mode === 'automatic' ? await getLifecycle(ledger, after.releaseId) : null;
  const before = outlook.restorable === null ? null : await getLifecycle(ledger, outlook.restorable.releaseId);
  return {
    automationShare: evaluation?.automationShare ?? null,
    mode: release.terms?.mode ?? modeOf(evaluation),
    shadow: isRenewal ? null : plan.shadow,
    canary: isRenewal ? null : plan.canary,
    validDays: plan.validDays,
    leadDays: plan.leadDays,
    endsAt: toMoment(endsAt),
    reassessAt: toMoment(Math.max(endsAt - plan.leadDays * dayMs, release.terms?.openedAt ?? ledger.clock.now())),
    afterwards: decider === null ? { kind: 'people' } : { kind: 'predecessor', release: otherRelease(decider) },
    rollsBackTo: before === null ? null : otherRelease(before),
    demoFigures: plan.demoFigures,
  };
}

/** When the step is over at the latest: of a shadow all its days, of a canary those of its share. */
export function stepEnd(release: Lifecycle, moves: readonly Pick<ReleaseMove, 'to' | 'share' | 'at'>[], service: StoredService | null): number | null {
  const plan = evaluationPlanOf(service?.definition ?? {});
  if (release.state === 'shadow') return release.since + plan.shadow.maxDays * dayMs;
  if (release.state !== 'canary') return null;
  const began = moves.find(({ to, share }) => to === 'canary' && share === release.share);
  return (began === undefined ? release.since : Date.parse(began.at)) + plan.canary.stepHours * hourMs;
}

type Documents = { [D in EvidenceDocument as D['kind']]: D['document'] };

/** The newest document of a kind; null where there is none. */
export async function currentDocument<K extends EvidenceDocument['kind']>(ledger: Ledger, { evidence }: ReleaseHistory, kind: K): Promise<Documents[K] | null> {
  const entry = evidence.find((one) => one.kind === kind && one.current);
  const found = entry === undefined ? null : await getEvidence(ledger, entry.digest);
  return found !== null && isOf(found, kind) ? found.document : null;
}

function isOf<K extends EvidenceDocument['kind']>(found: EvidenceDocument, kind: K): found is EvidenceDocument & { kind: K; document: Documents[K] } {
  return found.kind === kind;
}

function plannedEnd({ validUntil }: GoLiveDecision, now: number, validDays: number): number {
  const planned = now + validDays * dayMs;
  return validUntil === null ? planned : Math.min(validUntil, planned);
}

/** Null where the blind verdicts of the shadow have to say it. */
function modeOf(evaluation: Documents['evaluation'] | null): WhatHappens['mode'] {
  if (!evaluation?.certificate) return null;
  return evaluation.certificate.certified ? 'automatic' : 'pilot';
}
