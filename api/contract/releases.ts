/** Releases: proposed, voted on, watched and ended. Every answer about one release is a `ReleaseDetail`. */
import { z } from 'zod';
import { EvidenceDocument, GateEvidence } from './evidence.ts';
import { operation, type PersonRole } from './operation.ts';
import { PersonRef } from './problem.ts';
import { Cursor, Moment, Text } from './values.ts';

export const ReleaseState = z
  .enum(['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live', 'renewed', 'superseded', 'withdrawn', 'expired', 'rejected'])
  .meta({ id: 'ReleaseState' });
export type ReleaseState = z.infer<typeof ReleaseState>;

export const ReleaseKind = z.enum(['promotion', 'renewal', 'rollback']);
export const ReleaseSource = z.enum(['api', 'registry', 'pipeline', 'hand', 'watch']);
export const VotingRole = z.enum(['approver', 'process-owner']);
export const VoteAnswer = z.enum(['approve', 'ask-back', 'reject']);
export const EvidenceKind = z.enum(['artefact', 'registry', 'pipeline-run', 'model-card', 'evaluation', 'gate', 'shadow-report', 'canary-report', 'lineage']);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256: 64 digits and letters a to f');
const Percent = z.int().min(0).max(100);
/** Typed by a person; kept sealed. */
const Typed = z.string().trim().min(1).max(2000);

/** Who did something: a person, an application's key or the product itself. */
export const Actor = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), name: z.string(), displayName: z.string() }),
    z.strictObject({ kind: z.literal('application'), name: z.string() }),
    z.strictObject({ kind: z.literal('system'), name: z.string() }),
  ])
  .meta({ id: 'Actor', examples: [{ kind: 'person', name: 'm.weber', displayName: 'Maria Weber' }] });
export type Actor = z.infer<typeof Actor>;

export const ReleaseSummary = z
  .strictObject({
    release: z.string(),
    service: z.string(),
    serviceName: Text,
    kind: ReleaseKind,
    state: ReleaseState,
    /** When it came into this state. */
    since: Moment,
    modelName: z.string(),
    modelVersion: z.string(),
    modelDigest: z.string(),
    riskTier: z.enum(['low', 'medium', 'high']),
    /** Percent of the cases that meet it. */
    share: Percent,
    /** Null before it may decide. */
    mode: z.enum(['pilot', 'automatic']).nullable(),
    validUntil: Moment.nullable(),
    proposedBy: Actor,
    proposedAt: Moment,
    /** Demo figures; every page says so. */
    demo: z.boolean(),
    /** A person stopped it on its way. */
    stopAsked: z.boolean(),
    /** Votes are asked for now. */
    openForVotes: z.boolean(),
    /** … and the caller may give one. */
    mayVote: z.boolean(),
    /** Its end or an alarm asks people what comes next. */
    reassessment: z.boolean(),
  })
  .meta({ id: 'ReleaseSummary' });
export type ReleaseSummary = z.infer<typeof ReleaseSummary>;

export const ReleaseList = z.strictObject({ items: z.array(ReleaseSummary), nextCursor: z.string().nullable(), /** Decisions that wait for a vote of the caller, in all releases. */ waitingForMe: z.int().nonnegative() });
export type ReleaseList = z.infer<typeof ReleaseList>;

/** Why the caller may not vote. */
export const VoteRefusal = z.enum(['NOT_OPEN', 'QUESTION_OPEN', 'ROLE_MISSING', 'IS_REQUESTER', 'IS_TRAINER', 'ALREADY_VOTED']);
export type VoteRefusal = z.infer<typeof VoteRefusal>;

export const VoteView = z
  .strictObject({
    vote: z.string(),
    voter: PersonRef,
    answer: VoteAnswer,
    /** The role that it was given with; where it is an approval that counts, the one it fills. */
    role: VotingRole,
    counts: z.boolean(),
    conditions: z.array(z.string()),
    validUntil: Moment.nullable(),
    reason: z.string().nullable(),
    /** The bundle that the voter saw. */
    evidenceDigest: z.string(),
    at: Moment,
    /** Kept, and counts no more: why. */
    void: z.enum(['EVIDENCE_CHANGED', 'VOTER_LEFT', 'QUESTION_ANSWERED']).nullable(),
  })
  .meta({ id: 'VoteView' });
export type VoteView = z.infer<typeof VoteView>;

