/**
 * The process variables of `anomaly-routing`: what the diagram and the routing table may read, and nothing else.
 * No input field but the declared routing fields, and no text that a person typed, is ever a variable.
 */
import { z } from 'zod';

/** Variables of the message that starts an instance. */
export const CaseReceived = z.object({
  caseId: z.string().min(1),
  service: z.string().min(1),
  serviceVersion: z.int().positive(),
  /** The person concerned objected, or a needed consent is missing: no model is asked. */
  objection: z.boolean(),
  /** The routing fields that the service declares. */
  routing: z.record(z.string(), z.unknown()),
});

/** The release of this moment, as far as routing needs it. */
export const ReleaseVariable = z.object({
  state: z.enum(['live', 'none', 'expired', 'stopped']),
  mode: z.enum(['pilot', 'automatic']).nullable(),
  id: z.string().nullable(),
  model: z.object({ name: z.string(), version: z.string(), digest: z.string() }).nullable(),
  /** The certified threshold; null in a pilot. */
  threshold: z.number().nullable(),
  /** Table, rules, threshold and model are those that were certified. */
  policyInForce: z.boolean(),
});
export type ReleaseVariable = z.infer<typeof ReleaseVariable>;

export const PredictionVariable = z.object({
  class: z.string(),
  confidence: z.number().min(0).max(1),
  /** The service allows this class to be decided by a model alone. */
  mayBeAutomatic: z.boolean(),
});

/** Low: like what the model has seen. Medium: the owner's table decides. High: always people. */
export const NoveltyVariable = z.object({ score: z.number(), band: z.enum(['low', 'medium', 'high']) });

export const modelFailureCodes = ['MODEL_UNAVAILABLE', 'MODEL_ERROR'] as const;

export const reasonCodes = [
  'PILOT',
  'AUDIT_SAMPLE',
  'LOW_CONFIDENCE',
  'ANOMALY',
  'BUSINESS_RULE',
  'NO_RELEASE',
  'RELEASE_EXPIRED',
  'STOPPED',
  'OBJECTION',
  'MODEL_UNAVAILABLE',
  'MODEL_ERROR',
] as const;

/** What the routing table says. Its owner may write codes of their own: they are reported as BUSINESS_RULE. */
export const RouteVariable = z.object({ route: z.string(), reasons: z.array(z.string()) });

/** Everything an instance may carry; a test compares it with the diagram. */
export const Variables = z.object({
  ...CaseReceived.shape,
  /** Drawn for the blind audit before anything else. */
  audit: z.boolean(),
  release: ReleaseVariable,
  /** The service names a novelty model. */
  noveltyNamed: z.boolean(),
  prediction: PredictionVariable.nullable(),
  novelty: NoveltyVariable.nullable(),
  modelFailure: z.enum(modelFailureCodes).nullable(),
  route: RouteVariable,
  /** Why the gate refused an automatic outcome, as a reason a caller may see. */
  refusal: z.enum(reasonCodes).nullable(),
  reviewGroup: z.string(),
  adjudicatorGroup: z.string(),
  reviewForm: z.string(),
  secondReviewer: z.boolean(),
  dueAt: z.iso.datetime(),
  /** There is a prediction. Audits are explained too, though nobody is shown it: nothing may tell them from other cases. */
  explain: z.boolean(),
  explained: z.boolean(),
  reviewAnswer: z.enum(['class', 'cannot-judge']),
  finalClass: z.string().nullable(),
  secondAnswer: z.enum(['class', 'cannot-judge']),
  secondClass: z.string().nullable(),
  decidedBy: z.enum(['model', 'expert']),
});
