/** The life of a release from its proposal to its end: states, moves, votes, evidence, as the ledger's statements return them. */
import type { Model } from '../predictions/prediction.ts';
import type { EvidenceDocument, EvidenceKind } from './evidence-document.ts';
import type { Release, ReleaseMode } from './release.ts';

export const endedStates = ['renewed', 'superseded', 'withdrawn', 'expired', 'rejected'] as const;
export type EndedState = (typeof endedStates)[number];

export const releaseStates = ['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live', ...endedStates] as const;
export type ReleaseState = (typeof releaseStates)[number];

export const releaseKinds = ['promotion', 'renewal', 'rollback'] as const;
export type ReleaseKind = (typeof releaseKinds)[number];

export const releaseSources = ['api', 'registry', 'pipeline', 'hand', 'watch'] as const;
export type ReleaseSource = (typeof releaseSources)[number];

export type RiskTier = 'low' | 'medium' | 'high';

/** A stop that a person pressed while the release was on its way. */
export type StopAsked = { by: string; at: number };

export type Lifecycle = {
  releaseId: string;
  service: string;
  kind: ReleaseKind;
  state: ReleaseState;
  /** When it came into this state. */
  since: number;
  model: Model;
  source: ReleaseSource;
  /** Id of the version in the registry, or of the pipeline run. */
  reference: string | null;
  /** A user id, `key:<id of the API key>`, or `system:…`. */
  proposedBy: string;
  /** Who trained the model, as the platform names them: a user id or a sign-in name. */
  trainedBy: string | null;
  /** The release that decides when this one is proposed; of a renewal the one renewed, of a roll-back the one gone back to. */
  predecessor: string | null;
  /** Of the service when it was proposed; `low` of a release that had no proposal. A stricter one of today counts instead. */
  riskTier: RiskTier;
  proposedAt: number;
  /** Percent of the cases: 0 before the canary and once stopped, 100 when live, 0 when ended. */
  share: number;
  stopAsked: StopAsked | null;
  /** Of a live one: since when people are asked what comes next, and have not answered. */
  reassessmentSince: number | null;
  /** The terms under which it may decide; null before its canary. */
  terms: Release | null;
};

/** A machine's code and a sentence; a sentence that a person typed goes into the vault. */
export type Why = { code: string; text?: string };

export type ReleaseMove = {
  from: ReleaseState | null;
  to: ReleaseState;
  by: string;
  code: string;
  text: string | null;
  /** Percent of the cases, of moves within the canary. */
  share: number | null;
  /** The bundle that the move rests on. */
  evidenceDigest: string | null;
  at: number;
};

export type ProposeReleaseRequest = {
  service: string;
  kind: 'promotion' | 'renewal';
  model: Model;
  source: ReleaseSource;
  reference: string | null;
  proposedBy: string;
  trainedBy: string | null;
  /** Required for a renewal: the live release. For a promotion the live release is taken. */
  predecessor?: string;
};

export type ProposeReleaseResult =
  | { kind: 'proposed' | 'repeated'; release: Lifecycle }
  | { kind: 'refused'; reason: 'SERVICE_UNKNOWN' | 'PROMOTION_OPEN' | 'PREDECESSOR_MISSING' | 'PREDECESSOR_NOT_LIVE' | 'PREDECESSOR_OTHER_MODEL' | 'MODEL_LIVE'; message: string };

export type EvidenceEntry = {
  digest: string;
  kind: EvidenceKind;
  collectedAt: number;
  collectedBy: string;
  /** The newest of its kind. */
  current: boolean;
  /** Votes rest on it: not so reports of the shadow and the canary, which come after the vote. */
  votedOn: boolean;
};

export type AddEvidenceRequest = { releaseId: string; documents: readonly EvidenceDocument[]; by: string };

export type AddEvidenceResult =
  /** `changed`: at least one document is new. `voided`: ids of votes that no longer count. `artefactChanged`: the artefact is not the proposed one. */
  | { kind: 'added'; bundleDigest: string; changed: boolean; voided: string[]; artefactChanged: boolean }
  | { kind: 'refused'; reason: 'RELEASE_UNKNOWN' | 'RELEASE_OVER'; message: string };

