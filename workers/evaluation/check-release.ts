/**
 * Watches a live release: is its error still within the promise, does it still agree with experts as well as they do among
 * themselves, do its cases still look like those it was evaluated on? Only the first is proof at every look; drift is a hint.
 */
import type { AlarmKind, ReleaseMode } from '../../ledger/index.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { agreementBelowExperts, findDrift, sequentialAlarm, type AnswerPair, type DriftColumn } from '../../trust/index.ts';
import { automaticErrors, type AuditedCase } from './assess-canary.ts';

export type CheckReleaseOptions = {
  definition: DecisionServiceDefinition;
  release: { mode: ReleaseMode; threshold: number | null };
  /** Blind audits of this release (in a pilot: all its cases), in the order of their verdicts. */
  audits: readonly AuditedCase[];
  /** Two blind verdicts of different experts on one case, oldest first. */
  expertPairs: readonly AnswerPair[];
  /** The model's cases before and now, column by column; empty where there are too few. */
  columns: readonly DriftColumn[];
};

/** `alarm`: holds its level over all looks. `hint`: a heuristic that a person should look at. `window` names it once and for all. */
export type ReleaseFinding = { kind: AlarmKind; severity: 'alarm' | 'hint'; window: string; facts: Record<string, number | string> };

export type ReleaseCheck = {
  findings: ReleaseFinding[];
  /** For pages: how far the alarm is from its limit. */
  error: { audits: number; wrong: number; evidence: number; limit: number };
};

/** PSI above which a drifted column is worth a person's time; folklore, and called so. */
const notableStability = 0.25;

export function checkRelease(options: CheckReleaseOptions): ReleaseCheck {
  const { definition, release, audits, expertPairs, columns } = options;
  const { alpha, delta } = definition.promise;
  const alarm = sequentialAlarm({ errors: automaticErrors(definition, { audits, threshold: release.threshold }), alpha, delta });
  const findings: ReleaseFinding[] = [];
  if (alarm.raised)
    findings.push({
      kind: 'error-above-alpha',
      severity: 'alarm',
      // One false alarm in a release's whole life has probability δ; so it is raised once in its life, too.
      window: 'release',
      facts: { alpha, delta, audits: alarm.audits, wrong: alarm.wrong, evidence: alarm.evidence, raisedAfter: alarm.raisedAfter ?? alarm.audits, since: alarm.since },
    });
  const agreement = agreementBelowExperts({ withModel: audits.map((one): AnswerPair => [one.class, one.verdict]), amongExperts: expertPairs, delta });
  if (agreement.below)
    findings.push({
      kind: 'agreement',
      severity: 'alarm',
      window: `look-${agreement.look}`,
      facts: { model: agreement.model.rate, experts: agreement.experts.rate, cases: agreement.model.cases, modelKappa: agreement.model.kappa ?? 'none', expertsKappa: agreement.experts.kappa ?? 'none', low: agreement.low },
    });
  const drifted = findDrift(columns).filter((hint) => hint.drifted && hint.psi >= notableStability);
  const [worst] = [...drifted].sort((a, b) => b.psi - a.psi);
  if (worst !== undefined)
    findings.push({
      kind: 'drift',
      severity: 'hint',
      window: driftWindow(drifted.map(({ name }) => name)),
      facts: { columns: drifted.map(({ name }) => name).join(', '), worst: worst.name, psi: worst.psi, test: worst.test, adjusted: worst.adjusted },
    });
  return { findings, error: { audits: alarm.audits, wrong: alarm.wrong, evidence: alarm.evidence, limit: alarm.limit } };
}

/** The same columns drifting on are one hint, not one at every look. */
function driftWindow(names: readonly string[]): string {
  return [...names].sort().join('+');
}
