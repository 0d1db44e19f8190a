/** The ledger's public interface: cases, verdicts, decisions, releases, records, outbox, access. One statement, one file. */
export { openLedger, type OpenLedgerOptions } from './open-ledger.ts';
export type { Clock } from './clock.ts';
export type { Ledger } from './ledger.ts';
export { takeLock, type Lock } from './lock.ts';
export { ledgerStoreVersions } from './store/schemas.ts';
export { StorageError, type StorageProblem } from './store/storage-error.ts';

// decision services and their policy
export { DecisionServiceDefinition } from './services/definition.ts';
export type { StoredService } from './services/service.ts';
export { putService } from './services/put-service.ts';
export { getService } from './services/get-service.ts';
export { listServices } from './services/list-services.ts';
export { putRoutingTable } from './services/put-routing-table.ts';
export { policyDigest, type Policy } from './releases/policy-digest.ts';

// cases
export type { AuditDraw, Binding, Case, CaseStatus, Review } from './cases/case.ts';
export { reasonCodes, type ReasonCode } from './cases/reason-code.ts';
export type { CaseChange } from './cases/case-change.ts';
export { acceptCase, type AcceptCaseRequest, type AcceptCaseResult } from './cases/accept-case.ts';
export { beginCase, type BeginCaseResult } from './cases/begin-case.ts';
export { bindInstance, type BindInstanceRequest } from './cases/bind-instance.ts';
export { getCase } from './cases/get-case.ts';
export { listCases, type CaseFilter, type CasePage } from './cases/list-cases.ts';
export { listCasesOfInstances } from './cases/list-cases-of-instances.ts';
export { countCases } from './cases/count-cases.ts';
export { countReasons, type ReasonCount } from './cases/count-reasons.ts';
export { readInput, type Input } from './cases/read-input.ts';
export { drawAuditSample } from './cases/draw-audit-sample.ts';
export { openReview, type OpenReviewRequest, type OpenReviewResult } from './cases/open-review.ts';
export { waitForCase, type WaitOptions } from './cases/wait-for-case.ts';
export { onCaseChange } from './cases/on-case-change.ts';
export { isOpenToView, publicCase, type ForWhom, type PublicCase } from './cases/public-case.ts';
export { caseRecord, type CaseRecord } from './cases/case-record.ts';

// predictions
export type { Explanation, Model, NoveltyBand, Prediction, StorePredictionRequest, StorePredictionResult } from './predictions/prediction.ts';
export { storePrediction } from './predictions/store-prediction.ts';
export { getPrediction } from './predictions/get-prediction.ts';
export { listPredictions } from './predictions/list-predictions.ts';
export { storeExplanation } from './predictions/store-explanation.ts';
export { readExplanation } from './predictions/read-explanation.ts';

// verdicts
export type * from './verdicts/verdict.ts';
export { checkBlindVerdict, storeBlindVerdict } from './verdicts/store-blind-verdict.ts';
export { checkFinalVerdict, storeFinalVerdict } from './verdicts/store-final-verdict.ts';
export { storeOpenAnswer } from './verdicts/store-open-answer.ts';
export { undoVerdict, type UndoRequest } from './verdicts/undo-verdict.ts';
export { holdVerdict } from './verdicts/hold-verdict.ts';
export { listVerdicts } from './verdicts/list-verdicts.ts';
export { readReview } from './verdicts/read-review.ts';
export { listReviewSteps, type ReviewStep } from './verdicts/list-review-steps.ts';
export { undoWindowMs } from './verdicts/task-answer.ts';

// decisions
export { refusalCodes, type Decision, type LabelProvenance, type RecordDecisionRequest, type RecordDecisionResult, type RefusalCode } from './decisions/decision.ts';
export { getDecision } from './decisions/get-decision.ts';
export { recordDecision } from './decisions/record-decision.ts';
export { reasonOfRefusal } from './decisions/refuse-decision.ts';
export { listLabels, type Label } from './decisions/list-labels.ts';
export { listEvidence, type EvidenceRow } from './decisions/list-evidence.ts';

// releases
export type * from './releases/release.ts';
export { openRelease } from './releases/open-release.ts';
export { activeRelease } from './releases/active-release.ts';
export { listReleases } from './releases/list-releases.ts';
export { getRelease } from './releases/get-release.ts';
export { withdrawRelease } from './releases/withdraw-release.ts';
export { stopService } from './releases/stop-service.ts';
export { resumeService } from './releases/resume-service.ts';
export { isAuditCase } from './releases/is-audit-case.ts';