export type VotingRole = 'approver' | 'process-owner';
export type VoteAnswer = 'approve' | 'ask-back' | 'reject';

/** Why a vote no longer counts: the evidence it saw changed; its voter has no such role any more; its question was answered. */
export type VoidReason = 'EVIDENCE_CHANGED' | 'VOTER_LEFT' | 'QUESTION_ANSWERED';

export type Vote = {
  voteId: string;
  releaseId: string;
  /** User id. */
  voter: string;
  /** The roles it was given with. */
  roles: VotingRole[];
  /** The needed role it fills, where it is an approval that counts. */
  countsAs: VotingRole | null;
  vote: VoteAnswer;
  conditions: string[];
  validUntil: number | null;
  reason: string | null;
  evidenceDigest: string;
  at: number;
  void: VoidReason | null;
};

export type CastVoteRequest = {
  releaseId: string;
  /** User id: roles and name are read from the ledger, not believed. */
  voter: string;
  vote: VoteAnswer;
  conditions?: readonly string[];
  /** An end date earlier than the service's plan gives. */
  validUntil?: number | undefined;
  reason?: string | undefined;
  /** The bundle that the voter saw. */
  evidenceDigest: string;
};

export const voteRefusals = [
  'RELEASE_UNKNOWN',
  'NOT_OPEN',
  'QUESTION_OPEN',
  'ROLE_MISSING',
  'IS_REQUESTER',
  'IS_TRAINER',
  'ALREADY_VOTED',
  'EVIDENCE_CHANGED',
  'VALID_UNTIL_PAST',
  'VALID_UNTIL_TOO_LATE',
  'REASON_MISSING',
  'CONDITIONS_NOT_APPROVED',
] as const;
export type VoteRefusal = (typeof voteRefusals)[number];

export type CastVoteResult = { kind: 'stored'; vote: Vote; decision: GoLiveDecision } | { kind: 'refused'; reason: VoteRefusal; message: string };

/** One approval that is needed: any of these roles fills it; `by` is who did. */
export type NeededApproval = { roles: VotingRole[]; by: string | null };

export type GoLiveDecision = {
  /** `open`: more votes are needed. `not-open`: the release is in no state to be voted on. */
  outcome: 'open' | 'approved' | 'rejected' | 'asked-back' | 'not-open';
  needed: NeededApproval[];
  /** All votes, void ones too, oldest first. */
  votes: Vote[];
  bundleDigest: string | null;
  /** Of the standing approvals: all conditions, the earliest end date. */
  conditions: string[];
  validUntil: number | null;
};

export type AnswerQuestionResult = { kind: 'answered'; replyId: string } | { kind: 'refused'; reason: 'RELEASE_UNKNOWN' | 'NO_QUESTION' | 'NOT_REQUESTER' | 'TEXT_MISSING'; message: string };

/** What a release is to decide under. The ledger takes conditions and the earliest end date from the votes itself. */
export type ReleaseTerms = {
  mode: ReleaseMode;
  /** The certified threshold; null in a pilot. */
  threshold: number | null;
  /** As an evaluation or shadow report of this release states it. */
  certificate: Record<string, unknown> | null;
  /** Default: now and the plan's days. */
  validUntil?: number;
  auditShare?: number;
};

export type MoveReleaseRequest = {
  releaseId: string;
  to: ReleaseState;
  by: string;
  why: Why;
  /** Percent; required for canary. */
  share?: number;
  /** Required for the first canary, and for live where there was none. */
  terms?: ReleaseTerms;
};

export const moveRefusals = [
  'RELEASE_UNKNOWN',
  'NOT_ALLOWED',
  'NOT_APPROVED',
  'EVIDENCE_MISSING',
  'EVIDENCE_CHANGED',
  'STOPPED',
  'TERMS_MISSING',
  'TERMS_FIXED',
  'NO_CERTIFICATE',
  'NO_ROUTING_TABLE',
  'ALREADY_OVER',
  'SHARE_INVALID',
  'PREDECESSOR_CHANGED',
] as const;
export type MoveRefusal = (typeof moveRefusals)[number];

