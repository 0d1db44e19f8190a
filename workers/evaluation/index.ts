// Evaluation, shadow, canary and watch of releases: what the promotion's job workers call.
export { evaluateChallenger, type EvaluateOptions } from './evaluate-challenger.ts';
export { scoreRows, type ScoredRow, type ServedModel } from './score-rows.ts';
export { readLabelledRows, type LabelledRow, type LabelledRows } from './labelled-rows.ts';
export { certifyCandidate } from './certify-candidate.ts';
export { EvaluationFailure, type EvaluationFailureReason } from './evaluation-failure.ts';
export { assessShadow, type AssessShadowOptions } from './assess-shadow.ts';
export { assessCanary, type AssessCanaryOptions, type AuditedCase } from './assess-canary.ts';
export { checkRelease, type CheckReleaseOptions, type ReleaseCheck, type ReleaseFinding } from './check-release.ts';
export { collectAudits, collectDriftColumns, collectExpertPairs, countCanaryCases } from './release-material.ts';
export { probeLatency, type ProbeOptions } from './probe-latency.ts';
