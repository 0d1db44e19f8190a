/** Decision services as callers and pages see them, and the state of what may decide for them. */
import { z } from 'zod';
import { operation, personRoles } from './operation.ts';
import { Moment, Text } from './values.ts';

export const OutcomeClass = z
  .strictObject({
    id: z.string(),
    label: Text,
    /** The key on the keyboard that gives this verdict. */
    key: z.string(),
    /** Whether a model may ever decide it alone. */
    automatic: z.boolean(),
  })
  .meta({ id: 'OutcomeClass' });
export type OutcomeClass = z.infer<typeof OutcomeClass>;

export const FieldText = z.strictObject({ label: Text, values: z.record(z.string(), Text).optional(), unit: Text.optional() });
export type FieldText = z.infer<typeof FieldText>;

/** How pages show the cases of a service. `title` and `subtitle` are templates with fields in braces. */
export const Presentation = z
  .strictObject({
    title: Text,
    subtitle: Text,
    fields: z.record(z.string(), FieldText),
    /** The field that is a grey-scale picture, row by row, values from 0 to `max`. */
    picture: z.strictObject({ field: z.string(), width: z.int(), height: z.int(), max: z.number() }).nullable(),
  })
  .meta({ id: 'Presentation' });
export type Presentation = z.infer<typeof Presentation>;

export const ErrorReference = z.enum(['blind-verdict', 'historical-outcome', 'later-outcome']);

/** Error of automatic cases at most `alpha`, with confidence 1 - `delta`. */
export const ServicePromise = z
  .strictObject({ alpha: z.number(), delta: z.number(), demoFigure: z.boolean(), errorReference: ErrorReference, population: Text })
  .meta({ id: 'ServicePromise' });

export const DecisionServiceSummary = z
  .strictObject({
    service: z.string(),
    version: z.int(),
    name: Text,
    caseName: Text,
    riskTier: z.enum(['low', 'medium', 'high']),
    processDefinitionId: z.string(),
  })
  .meta({ id: 'DecisionServiceSummary' });
export type DecisionServiceSummary = z.infer<typeof DecisionServiceSummary>;

export const DecisionService = DecisionServiceSummary.extend({
  question: Text,
  classes: z.array(OutcomeClass),
  /** JSON Schema (2020-12) of a case's `input`. */
  inputSchema: z.record(z.string(), z.unknown()),
  promise: ServicePromise,
  auditShare: z.number(),
  consentRequired: z.boolean(),
  legalBasis: Text,
  /** Days for which a case is kept after its decision; then input, address, explanation and typed texts are erased. */
  retentionDays: z.int(),
  /** Cases that were erased because their days were over. */
  erasedCases: z.int(),
  presentation: Presentation,
}).meta({ id: 'DecisionService' });
export type DecisionService = z.infer<typeof DecisionService>;

/** What a certificate would take, told in a pilot. */
export const CertificateNeed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('more-verdicts'), atLeast: z.int() }),
  z.strictObject({ kind: z.literal('not-reachable') }),
]);

/** The figures behind an automatic release: `k` wrong among `m`, so at most `upperBound`, with confidence 1 - `delta`. */
export const Certificate = z.strictObject({
  alpha: z.number(),
  delta: z.number(),
  threshold: z.number(),
  /** Verdicts or outcomes looked at, in all. */
  n: z.int(),
  m: z.int(),
  k: z.int(),
  upperBound: z.number(),
  /** Share of all cases that were automatic at this threshold. */
  coverage: z.number(),
});

export const ReleaseView = z
  .strictObject({
    release: z.string(),
    mode: z.enum(['pilot', 'automatic']),
    modelName: z.string(),
    modelVersion: z.string(),
    modelDigest: z.string(),
    threshold: z.number().nullable(),
    certificate: Certificate.nullable(),
    /** Only in a pilot. */
    need: CertificateNeed.nullable(),
    /** Opened with demo figures; every page says so. */
    demo: z.boolean(),
    openedBy: z.string(),
    openedAt: Moment,
    validUntil: Moment,
  })
  .meta({ id: 'ReleaseView' });
export type ReleaseView = z.infer<typeof ReleaseView>;

/** What may decide for a service now: the banner of its pages. Nothing in it belongs to a single case. */
export const ServiceState = z
  .strictObject({
    service: z.string(),
    state: z.enum(['live', 'none', 'expired', 'stopped']),
    /** The live or the last release. */
    release: ReleaseView.nullable(),
    /** False where rules, table, threshold or model changed since the release was opened: then people decide. */
    policyInForce: z.boolean(),
    stop: z.strictObject({ by: z.string(), at: Moment, reason: z.string().nullable() }).nullable(),
    promise: ServicePromise,
  })
  .meta({ id: 'ServiceState' });
export type ServiceState = z.infer<typeof ServiceState>;

export const ServiceParams = z.strictObject({ service: z.string().min(1).max(60) });

export const listDecisionServices = operation({
  id: 'listDecisionServices',
  method: 'GET',
  path: '/api/decision-services',
  tag: 'Decision services',
  summary: 'All decision services; for an API key those in its scope',
  access: { kind: 'restricted', people: personRoles, keys: 'any' },
  responses: { 200: z.strictObject({ items: z.array(DecisionServiceSummary) }) },
  problems: [],
});

export const readDecisionService = operation({
  id: 'readDecisionService',
  method: 'GET',
  path: '/api/decision-services/{service}',
  tag: 'Decision services',
  summary: 'One decision service with the JSON schema of its input',
  access: { kind: 'restricted', people: personRoles, keys: 'service' },
  params: ServiceParams,
  responses: { 200: DecisionService },
  problems: ['service-unknown', 'scope-missing'],
});

export const readServiceState = operation({
  id: 'readServiceState',
  method: 'GET',
  path: '/api/decision-services/{service}/state',
  tag: 'Decision services',
  summary: 'What may decide for the service now, and until when',
  access: { kind: 'restricted', people: personRoles, keys: 'service' },
  params: ServiceParams,
  responses: { 200: ServiceState },
  problems: ['service-unknown', 'scope-missing'],
});
