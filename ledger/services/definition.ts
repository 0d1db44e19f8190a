/**
 * The definition of a decision service: one kind of decision, its input, its model, its promise and its rules.
 * Owned and edited by a process owner; stored in versions by the ledger; read by workers, API and pages.
 */
import { z } from 'zod';
import { EvaluationPlan } from './evaluation-plan.ts';
import { RetrainingPlan } from './retraining-plan.ts';
import { Text } from './text.ts';

export { Text } from './text.ts';

/** One outcome class of a service. `automatic` says whether a model may ever decide it alone. */
export const OutcomeClass = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  label: Text,
  /** The key on the keyboard that gives this verdict. */
  key: z.string().length(1),
  automatic: z.boolean(),
});
export type OutcomeClass = z.infer<typeof OutcomeClass>;

/**
 * One number of the row that the model sees, taken from an input field.
 * `categories`: the field is a code, sent as its index. `element`: the field is an array, this is the index in it.
 */
export const Feature = z.strictObject({
  field: z.string().min(1),
  categories: z.array(z.string()).optional(),
  element: z.int().nonnegative().optional(),
});
export type Feature = z.infer<typeof Feature>;

/** How pages name a field and its codes. `unit` is written behind numbers. */
export const FieldText = z.strictObject({
  label: Text,
  values: z.record(z.string(), Text).optional(),
  unit: Text.optional(),
});

/** Rates are shares between 0 and 1. */
const Rate = z.number().gt(0).lt(1);

export const DecisionServiceDefinition = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: Text,
  /** What one case is called, for titles: "Credit application". */
  caseName: Text,
  /** The one question the expert answers. */
  question: Text,
  /** The BPMN process that decides its cases. */
  processDefinitionId: z.string(),
  /** JSON Schema (2020-12) of a case's input; unknown fields are refused. */
  inputSchema: z.record(z.string(), z.unknown()),
  classes: z.array(OutcomeClass).min(2),
  model: z.strictObject({ name: z.string(), protocol: z.enum(['v1', 'v2']), features: z.array(Feature).min(1) }),
  /** A novelty model whose score sorts cases into three bands, or null where the service names none. */
  anomaly: z
    .strictObject({ model: z.string(), mediumFrom: z.number(), highFrom: z.number() })
    .nullable()
    .default(null),
  riskTier: z.enum(['low', 'medium', 'high']),
  /** Cost of deciding `decided` where `truth` is right, and of one review, in the owner's unit. */
  costs: z.strictObject({
    errors: z.array(z.strictObject({ decided: z.string(), truth: z.string(), cost: z.number().nonnegative() })),
    review: z.number().nonnegative(),
  }),
  /** The promise: error of automatic cases at most alpha, with confidence 1 - delta, by a plan of looks. */
  promise: z.strictObject({
    alpha: Rate,
    delta: Rate,
    /** True where alpha is a figure for the demo and no bank's policy. */
    demoFigure: z.boolean().default(false),
    looks: z.int().positive().default(1),
    errorReference: z.enum(['blind-verdict', 'historical-outcome', 'later-outcome']),
    /** Days until a later outcome is known; 0 for verdicts. */
    labelDelayDays: z.int().nonnegative().default(0),
    population: Text,
  }),
  /** The share pi of cases that get a blind verdict whatever the model says. */
  auditShare: Rate,
  /** How versions earn their release. Left out: the defaults of `evaluationPlanOf`, and no rows to evaluate on. */
  evaluation: EvaluationPlan.optional(),
  /** Left out: nothing is trained by itself, and asking for it says so. */
  retraining: RetrainingPlan.optional(),
  review: z.strictObject({
    candidateGroup: z.string(),
    adjudicatorGroup: z.string(),
    /** ISO 8601 duration from opening to due date. */
    dueAfter: z.string(),
    secondReviewer: z.boolean().default(false),
    reasonCodes: z.array(z.strictObject({ id: z.string(), label: Text, key: z.string().length(1) })).default([]),
    formId: z.string(),
  }),
  /** Business rules as routing fields only: nothing else of the input reaches the process. */
  routingFields: z.array(z.string()),
  consentRequired: z.boolean().default(false),
  legalBasis: Text,
  /** Days a case is kept after its decision; then what is kept of persons is erased (ADR 138). Never under 183 (governance R2). */
  retentionDays: z.int().min(183),
  presentation: z.strictObject({
    /** Templates for a list row, fields in braces: "{amount} · {purpose}". */
    title: Text,
    subtitle: Text,
    fields: z.record(z.string(), FieldText),
    /** A field that is a grey-scale picture, row by row, values 0 to `max`. */
    picture: z.strictObject({ field: z.string(), width: z.int(), height: z.int(), max: z.number() }).nullable().default(null),
  }),
});
export type DecisionServiceDefinition = z.infer<typeof DecisionServiceDefinition>;
