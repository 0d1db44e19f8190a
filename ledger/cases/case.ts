/** A case: one request for a decision, as the ledger's statements return it. */
import type { Decision } from '../decisions/decision.ts';
import type { ReasonCode } from './reason-code.ts';

export type CaseStatus = 'received' | 'in-review' | 'decided';

/** The review that a case was sent to, with the reasons. */
export type Review = { reasons: ReasonCode[]; reviewGroup: string | null; dueAt: number | null; openedAt: number };

/** The process instance that works on a case. */
export type Binding = {
  processInstanceKey: string;
  processDefinitionId: string;
  processDefinitionVersion: number;
  boundAt: number;
};

/** The audit draw of a case: made once, before anything else. `releaseId` null: there was no release to draw for. */
export type AuditDraw = { audit: boolean; releaseId: string | null; drawnAt: number };

/**
 * Everything the ledger knows of a case but its input. Internal: what leaves through an API goes through
 * `publicCase`, which hides what must not be seen before the first verdict.
 */
export type Case = {
  caseId: string;
  service: string;
  serviceVersion: number;
  /** The API key (or user) that sent the case. */
  application: string;
  status: CaseStatus;
  /** An objection by the person concerned, or missing consent. */
  objection: boolean;
  /** Null also after erasure: a business id and a call-back address are personal data. */
  businessId: string | null;
  callbackUrl: string | null;
  receivedAt: number;
  binding: Binding | null;
  draw: AuditDraw | null;
  review: Review | null;
  /** When the first blind verdict was stored; undone ones do not count. */
  firstVerdictAt: number | null;
  decision: Decision | null;
};
