/** What may be shown of a case now, and to whom. The one place that hides what must not be seen before a verdict. */
import type { Case, CaseStatus } from './case.ts';
import type { ReasonCode } from './reason-code.ts';

export type ForWhom = 'application' | 'reviewer' | 'auditor';

export type PublicCase = {
  caseId: string;
  service: string;
  serviceVersion: number;
  status: CaseStatus;
  businessId: string | null;
  receivedAt: number;
  decision: string | null;
  decidedBy: 'model' | 'expert' | null;
  decidedAt: number | null;
  /** Null until the first verdict is stored or the case is decided; of an audit until it is decided. */
  release: string | null;
  reasons: ReasonCode[] | null;
  confidence: number | null;
};

/** Reviewers never see AUDIT_SAMPLE, also afterwards: they would learn to tell audits. */
export function publicCase(theCase: Case, forWhom: ForWhom): PublicCase {
  const { decision } = theCase;
  const shown = isOpenToView(theCase, forWhom);
  const reasons = decision?.reasons ?? theCase.review?.reasons ?? [];
  return {
    caseId: theCase.caseId,
    service: theCase.service,
    serviceVersion: theCase.serviceVersion,
    status: theCase.status,
    businessId: theCase.businessId,
    receivedAt: theCase.receivedAt,
    decision: decision?.class ?? null,
    decidedBy: decision?.decidedBy ?? null,
    decidedAt: decision?.decidedAt ?? null,
    release: shown ? (decision?.releaseId ?? theCase.draw?.releaseId ?? null) : null,
    reasons: shown ? reasons.filter((reason) => forWhom !== 'reviewer' || reason !== 'AUDIT_SAMPLE') : null,
    confidence: shown ? (decision?.confidence ?? null) : null,
  };
}

/**
 * True where reasons, release and scores may be shown: decided, or a first verdict is stored and it is no audit. To
 * reviewers only once it is decided: until then a second reviewer or an adjudicator may still have to judge it blind.
 */
export function isOpenToView(theCase: Case, forWhom: ForWhom): boolean {
  if (theCase.decision) return true;
  if (forWhom === 'reviewer') return false;
  return theCase.firstVerdictAt !== null && theCase.draw?.audit !== true;
}
