/** A refusal of a proposed outcome, and the reason that callers are shown for it. */
import type { ReasonCode } from '../cases/reason-code.ts';
import type { RecordDecisionResult, RefusalCode } from './decision.ts';

export type Refused = Extract<RecordDecisionResult, { kind: 'refused' }>;

export function refuseDecision(reason: RefusalCode, message: string): Refused {
  return { kind: 'refused', reason, message };
}

/** Of the design's closed list, the reason under which a case goes to people after this refusal. */
export function reasonOfRefusal(refusal: RefusalCode): ReasonCode {
  return reasonByRefusal[refusal];
}

const reasonByRefusal = {
  OBJECTION: 'OBJECTION',
  AUDIT_SAMPLE: 'AUDIT_SAMPLE',
  STOPPED: 'STOPPED',
  NO_RELEASE: 'NO_RELEASE',
  RELEASE_EXPIRED: 'RELEASE_EXPIRED',
  PILOT: 'PILOT',
  LOW_CONFIDENCE: 'LOW_CONFIDENCE',
  CLASS_NOT_AUTOMATIC: 'BUSINESS_RULE',
  NO_PREDICTION: 'MODEL_ERROR',
  // No release holds for the policy as it is now, or none covered the case from draw to decision.
  NOT_DRAWN: 'NO_RELEASE',
  RELEASE_CHANGED: 'NO_RELEASE',
  POLICY_CHANGED: 'NO_RELEASE',
  // Only asked of people's outcomes, or of cases that are with people: shown as any other rule.
  CASE_UNKNOWN: 'BUSINESS_RULE',
  IN_REVIEW: 'BUSINESS_RULE',
  NO_VERDICT: 'BUSINESS_RULE',
  UNDO_POSSIBLE: 'BUSINESS_RULE',
  SECOND_VERDICT_MISSING: 'BUSINESS_RULE',
  VERDICTS_DIFFER: 'BUSINESS_RULE',
} as const satisfies Record<RefusalCode, ReasonCode>;
