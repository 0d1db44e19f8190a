/** The ledger's public interface: cases, verdicts, decisions, releases, records, outbox, access. */
import type { ActiveRelease, OpenReleaseRequest, OpenReleaseResult, Release, Stop } from './releases/release.ts';
import type { ApiKey, NewApiKey, NewSession, Role, Scopes, Session, User } from './access/user.ts';
import type { BlindVerdictRequest, FinalVerdictRequest, OpenAnswerRequest, ReviewView, StoreVerdictResult, UndoResult, Verdict } from './verdicts/verdict.ts';
import type { Case, CaseStatus, ReasonCode, AuditDraw } from './cases/case.ts';
import type { ChainVerdict, LedgerRecord, SignedHead } from './chain/record.ts';
import type { Clock, Ledger } from './ledger.ts';
import type { Decision, LabelProvenance, RecordDecisionRequest, RecordDecisionResult, RefusalCode } from './decisions/decision.ts';
import type { DecisionServiceDefinition } from './services/definition.ts';
import type { Explanation, Prediction, StorePredictionRequest, StorePredictionResult } from './predictions/prediction.ts';
import type { OutboxKind, OutboxRow } from './outbox/outbox-row.ts';
import type { StoredService } from './services/service.ts';

export type * from './ledger.ts';
export type * from './cases/case.ts';
export type * from './decisions/decision.ts';
export type * from './predictions/prediction.ts';
export type * from './verdicts/verdict.ts';
export type * from './releases/release.ts';
export type * from './outbox/outbox-row.ts';
export type * from './access/user.ts';
export type * from './services/service.ts';
export type * from './chain/record.ts';
export { reasonCodes } from './cases/case.ts';
export { refusalCodes } from './decisions/decision.ts';
export { roles } from './access/user.ts';
export { recordKinds } from './chain/record.ts';

// opening
export type OpenLedgerOptions = {
  clock: Clock;
  /** Folder of `ledger.db`, `vault-keys.db`, `master.key`, `heads.jsonl`; made where missing. Throws where another process has it. */
  dataDir?: string;
  /** Nothing on disk: for tests. Exactly one of `dataDir` and `inMemory`. */
  inMemory?: boolean;
  /** PostgreSQL: refused with a sentence until that store exists. */
  databaseUrl?: string;
  /** A signed head is written after so many records … */
  signEveryRecords?: number;
  /** … or so many milliseconds, and at close. */
  signEveryMs?: number;
};
export declare function openLedger(options: OpenLedgerOptions): Promise<Ledger>;

// services
/** Stores a new version where the definition changed; the same definition keeps its version. */
export declare function putService(ledger: Ledger, definition: DecisionServiceDefinition, by: string): Promise<StoredService>;
export declare function getService(ledger: Ledger, id: string, version?: number): Promise<StoredService | null>;
/** The latest version of each. */
export declare function listServices(ledger: Ledger): Promise<StoredService[]>;
/** Says which routing table is deployed for a service: part of the policy. The deployer calls it after each deployment. */
export declare function putRoutingTable(ledger: Ledger, table: { service: string; digest: string; by: string }): Promise<void>;
/** SHA-256 over everything that decides which cases are automatic. */
export declare function policyDigest(policy: { definition: DecisionServiceDefinition; routingTableDigest: string; threshold: number | null; modelDigest: string }): string;

