/** What a candidate did in shadow and in canary: the reports that move a release on, back, or before people. */
import { z } from 'zod';
import { CertificateDocument, Count, EvaluatedModel, Share } from './evaluation-report.ts';

/** Paired on the same blind-audited cases. */
export const ShadowReport = z.strictObject({
  kind: z.literal('shadow-report'),
  service: z.string(),
  releaseId: z.string(),
  /** Null where no version decides yet: then nothing is compared and only the candidate's own certificate counts. */
  champion: z.strictObject({ model: EvaluatedModel, releaseId: z.string().nullable() }).nullable(),
  candidate: z.strictObject({ model: EvaluatedModel }),
  /** `planned`: numbers of paired cases. `taken`: looks passed, this one included; 0 before the first. */
  looks: z.strictObject({ planned: z.array(z.int().positive()), taken: Count, nextAt: z.int().positive().nullable() }),
  /** Audited cases with both predictions and a first blind verdict; audited cases that lack the candidate's prediction. */
  pairs: Count,
  unanswered: Count,
  table: z.strictObject({ bothRight: Count, onlyChampionWrong: Count, onlyCandidateWrong: Count, bothWrong: Count }),
  /** Error of the candidate minus error of the champion: estimate, and one-sided bounds at the δ of one look. */
  difference: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  margin: Share,
  /** Total δ of the comparison, and that of one look. */
  delta: Share,
  deltaPerLook: Share,
  result: z.enum(['not-worse', 'worse', 'undecided']),
  /** True where no planned look and no time is left: an undecided result then goes to a person. */
  atEnd: z.boolean(),
  certificate: CertificateDocument.nullable(),
  /** How the release may go on: automatic under its own certificate, else as a pilot. */
  mode: z.enum(['automatic', 'pilot']),
  threshold: z.number().nullable(),
  computedAt: z.int(),
});
export type ShadowReport = z.infer<typeof ShadowReport>;

const Check = z.strictObject({ value: z.number().nullable(), limit: z.number(), verdict: z.enum(['in-limit', 'over-limit', 'not-measured']) });

export const CanaryReport = z.strictObject({
  kind: z.literal('canary-report'),
  service: z.string(),
  releaseId: z.string(),
  candidate: z.strictObject({ model: EvaluatedModel }),
  /** Percent of the traffic of this step. */
  share: z.int().min(0).max(100),
  /** Cases of the canary since it began: all, decided alone, blind-audited, audited and wrong where automatic. */
  cases: Count,
  automatic: Count,
  audited: Count,
  wrong: Count,
  /** Cases whose model did not answer or failed: `value` is their share; over the limit only where a binomial test says so. */
  failures: Check.extend({ count: Count }),
  latencyP95: Check,
  /** The sequential alarm "error > α" over this release's own audits. */
  alarm: z.strictObject({ alpha: Share, delta: Share, evidence: z.number().nonnegative(), limit: z.number(), raised: z.boolean() }),
  result: z.enum(['go-on', 'take-back']),
  reasons: z.array(z.enum(['failures', 'latency', 'error-above-alpha', 'digest-changed'])),
  computedAt: z.int(),
});
export type CanaryReport = z.infer<typeof CanaryReport>;