export const DecisionView = z.strictObject({
  outcome: z.enum(['not-open', 'open', 'approved', 'rejected', 'asked-back']),
  /** One per approval that the risk tier asks for: who may give it, and who did. */
  needed: z.array(z.strictObject({ roles: z.array(VotingRole), by: PersonRef.nullable() })),
  votes: z.array(VoteView),
  /** Send it with a vote: of another bundle a vote is refused. */
  bundleDigest: z.string().nullable(),
  /** Of the approvals that count. */
  conditions: z.array(z.string()),
  validUntil: Moment.nullable(),
});
export type DecisionView = z.infer<typeof DecisionView>;

export const EvidenceEntry = z.strictObject({ digest: z.string(), kind: EvidenceKind, collectedAt: Moment, collectedBy: Actor, /** The newest of its kind. */ current: z.boolean(), /** Part of the bundle that is voted on. */ votedOn: z.boolean() });
export type EvidenceEntry = z.infer<typeof EvidenceEntry>;

export const ReleaseMove = z.strictObject({
  from: ReleaseState.nullable(),
  to: ReleaseState,
  by: Actor,
  /** A stable word; `text` is what a person wrote. */
  code: z.string(),
  text: z.string().nullable(),
  share: Percent.nullable(),
  evidenceDigest: z.string().nullable(),
  at: Moment,
});
export type ReleaseMove = z.infer<typeof ReleaseMove>;

export const ReleaseAlarm = z.strictObject({ kind: z.enum(['error-above-alpha', 'agreement', 'drift', 'evidence-changed', 'overdue', 'retraining-failed', 'deployment']), facts: z.record(z.string(), z.unknown()), at: Moment });
export type ReleaseAlarm = z.infer<typeof ReleaseAlarm>;

export const ReassessmentAnswer = z.enum(['renew', 'retrain', 'roll-back', 'withdraw']);

export const ReleaseTerms = z.strictObject({
  mode: z.enum(['pilot', 'automatic']),
  threshold: z.number().nullable(),
  certificate: z.record(z.string(), z.unknown()).nullable(),
  policyDigest: z.string(),
  /** False where rules, table, threshold or model changed since: then people decide. */
  policyInForce: z.boolean(),
  auditShare: z.number(),
  seedHash: z.string(),
  conditions: z.array(z.string()),
  approvedBy: z.array(PersonRef),
  openedAt: Moment,
  validUntil: Moment,
});
export type ReleaseTerms = z.infer<typeof ReleaseTerms>;

export const OtherRelease = z.strictObject({ release: z.string(), state: ReleaseState, modelName: z.string(), modelVersion: z.string(), modelDigest: z.string(), mode: z.enum(['pilot', 'automatic']).nullable(), validUntil: Moment.nullable() });
export type OtherRelease = z.infer<typeof OtherRelease>;

/** What an approval sets going, by the service's plan. */
export const WhatHappens = z.strictObject({
  /** Share of cases that would be decided alone, as the evaluation measured it; null without an evaluation. */
  automationShare: z.number().nullable(),
  mode: z.enum(['pilot', 'automatic']).nullable(),
  /** Null for a renewal, which goes live at once. */
  shadow: z.strictObject({ looks: z.array(z.int()), maxDays: z.number() }).nullable(),
  canary: z.strictObject({ steps: z.array(Percent), stepHours: z.number() }).nullable(),
  validDays: z.number(),
  leadDays: z.number(),
  /** If it went live now; of a live release its end. */
  endsAt: Moment,
  /** People are asked again from here on. */
  reassessAt: Moment,
  /** Who decides after the end without an answer: a predecessor that may still decide alone then, else people. */
  afterwards: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('people') }), z.strictObject({ kind: z.literal('predecessor'), release: OtherRelease })]),
  /** What a roll-back would bring back now; null: people decide. */
  rollsBackTo: OtherRelease.nullable(),
  demoFigures: z.boolean(),
});
export type WhatHappens = z.infer<typeof WhatHappens>;

/** What the caller may do now. */
export const ReleaseAction = z.enum(['vote', 'answer', 'step', 'stop', 'resume', 'roll-back', 'reassess']);
export type ReleaseAction = z.infer<typeof ReleaseAction>;

