// The job workers of the release processes: promotion, watch, retraining, rollback.
import type { AnyWorker } from '../runtime/worker-definition.ts';
import { askForRetraining } from './ask-for-retraining.ts';
import { assessCanary } from './assess-canary.ts';
import { assessShadow } from './assess-shadow.ts';
import { checkDeployment } from './check-deployment.ts';
import { checkPipelineRun } from './check-pipeline-run.ts';
import { checkRelease } from './check-release.ts';
import { collectEvidence } from './collect-evidence.ts';
import { deployModel } from './deploy-model.ts';
import { evaluateChallenger } from './evaluate-challenger.ts';
import { expireRelease } from './expire-release.ts';
import { goLive } from './go-live.ts';
import { openPromotion } from './open-promotion.ts';
import { openReassessment } from './open-reassessment.ts';
import { openRetraining } from './open-retraining.ts';
import { openWatch } from './open-watch.ts';
import { proposeRelease } from './propose-release.ts';
import { proposeRenewal } from './propose-renewal.ts';
import { readGoLiveDecision } from './read-go-live-decision.ts';
import { readReassessment } from './read-reassessment.ts';
import { readRollback } from './read-rollback.ts';
import { recordGate } from './record-gate.ts';
import { registerModelVersion } from './register-model-version.ts';
import { remindPeople } from './remind-people.ts';
import { reportRetrainingFailure } from './report-retraining-failure.ts';
import { restoreTraffic } from './restore-traffic.ts';
import { rollBackRelease } from './roll-back-release.ts';
import { setCanaryShare } from './set-canary-share.ts';
import { startPipelineRun } from './start-pipeline-run.ts';
import { startShadow } from './start-shadow.ts';
import { takeBackCandidate } from './take-back-candidate.ts';
import { terminatePipelineRun } from './terminate-pipeline-run.ts';
import { verifyArtefact } from './verify-artefact.ts';
import { withdrawRelease } from './withdraw-release.ts';

export const promotionWorkers = [
  openPromotion,
  collectEvidence,
  evaluateChallenger,
  recordGate,
  readGoLiveDecision,
  verifyArtefact,
  deployModel,
  checkDeployment,
  startShadow,
  assessShadow,
  setCanaryShare,
  assessCanary,
  goLive,
  takeBackCandidate,
  remindPeople,
  openWatch,
  openReassessment,
  readReassessment,
  proposeRenewal,
  askForRetraining,
  rollBackRelease,
  withdrawRelease,
  expireRelease,
  checkRelease,
  openRetraining,
  startPipelineRun,
  checkPipelineRun,
  terminatePipelineRun,
  registerModelVersion,
  proposeRelease,
  reportRetrainingFailure,
  readRollback,
  restoreTraffic,
] as const satisfies readonly AnyWorker[];
