/**
 * How a candidate of a service is evaluated, shadowed, rolled out and watched. Part of the service definition, but of no
 * policy digest: it decides how versions earn their release, not which cases are automatic.
 */
import { z } from 'zod';
import { Text } from './text.ts';

const Share = z.number().gt(0).lt(1);

/** Rows of a segment: the field is one of `values`, or a number with from ≤ number < below. */
export const Segment = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    label: Text,
    field: z.string().min(1),
    values: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1).optional(),
    from: z.number().optional(),
    below: z.number().optional(),
  })
  .refine((segment) => (segment.values !== undefined) !== (segment.from !== undefined || segment.below !== undefined), {
    message: 'a segment names either values, or from and below',
  });
export type Segment = z.infer<typeof Segment>;

export const EvaluationPlan = z.strictObject({
  /** Files of labelled rows below the evaluation-data folder, that no model was fitted on. */
  heldOut: z.string().min(1).optional(),
  certify: z.string().min(1).nullable().default(null),
  segments: z.array(Segment).default([]),
  /** No rate is stated for fewer automatic rows than this. */
  minimumSegment: z.int().positive().default(30),
  latencyLimitMs: z.number().positive().default(500),
  /** Δ: a candidate whose error is higher by less than this counts as not worse. */
  margin: Share.default(0.02),
  /** True where times and sizes are short for the demo and no owner's policy. */
  demoFigures: z.boolean().default(false),
  /** `looks`: numbers of blind-audited cases at which champion and candidate are compared, ascending; fixed in advance. */
  shadow: z
    .strictObject({
      looks: z
        .array(z.int().positive())
        .min(1)
        .refine((looks) => looks.every((look, index) => index === 0 || look > (looks[index - 1] ?? 0)), { message: 'looks must ascend' }),
      maxDays: z.number().positive(),
    })
    .default({ looks: [200, 400, 600], maxDays: 30 }),
  /** Percent of the traffic per step, and how long each step lasts. */
  canary: z
    .strictObject({
      steps: z
        .array(z.int().min(1).max(100))
        .min(1)
        .refine((steps) => steps.at(-1) === 100 && steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0)), {
          message: 'steps must ascend and end with 100',
        }),
      stepHours: z.number().positive(),
    })
    .default({ steps: [10, 50, 100], stepHours: 24 }),
  /** Share of canary cases that may fail at the model before the canary is taken back. */
  failureLimit: Share.default(0.02),
  validDays: z.number().positive().default(90),
  leadDays: z.number().positive().default(30),
});
export type EvaluationPlan = z.infer<typeof EvaluationPlan>;

/** The plan of a service; one that names none has the defaults, and no rows to evaluate on. */
export function evaluationPlanOf(definition: { evaluation?: EvaluationPlan | undefined }): EvaluationPlan {
  return definition.evaluation ?? defaultPlan;
}

const defaultPlan = EvaluationPlan.parse({});