// cases
export type AcceptCaseRequest = {
  service: string;
  serviceVersion: number;
  application: string;
  idempotencyKey: string;
  input: Record<string, unknown>;
  /** Identifies the person concerned; stored as a keyed hash only. */
  subject?: string | undefined;
  objection: boolean;
  businessId?: string | undefined;
  callbackUrl?: string | undefined;
};
export type AcceptCaseResult = { kind: 'accepted' | 'repeated'; case: Case } | { kind: 'conflict' };
export declare function acceptCase(ledger: Ledger, request: AcceptCaseRequest): Promise<AcceptCaseResult>;
/** `other`: another instance works on this case; the caller must end itself. */
export declare function bindInstance(
  ledger: Ledger,
  binding: { caseId: string; processInstanceKey: string; processDefinitionId: string; processDefinitionVersion: number },
): Promise<{ kind: 'bound' | 'already' | 'other' | 'case-unknown' }>;
export declare function getCase(ledger: Ledger, caseId: string): Promise<Case | null>;
export type CaseFilter = {
  services?: string[];
  status?: CaseStatus;
  application?: string;
  businessId?: string;
  decidedBy?: 'model' | 'expert';
  receivedFrom?: number;
  receivedBefore?: number;
  cursor?: string;
  /** 1 to 1000, default 50. */
  limit?: number;
};
/** Newest first. An unreadable cursor is `{ kind: 'bad-cursor' }`. */
export declare function listCases(ledger: Ledger, filter: CaseFilter): Promise<{ kind: 'page'; items: Case[]; nextCursor: string | null } | { kind: 'bad-cursor' }>;
export declare function countCases(ledger: Ledger, filter: { service?: string }): Promise<Record<CaseStatus, number>>;
export type Input = { kind: 'readable'; input: Record<string, unknown> } | { kind: 'erased' } | { kind: 'case-unknown' };
export declare function readInput(ledger: Ledger, caseId: string): Promise<Input>;
/** Draws once per case, under the release of this moment; repeating returns the first draw. */
export declare function drawAuditSample(ledger: Ledger, caseId: string): Promise<AuditDraw | null>;
/** Route to people, with the reasons; the case is in review from here. Idempotent per user task round: reasons of the first call stay. */
export declare function openReview(
  ledger: Ledger,
  review: { caseId: string; reasons: ReasonCode[]; reviewGroup?: string; dueAt?: number },
): Promise<{ kind: 'opened' | 'already'; case: Case } | { kind: 'case-unknown' } | { kind: 'decided'; case: Case }>;
/** Resolves with the case as it is when `until` holds or the time is over; rejects with the signal's reason. `settled`: decided or in review. */
export declare function waitForCase(ledger: Ledger, caseId: string, options: { until: 'decided' | 'settled'; timeoutMs: number; signal?: AbortSignal }): Promise<Case | null>;
export type CaseChange = { caseId: string; service: string; what: 'received' | 'bound' | 'in-review' | 'verdict' | 'undone' | 'decided' };
/** Called after each commit that changed a case, in order. Returns the unsubscriber. */
export declare function onCaseChange(ledger: Ledger, listener: (change: CaseChange) => void): () => void;

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
/** What may be shown of a case now. Reviewers never see AUDIT_SAMPLE. */
export declare function publicCase(theCase: Case, forWhom: ForWhom): PublicCase;

// predictions
export declare function storePrediction(ledger: Ledger, request: StorePredictionRequest): Promise<StorePredictionResult>;
export declare function getPrediction(ledger: Ledger, caseId: string): Promise<Prediction | null>;
export declare function listPredictions(ledger: Ledger, caseId: string): Promise<Prediction[]>;
export declare function storeExplanation(ledger: Ledger, caseId: string, explanation: Explanation): Promise<{ kind: 'stored' | 'already' | 'case-unknown' | 'erased' }>;
export declare function readExplanation(ledger: Ledger, caseId: string): Promise<Explanation | null>;

// verdicts
export declare function storeBlindVerdict(ledger: Ledger, request: BlindVerdictRequest): Promise<StoreVerdictResult>;
export declare function storeFinalVerdict(ledger: Ledger, request: FinalVerdictRequest): Promise<StoreVerdictResult>;
export declare function storeOpenAnswer(ledger: Ledger, request: OpenAnswerRequest): Promise<StoreVerdictResult>;
export declare function undoVerdict(ledger: Ledger, request: { caseId: string; userTaskKey: string; reviewer: string }): Promise<UndoResult>;
/** In the order given, undone ones included. */
export declare function listVerdicts(ledger: Ledger, caseId: string): Promise<Verdict[]>;
/** Blind first, enforced in one place: what this reviewer may see of this user task now. */
export declare function readReview(ledger: Ledger, request: { caseId: string; userTaskKey: string; reviewer: string }): Promise<ReviewView | null>;
/** Steps of many user tasks at once, for inbox lists. */
export declare function listReviewSteps(ledger: Ledger, userTaskKeys: string[]): Promise<Map<string, { step: ReviewView['step']; reviewer: string | null }>>;

// decisions
export declare function recordDecision(ledger: Ledger, request: RecordDecisionRequest): Promise<RecordDecisionResult>;
/** The reason that a caller is shown for a refusal of an automatic outcome. */
export declare function reasonOfRefusal(refusal: RefusalCode): ReasonCode;
export type Label = { caseId: string; service: string; class: string; provenance: LabelProvenance; labelledAt: number };
export declare function listLabels(ledger: Ledger, filter: { service: string; provenance?: LabelProvenance }): Promise<Label[]>;
/** First blind verdicts beside the decider's prediction: the material of a certificate. */
export type EvidenceRow = { caseId: string; predicted: string; confidence: number; verdict: string; audit: boolean; givenAt: number };
export declare function listEvidence(ledger: Ledger, releaseId: string): Promise<EvidenceRow[]>;

