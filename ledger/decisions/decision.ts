/** The decision of a case, and what the gate answers when an outcome is proposed. */
import type { ReasonCode } from '../cases/reason-code.ts';

/** How far a label may be trusted: where the final class came from. */
export type LabelProvenance =
  | 'blind'
  | 'after-seeing-model-kept'
  | 'after-seeing-model-switched'
  | 'after-seeing-model-changed'
  | 'automatic-unverified';

export type Decision = {
  caseId: string;
  class: string;
  decidedBy: 'model' | 'expert';
  provenance: LabelProvenance;
  /** The release under which the model decided or advised; null where there was none. */
  releaseId: string | null;
  modelName: string | null;
  modelVersion: string | null;
  modelDigest: string | null;
  confidence: number | null;
  threshold: number | null;
  policyDigest: string | null;
  reasons: ReasonCode[];
  /** The persons whose verdicts made the outcome, in order. */
  reviewers: string[];
  decidedAt: number;
};

/** Why the gate refused. Codes of `ReasonCode` mean the same here; the others exist only at the gate. */
export const refusalCodes = [
  'CASE_UNKNOWN',
  'OBJECTION',
  'AUDIT_SAMPLE',
  'NOT_DRAWN',
  'STOPPED',
  'NO_RELEASE',
  'RELEASE_EXPIRED',
  'PILOT',
  'RELEASE_CHANGED',
  'POLICY_CHANGED',
  'NO_PREDICTION',
  'CLASS_NOT_AUTOMATIC',
  'LOW_CONFIDENCE',
  'IN_REVIEW',
  'NO_VERDICT',
  'UNDO_POSSIBLE',
  'SECOND_VERDICT_MISSING',
  'VERDICTS_DIFFER',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type RecordDecisionRequest = {
  caseId: string;
  /** The outcome itself is never passed: it comes from the stored prediction or the stored verdicts. */
  proposed: { by: 'model' } | { by: 'expert' };
  /** Digest of the routing table that the caller saw deployed; where given it must be the one in force. */
  routingTableDigest?: string;
};

export type RecordDecisionResult =
  | { kind: 'recorded'; decision: Decision }
  | { kind: 'already'; decision: Decision }
  | { kind: 'refused'; reason: RefusalCode; message: string };