export type MoveReleaseResult = { kind: 'moved' | 'already'; release: Lifecycle } | { kind: 'refused'; reason: MoveRefusal; message: string };

export type EndReleaseRequest = { releaseId: string; by: string; why?: Why };

export type ExpireReleaseResult =
  | { kind: 'expired' | 'already'; release: Lifecycle; /** The release of the predecessor's version that decides now; null: people do. */ successor: Lifecycle | null }
  | { kind: 'refused'; reason: 'RELEASE_UNKNOWN' | 'NOT_ALLOWED' | 'NOT_OVER'; message: string };

export type RollBackRequest = { service: string; by: string; why: Why; /** The release to take back; a repeated call with it changes nothing more. */ releaseId?: string };

export type RollBackResult =
  /** `ended`: the release that no longer decides. `candidate`: it was on its way; what is live stays. */
  | { kind: 'rolled-back'; release: Lifecycle; ended: string }
  | { kind: 'candidate-withdrawn'; ended: string }
  /** No predecessor may decide: all cases go to people. */
  | { kind: 'to-people'; ended: string }
  | { kind: 'already'; ended: string; release: Lifecycle | null }
  | { kind: 'refused'; reason: 'NOTHING_TO_ROLL_BACK' | 'RELEASE_UNKNOWN'; message: string };

export type StopReleaseResult = { kind: 'stopped' | 'already'; release: Lifecycle } | { kind: 'refused'; reason: 'RELEASE_UNKNOWN' | 'RELEASE_OVER'; message: string };

export type StepNowResult = { kind: 'asked'; stepKey: string } | { kind: 'refused'; reason: 'RELEASE_UNKNOWN' | 'NO_STEP' | 'STOPPED' | 'ROLE_MISSING'; message: string };

export const alarmKinds = ['error-above-alpha', 'agreement', 'drift', 'evidence-changed', 'overdue', 'retraining-failed', 'deployment'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

export type Alarm = { alarmId: string; releaseId: string; kind: AlarmKind; window: string; facts: Record<string, unknown>; at: number };

/** Once per release, kind and window. `facts`: numbers and names, no personal data. */
export type RaiseAlarmRequest = { releaseId: string; kind: AlarmKind; window: string; facts: Record<string, unknown> };
export type RaiseAlarmResult = { kind: 'raised' | 'already'; alarm: Alarm } | { kind: 'refused'; reason: 'RELEASE_UNKNOWN' | 'RELEASE_OVER'; message: string };

export const reassessmentAnswers = ['renew', 'retrain', 'roll-back', 'withdraw'] as const;
export type ReassessmentAnswer = (typeof reassessmentAnswers)[number];

export type Reassessment = { answerId: string; releaseId: string; answer: ReassessmentAnswer; by: string; reason: string | null; at: number };

export type AnswerReassessmentResult =
  | { kind: 'answered'; answer: Reassessment }
  | { kind: 'refused'; reason: 'RELEASE_UNKNOWN' | 'NOT_LIVE' | 'ROLE_MISSING' | 'REASON_MISSING'; message: string };

/** A question put back to the requester, and the answer. */
export type Question = { voteId: string; askedBy: string; question: string | null; askedAt: number; answer: { replyId: string; by: string; text: string | null; at: number } | null };

export type ReleaseHistory = {
  moves: ReleaseMove[];
  decision: GoLiveDecision;
  questions: Question[];
  evidence: EvidenceEntry[];
  alarms: Alarm[];
  reassessments: Reassessment[];
};

/** A version that is asked beside the deciding one: in shadow of all cases, in the canary for its share of them. */
export type CandidateRelease = { releaseId: string; state: 'shadow' | 'canary'; model: Model; /** Percent; 0 in shadow and once stopped. */ share: number; since: number };

type Said = { model: Model; class: string; confidence: number };

/** One case of the shadow's random sample. A prediction is null where that version did not answer. */
export type ShadowCase = { caseId: string; champion: (Said & { releaseId: string | null }) | null; candidate: Said | null; verdict: string; givenAt: number };