// releases
export declare function openRelease(ledger: Ledger, request: OpenReleaseRequest): Promise<OpenReleaseResult>;
export declare function activeRelease(ledger: Ledger, service: string, at?: number): Promise<ActiveRelease>;
export declare function listReleases(ledger: Ledger, service?: string): Promise<Release[]>;
export declare function getRelease(ledger: Ledger, releaseId: string): Promise<Release | null>;
export declare function withdrawRelease(ledger: Ledger, request: { releaseId: string; by: string }): Promise<{ kind: 'withdrawn' | 'already' | 'unknown' }>;
export declare function stopService(ledger: Ledger, request: { service: string; by: string; reason?: string }): Promise<Stop>;
export declare function resumeService(ledger: Ledger, request: { service: string; by: string }): Promise<void>;

// records
export type CaseRecord = {
  case: Case;
  /** HMAC of the input: says that it did not change, and nothing else. */
  inputCommitment: string | null;
  inputErased: boolean;
  predictions: Prediction[];
  release: Release | null;
  verdicts: Verdict[];
  decision: Decision | null;
  /** The case's records in the chain. */
  records: LedgerRecord[];
};
/** Joins everything about one case (governance R1). Internal like `Case`: hide before the first verdict. */
export declare function caseRecord(ledger: Ledger, caseId: string): Promise<CaseRecord | null>;
export declare function exportHeads(ledger: Ledger): Promise<SignedHead[]>;
export declare function verifyChain(ledger: Ledger): Promise<ChainVerdict>;
/** Destroys the key of a person: all entries become unreadable, the chain stays valid. */
export declare function eraseSubject(ledger: Ledger, request: { subject: string; by: string }): Promise<{ kind: 'erased'; cases: number } | { kind: 'unknown' }>;
/** The same for one case that named no subject. */
export declare function eraseCase(ledger: Ledger, request: { caseId: string; by: string }): Promise<{ kind: 'erased' } | { kind: 'unknown' } | { kind: 'has-subject' }>;

// outbox
/** Takes due rows under a lease: no one else gets them until it runs out. A restart frees all leases. */
export declare function claimOutbox(ledger: Ledger, request: { limit: number; leaseMs?: number; kinds?: OutboxKind[] }): Promise<OutboxRow[]>;
export declare function settleOutbox(ledger: Ledger, outboxId: string): Promise<void>;
/** Puts a row back, later each time (1 s doubling to 5 min, or at `retryAt`). */
export declare function deferOutbox(ledger: Ledger, outboxId: string, request: { error: string; retryAt?: number }): Promise<void>;
/** When the next row is due, or null: for the dispatcher's timer. */
export declare function nextOutboxAt(ledger: Ledger): Promise<number | null>;
export declare function countOutbox(ledger: Ledger): Promise<Record<OutboxKind, number>>;
/** Called after each commit that added a row. */
export declare function onOutboxChange(ledger: Ledger, listener: () => void): () => void;
/** Owes the caller a webhook for a decided case with a call-back address; once per case however often called. */
export declare function requestWebhook(ledger: Ledger, caseId: string): Promise<{ kind: 'requested' | 'already' | 'no-callback' | 'case-unknown' }>;
/** The HMAC secret that webhooks to this application are signed with. */
export declare function webhookSecret(ledger: Ledger, application: string): Promise<string>;

// access
export declare function createUser(
  ledger: Ledger,
  user: { name: string; displayName: string; password: string; roles: Role[]; groups: string[] },
): Promise<{ kind: 'created'; user: User } | { kind: 'name-taken' }>;
export declare function findUser(ledger: Ledger, name: string): Promise<User | null>;
export declare function getUser(ledger: Ledger, userId: string): Promise<User | null>;
export declare function listUsers(ledger: Ledger): Promise<User[]>;
/** The user where the password is right; takes the same time where the name is unknown. */
export declare function checkPassword(ledger: Ledger, name: string, password: string): Promise<User | null>;
export declare function createSession(ledger: Ledger, request: { userId: string; lifetimeMs?: number }): Promise<NewSession>;
export declare function findSession(ledger: Ledger, token: string): Promise<Session | null>;
export declare function endSession(ledger: Ledger, token: string): Promise<void>;
export declare function createApiKey(ledger: Ledger, request: { name: string; scopes: Scopes; createdBy: string }): Promise<NewApiKey>;
/** By the secret; with Basic also the id must fit. */
export declare function findApiKey(ledger: Ledger, secret: string, apiKeyId?: string): Promise<ApiKey | null>;
export declare function listApiKeys(ledger: Ledger): Promise<ApiKey[]>;
export declare function revokeApiKey(ledger: Ledger, apiKeyId: string, by: string): Promise<{ kind: 'revoked' | 'unknown' }>;
