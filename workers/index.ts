// The registry of job workers and the ways to start them and the outbox; `api/` composes them.
import type { AnyWorker } from './runtime/worker-definition.ts';
import { drawAuditSample } from './draw-audit-sample.ts';
import { escalateReview } from './escalate-review.ts';
import { explainPrediction } from './explain-prediction.ts';
import { notifyCaller } from './notify-caller.ts';
import { openReview } from './open-review.ts';
import { promotionWorkers } from './promotion/index.ts';
import { recordDecision } from './record-decision.ts';
import { scoreCase } from './score-case.ts';
import { scoreNovelty } from './score-novelty.ts';

export { createEngineClient, ElementInstanceKey, JobKey, ProcessDefinitionId, ProcessDefinitionKey, ProcessInstanceKey, UserTaskKey } from './client.ts';
export type { EngineClient, EngineConnection } from './client.ts';
export { silentLog } from './log.ts';
export type { Log } from './log.ts';
export { defaultWorkerSettings } from './settings.ts';
export type { WorkerSettings } from './settings.ts';
export { boundedSignal } from './runtime/bounded-signal.ts';
export { currentTraceParent, inSpan, SpanKind } from './runtime/in-span.ts';
export { startWorkers } from './runtime/start-workers.ts';
export type { RunningWorkers, WorkerMetrics } from './runtime/start-workers.ts';
export { startOutbox } from './outbox/start-outbox.ts';
export type { RunningOutbox } from './outbox/start-outbox.ts';
export { startErasure, type Erasure, type ErasureMetrics } from './erase-due-cases.ts';
export { watchLostCases } from './watch-lost-cases.ts';
export { watchRegistry, type RegistryWatch } from './promotion/watch-registry.ts';
export { isPublicHost } from './outbox/public-address.ts';
export { createInferenceClient } from './serving/inference-client.ts';
export type { InferenceClient } from './serving/inference-client.ts';
export type { ShadowMetrics } from './serving/shadow-lane.ts';
export { createPlatform } from './kubeflow/create-platform.ts';
export { isTransient, PlatformError } from './kubeflow/platform-error.ts';
export type { PlatformErrorKind, PlatformSystem } from './kubeflow/platform-error.ts';
export { defaultCallLimits } from './kubeflow/settings.ts';
export type { PlatformSettings } from './kubeflow/settings.ts';
export type * from './kubeflow/ports.ts';

/** Every job worker, by job type. A test holds this equal to the job types of the diagrams. */
export const workers = [
  drawAuditSample,
  scoreCase,
  scoreNovelty,
  explainPrediction,
  openReview,
  escalateReview,
  recordDecision,
  notifyCaller,
  ...promotionWorkers,
] as const satisfies readonly AnyWorker[];
