/**
 * Evidence for a go-live, first part (the same shapes as the ledger keeps; a test holds them equal). The evaluation report: challenger beside champion on rows that no model was fitted on, asked through the
 * serving endpoints. Rates and shares are between 0 and 1, times in milliseconds, levels are confidences (0.9 = 90 %).
 */
import { z } from 'zod';
import { Text } from './values.ts';

export const Share = z.number().min(0).max(1);
export const Count = z.int().nonnegative();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const EvaluatedModel = z.strictObject({ name: z.string(), version: z.string(), digest: Sha256 });

/** A file of labelled rows, by name and SHA-256. */
export const DataPart = z.strictObject({ name: z.string(), digest: Sha256, rows: Count });

export const MeasureId = z.enum(['accuracy', 'cost', 'auc', 'aurc', 'calibration', 'latency-p95']);

/** `difference` is challenger − champion over the same rows, with its two-sided interval at `level`; null without a champion. */
export const Measure = z.strictObject({
  id: MeasureId,
  better: z.enum(['higher', 'lower']),
  champion: z.number().nullable(),
  challenger: z.number(),
  difference: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  level: Share,
  /** The limit of a latency, else null. */
  limit: z.number().nullable(),
  verdict: z.enum(['better', 'undecided', 'worse', 'in-limit', 'over-limit', 'no-champion']),
});

/** Error of the automatic cases if this share of all cases were automatic; the band is pointwise, at `level`. */
export const CurvePoint = z.strictObject({ threshold: z.number(), coverage: Share, m: Count, k: Count, risk: Share, low: Share, high: Share });

export const Curves = z.strictObject({
  /** The part the curves are drawn from, and its rows. */
  part: z.enum(['certify', 'held-out']),
  rows: Count,
  level: Share,
  /** The promised α. */
  limit: Share,
  champion: z.array(CurvePoint).nullable(),
  challenger: z.array(CurvePoint),
});

/** What a certificate would take (`trust/`). */
export const Need = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('more-verdicts'), atLeast: Count }),
  z.strictObject({ kind: z.literal('not-reachable') }),
]);

const TestedThreshold = z.strictObject({ threshold: z.number(), m: Count, k: Count, pValue: Share, passed: z.boolean() });

const certificateBasis = {
  alpha: Share,
  /** The δ of this look: the service's δ divided by its planned looks. */
  delta: Share,
  /** Verdicts or outcomes given, and those whose predicted class may be automatic. */
  n: Count,
  eligible: Count,
  startSize: Count,
  tested: z.array(TestedThreshold),
  errorReference: z.enum(['blind-verdict', 'historical-outcome', 'later-outcome']),
  population: Text,
  /** Which look of how many planned ones this is. */
  look: z.strictObject({ index: z.int().positive(), of: z.int().positive() }),
  /** The file certified on; null where it was blind verdicts of the ledger. */
  data: DataPart.nullable(),
};

/** As `trust/certify-threshold.ts` gives it, with what it speaks of. This is what a release's `certificate` holds. */
export const CertificateDocument = z.discriminatedUnion('certified', [
  z.strictObject({
    certified: z.literal(true),
    ...certificateBasis,
    threshold: z.number(),
    accepted: z.array(z.number()),
    m: Count,
    k: Count,
    errorRate: Share,
    upperBound: Share,
    coverage: Share,
  }),
  z.strictObject({ certified: z.literal(false), ...certificateBasis, reason: z.enum(['too-few-verdicts', 'too-many-errors']), need: Need }),
]);

/** Rows of one segment. `automatic` and `wrong` count at the certified threshold (0 without one); below `minimum` no rate is stated. */
export const SegmentResult = z.strictObject({
  id: z.string(),
  label: Text,
  rows: Count,
  championRight: Count.nullable(),
  challengerRight: Count,
  automatic: Count,
  wrong: Count,
  /** wrong / automatic and its exact interval at the report's level. */
  rate: Share.nullable(),
  interval: z.strictObject({ low: Share, high: Share }).nullable(),
});

export const EvaluationReport = z.strictObject({
  kind: z.literal('evaluation-report'),
  service: z.string(),
  serviceVersion: z.int().positive(),
  heldOut: DataPart,
  /** Null where the service certifies from blind verdicts: those come with the shadow. */
  certify: DataPart.nullable(),
  /** Rows both models answered: held-out and certify together. Measures and segments speak of these. */
  comparedRows: Count,
  champion: z.strictObject({ model: EvaluatedModel, releaseId: z.string().nullable() }).nullable(),
  challenger: z.strictObject({ model: EvaluatedModel }),
  level: Share,
  measures: z.array(Measure),
  curves: Curves,
  certificate: CertificateDocument.nullable(),
  minimumSegment: z.int().positive(),
  segments: z.array(SegmentResult),
  /** Share of cases the challenger would decide alone at its certified threshold; 0 without a certificate. */
  automationShare: Share,
  /** Rows a model did not answer, or answered with nonsense. */
  failures: z.strictObject({ champion: Count, challenger: Count }),
  /** Seed of the resamplings, so that anyone gets the same intervals. */
  seed: z.int().nonnegative(),
  /** Milliseconds since 1970. */
  computedAt: z.int(),
});
export type EvaluationReport = z.infer<typeof EvaluationReport>;
export type CertificateDocument = z.infer<typeof CertificateDocument>;
export type Measure = z.infer<typeof Measure>;
export type MeasureId = z.infer<typeof MeasureId>;
export type SegmentResult = z.infer<typeof SegmentResult>;
export type DataPart = z.infer<typeof DataPart>;
export type EvaluatedModel = z.infer<typeof EvaluatedModel>;
