/**
 * Judges one step of a canary: does its model answer, in time, with the file that was approved, and is its error still
 * within the promise? Taken back only on proof: a share of failures that is above the limit beyond chance, a p95 above the
 * limit, another file, or the sequential alarm over its own audits.
 */
import type { Model } from '../../ledger/index.ts';
import type { CanaryReport } from '../../ledger/releases/traffic-report.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { lowerBound, quantileOf, sequentialAlarm } from '../../trust/index.ts';
import { automaticClasses } from './compared-row.ts';

/** A case with a first blind verdict, in the order of the verdicts. */
export type AuditedCase = { class: string; confidence: number; verdict: string };

export type AssessCanaryOptions = {
  definition: DecisionServiceDefinition;
  releaseId: string;
  candidate: Model;
  /** Percent of this step. */
  share: number;
  /** Of this release: cases drawn under it; decided by its model alone; sent to people because its model failed. */
  counts: { cases: number; automatic: number; failed: number };
  /** Its blind audits; in a pilot nothing is automatic and the alarm has nothing to watch. */
  audits: readonly AuditedCase[];
  /** The certified threshold; null in a pilot. */
  threshold: number | null;
  /** Waiting times of its endpoint in milliseconds; empty where none were measured. */
  latencies: readonly number[];
  /** SHA-256 that the endpoint reports; null where it says nothing. */
  servedDigest: string | null;
  now: number;
};

/** Chance of taking back a canary whose failures are within the limit, per step. */
const failureLevel = 0.01;

export function assessCanary(options: AssessCanaryOptions): CanaryReport {
  const { definition, releaseId, candidate, share, counts, latencies, servedDigest, now } = options;
  const plan = evaluationPlanOf(definition);
  const errors = automaticErrors(definition, options);
  const { alpha, delta } = definition.promise;
  const alarm = sequentialAlarm({ errors, alpha, delta });
  const failing = counts.cases > 0 && lowerBound(counts.failed, counts.cases, failureLevel) > plan.failureLimit;
  const latency = latencies.length === 0 ? null : quantileOf(latencies, 0.95)(latencies.map(() => 1));
  const slow = latency !== null && latency > plan.latencyLimitMs;
  const other = servedDigest !== null && servedDigest !== candidate.digest;
  const reasons: CanaryReport['reasons'] = [
    ...(failing ? (['failures'] as const) : []),
    ...(slow ? (['latency'] as const) : []),
    ...(alarm.raised ? (['error-above-alpha'] as const) : []),
    ...(other ? (['digest-changed'] as const) : []),
  ];
  return {
    kind: 'canary-report',
    service: definition.id,
    releaseId,
    candidate: { model: { name: candidate.name, version: candidate.version, digest: candidate.digest } },
    share,
    cases: counts.cases,
    automatic: counts.automatic,
    audited: errors.length,
    wrong: errors.filter(Boolean).length,
    failures: {
      count: counts.failed,
      value: counts.cases === 0 ? null : counts.failed / counts.cases,
      limit: plan.failureLimit,
      verdict: counts.cases === 0 ? 'not-measured' : failing ? 'over-limit' : 'in-limit',
    },
    latencyP95: { value: latency, limit: plan.latencyLimitMs, verdict: latency === null ? 'not-measured' : slow ? 'over-limit' : 'in-limit' },
    alarm: { alpha, delta, evidence: alarm.evidence, limit: alarm.limit, raised: alarm.raised },
    result: reasons.length === 0 ? 'go-on' : 'take-back',
    reasons,
    computedAt: now,
  };
}

/** Per audited case that the policy would decide alone: was the model wrong? Others say nothing about the promise. */
export function automaticErrors(definition: DecisionServiceDefinition, { audits, threshold }: { audits: readonly AuditedCase[]; threshold: number | null }): boolean[] {
  if (threshold === null) return [];
  const automatic = automaticClasses(definition.classes);
  return audits.filter((one) => automatic(one.class) && one.confidence >= threshold).map((one) => one.class !== one.verdict);
}