// the life of a release: proposal, evidence, votes, moves, end
export * from './releases/lifecycle.ts';
export { EvidenceDocument, evidenceSchemas, type EvidenceKind } from './releases/evidence-document.ts';
export { canaryBucket } from './releases/canary-bucket.ts';
export { proposeRelease } from './releases/propose-release.ts';
export { addEvidence } from './releases/add-evidence.ts';
export { castVote } from './releases/cast-vote.ts';
export { remindOfDecision } from './releases/remind-of-decision.ts';
export { readGoLiveDecision } from './releases/read-decision.ts';
export { answerQuestion } from './releases/answer-question.ts';
export { moveRelease } from './releases/move-release.ts';
export { expireRelease } from './releases/expire-release.ts';
export { rejectRelease } from './releases/reject-release.ts';
export { rollBack } from './releases/roll-back.ts';
export { stopRelease } from './releases/stop-release.ts';
export { askNextStep } from './releases/ask-next-step.ts';
export { raiseAlarm } from './releases/raise-alarm.ts';
export { noteReassessment } from './releases/note-reassessment.ts';
export { answerReassessment } from './releases/answer-reassessment.ts';
export { candidateReleases } from './releases/candidate-releases.ts';
export { releaseHistory } from './releases/release-history.ts';
export { listShadowEvidence } from './releases/list-shadow-evidence.ts';
export { getLifecycle } from './releases/get-lifecycle.ts';
export { releaseActions, releaseOutlook, restorableAt, type ReleaseAction, type ReleaseOutlook } from './releases/release-outlook.ts';
export { evidenceChanges, type EvidenceChanges } from './releases/evidence-changes.ts';
export { getEvidence, getEvidenceText } from './releases/get-evidence.ts';
export { listLifecycles, type LifecycleFilter, type LifecyclePage } from './releases/list-lifecycles.ts';

// records and erasure
export { recordKinds, type ChainVerdict, type LedgerRecord, type RecordKind, type SignedHead } from './chain/record.ts';
export { canonicalJson } from './chain/canonical-json.ts';
export { verifyChain } from './chain/verify-chain.ts';
export { exportHeads } from './chain/export-heads.ts';
export { eraseSubject, type EraseResult } from './vault/erase-subject.ts';
export { eraseCase } from './vault/erase-case.ts';
export { decidedBefore, eraseDueCases, lastDecision, type DecisionRange, type ErasureSlice } from './vault/erase-due-cases.ts';
export { finishRetentionErasures } from './vault/finish-erasures.ts';
export { countErasedCases } from './vault/count-erased-cases.ts';
export { lastRecordAt } from './chain/last-record-at.ts';

// outbox
export type * from './outbox/outbox-row.ts';
export { claimOutbox, type ClaimRequest } from './outbox/claim-outbox.ts';
export { postponeOutbox } from './outbox/postpone-outbox.ts';
export { settleOutbox } from './outbox/settle-outbox.ts';
export { deferOutbox } from './outbox/defer-outbox.ts';
export { nextOutboxAt } from './outbox/next-outbox-at.ts';
export { countOutbox } from './outbox/count-outbox.ts';
export { onOutboxChange, takeEffects } from './outbox/on-outbox-change.ts';
export { requestWebhook, type RequestWebhookResult } from './outbox/request-webhook.ts';
export { webhookSecret } from './outbox/webhook-secret.ts';
export { inboxSecret } from './access/inbox-secret.ts';

// access
export { roles, type ApiKey, type NewApiKey, type NewSession, type Role, type Scopes, type Session, type User } from './access/user.ts';
export { createUser, type CreateUserRequest, type CreateUserResult } from './access/create-user.ts';
export { changeUser } from './access/change-user.ts';
export { findUser } from './access/find-user.ts';
export { getUser } from './access/get-user.ts';
export { listUsers } from './access/list-users.ts';
export { checkPassword } from './access/check-password.ts';
export { createSession } from './access/create-session.ts';
export { findSession } from './access/find-session.ts';
export { endSession } from './access/end-session.ts';
export { createApiKey } from './access/create-api-key.ts';
export { findApiKey } from './access/find-api-key.ts';
export { listApiKeys } from './access/list-api-keys.ts';
export { revokeApiKey } from './access/revoke-api-key.ts';