export const ReleaseDetail = ReleaseSummary.extend({
  source: ReleaseSource,
  reference: z.string().nullable(),
  /** A person where the name is one of ours, else the name as the platform gives it. */
  trainedBy: z.string().nullable(),
  predecessor: OtherRelease.nullable(),
  /** What decides for the service now, where that is another release. */
  champion: OtherRelease.nullable(),
  terms: ReleaseTerms.nullable(),
  decision: DecisionView,
  /** `message` is a sentence for the caller. */
  voting: z.strictObject({ allowed: z.boolean(), why: VoteRefusal.nullable(), message: z.string().nullable() }),
  questions: z.array(z.strictObject({ vote: z.string(), by: PersonRef, question: z.string().nullable(), at: Moment, answer: z.strictObject({ by: Actor, text: z.string().nullable(), at: Moment }).nullable() })),
  evidence: z.array(EvidenceEntry),
  /** What the gate said; null before. */
  gate: GateEvidence.nullable(),
  moves: z.array(ReleaseMove),
  alarms: z.array(ReleaseAlarm),
  reassessments: z.array(z.strictObject({ answer: ReassessmentAnswer, by: Actor, reason: z.string().nullable(), at: Moment })),
  /** When the step of shadow or canary is over at the latest; null elsewhere. */
  stepEndsAt: Moment.nullable(),
  whatHappens: WhatHappens,
  /** The service is stopped: no case is decided alone. */
  serviceStop: z.strictObject({ by: Actor, at: Moment, reason: z.string().nullable() }).nullable(),
  actions: z.array(ReleaseAction),
}).meta({ id: 'ReleaseDetail' });
export type ReleaseDetail = z.infer<typeof ReleaseDetail>;

// ---- bodies -------------------------------------------------------------------------------------------------------

export const ProposeRelease = z
  .strictObject({
    service: z.string().min(1).max(60),
    model: z.strictObject({ name: z.string().min(1).max(200), version: z.string().min(1).max(200), digest: Sha256 }),
    /** Id of the version in the registry or of the pipeline run. */
    reference: z.string().min(1).max(200).nullable().default(null),
    /** Where the reference leads. */
    source: z.enum(['api', 'registry', 'pipeline', 'hand']).optional(),
    /** Sign-in name of who trained the model: that person cannot vote. */
    trainedBy: z.string().min(1).max(200).nullable().default(null),
  })
  .meta({ id: 'ProposeRelease', examples: [{ service: 'credit-risk', model: { name: 'credit-risk', version: 'v2', digest: '5f'.repeat(32) }, reference: null, trainedBy: 'm.engineer' }] });
export type ProposeRelease = z.infer<typeof ProposeRelease>;

export const CastVote = z
  .strictObject({
    answer: VoteAnswer,
    conditions: z.array(Typed).max(10).default([]),
    /** An earlier end than the plan's. */
    validUntil: Moment.nullable().default(null),
    /** Required unless approving. The question, where it is put back. */
    reason: Typed.nullable().default(null),
    /** `decision.bundleDigest` of what was seen. */
    evidenceDigest: Sha256,
  })
  .meta({ id: 'CastVote', examples: [{ answer: 'approve', conditions: ['Check the segment of applicants under 25 after four weeks'], validUntil: null, reason: null, evidenceDigest: '5f'.repeat(32) }] });
export type CastVote = z.infer<typeof CastVote>;

export const AnswerQuestion = z.strictObject({ text: Typed }).meta({ id: 'AnswerQuestion', examples: [{ text: 'The rows of 2024 were left out because of the changed form.' }] });
export const GiveReason = z.strictObject({ reason: Typed }).meta({ id: 'GiveReason', examples: [{ reason: 'Complaints from the branch' }] });
export const AnswerReassessment = z.strictObject({ answer: ReassessmentAnswer, reason: Typed }).meta({ id: 'AnswerReassessment', examples: [{ answer: 'renew', reason: 'The audits of the quarter hold the promise.' }] });
export type AnswerReassessment = z.infer<typeof AnswerReassessment>;

// ---- operations ---------------------------------------------------------------------------------------------------

export const releaseReaders = ['approver', 'process-owner', 'ml-engineer', 'auditor', 'administrator'] as const satisfies readonly PersonRole[];
const voters = ['approver', 'process-owner'] as const satisfies readonly PersonRole[];
const stoppers = ['approver', 'process-owner', 'administrator'] as const satisfies readonly PersonRole[];
const proposers = ['ml-engineer', 'process-owner'] as const satisfies readonly PersonRole[];

export const ReleaseParams = z.strictObject({ release: z.string().min(1).max(100) });
const about = { tag: 'Releases', params: ReleaseParams } as const;
const changes = ['release-unknown', 'release-refused'] as const;

export const listReleases = operation({
  id: 'listReleases',
  method: 'GET',
  path: '/api/releases',
  tag: 'Releases',
  summary: 'Releases of all services, newest proposal first',
  access: { kind: 'restricted', people: releaseReaders, keys: 'any' },
  query: z.strictObject({ service: z.string().min(1).max(60).optional(), state: ReleaseState.optional(), cursor: Cursor.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  responses: { 200: ReleaseList.meta({ id: 'ReleaseList' }) },
  problems: ['cursor-invalid', 'service-unknown', 'scope-missing'],
});

export const readRelease = operation({
  id: 'readRelease',
  method: 'GET',
  path: '/api/releases/{release}',
  ...about,
  summary: 'One release with its decision, evidence and history; `ETag` is the digest of the evidence bundle',
  access: { kind: 'restricted', people: releaseReaders, keys: 'any' },
  responses: { 200: ReleaseDetail },
  problems: ['release-unknown'],
});

export const readEvidence = operation({
  id: 'readEvidence',
  method: 'GET',
  path: '/api/releases/{release}/evidence/{digest}',
  tag: 'Releases',
  summary: 'One document of the evidence; as a download the very bytes whose SHA-256 is the digest',
  access: { kind: 'restricted', people: releaseReaders, keys: 'any' },
  params: ReleaseParams.extend({ digest: Sha256 }),
  query: z.strictObject({ download: z.enum(['true', 'false']).optional() }),
  responses: { 200: EvidenceDocument },
  problems: ['release-unknown', 'evidence-unknown'],
});

export const proposeRelease = operation({
  id: 'proposeRelease',
  method: 'POST',
  path: '/api/releases',
  tag: 'Releases',
  summary: 'Propose a model version for a service; a repeated proposal answers with the one that is open',
  access: { kind: 'restricted', people: proposers, keys: 'any' },
  body: ProposeRelease,
  responses: { 200: ReleaseDetail, 201: ReleaseDetail },
  problems: ['service-unknown', 'scope-missing', 'release-refused'],
});

export const castVote = operation({
  id: 'castVote',
  method: 'POST',
  path: '/api/releases/{release}/votes',
  ...about,
  summary: 'Approve, ask back or reject a go-live, bound to the evidence that was seen',
  description: 'Who may vote follows from who the person is: neither requester nor trainer, with the roles that the risk tier asks for. `voting` of the release says so beforehand.',
  access: { kind: 'restricted', people: voters, keys: 'none' },
  body: CastVote,
  responses: { 200: ReleaseDetail },
  problems: ['release-unknown', 'vote-refused', 'vote-excluded', 'evidence-changed'],
});

export const answerQuestion = operation({
  id: 'answerQuestion',
  method: 'POST',
  path: '/api/releases/{release}/answer',
  ...about,
  summary: "The requester's answer to a question put back",
  access: { kind: 'restricted', people: proposers, keys: 'any' },
  body: AnswerQuestion,
  responses: { 200: ReleaseDetail },
  problems: changes,
});

export const askNextStep = operation({
  id: 'askNextStep',
  method: 'POST',
  path: '/api/releases/{release}/step',
  ...about,
  summary: 'End the wait of this step of shadow or canary; the checks of the next one still hold',
  access: { kind: 'restricted', people: voters, keys: 'none' },
  responses: { 200: ReleaseDetail },
  problems: changes,
});

export const stopRelease = operation({
  id: 'stopRelease',
  method: 'POST',
  path: '/api/releases/{release}/stop',
  ...about,
  summary: 'Stop: a release on its way is taken back, of a live one the service is stopped; from the next case on',
  access: { kind: 'restricted', people: stoppers, keys: 'none' },
  body: GiveReason,
  responses: { 200: ReleaseDetail },
  problems: changes,
});

export const rollBackRelease = operation({
  id: 'rollBackRelease',
  method: 'POST',
  path: '/api/releases/{release}/roll-back',
  ...about,
  summary: 'Back to the predecessor, or to people where it may no longer decide; answers with the release that decides then, or the ended one',
  access: { kind: 'restricted', people: voters, keys: 'none' },
  body: GiveReason,
  responses: { 200: ReleaseDetail },
  problems: changes,
});

export const answerReassessment = operation({
  id: 'answerReassessment',
  method: 'POST',
  path: '/api/releases/{release}/reassessment',
  ...about,
  summary: 'What is to become of a live release: renew, retrain, roll back or withdraw',
  access: { kind: 'restricted', people: voters, keys: 'none' },
  body: AnswerReassessment,
  responses: { 200: ReleaseDetail },
  problems: changes,
});

export const resumeService = operation({
  id: 'resumeService',
  method: 'POST',
  path: '/api/decision-services/{service}/resume',
  tag: 'Releases',
  summary: 'Lift the stop of a service',
  access: { kind: 'restricted', people: voters, keys: 'none' },
  params: z.strictObject({ service: z.string().min(1).max(60) }),
  responses: { 204: z.undefined() },
  problems: ['service-unknown'],
});
