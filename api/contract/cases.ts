/** Cases: starting one, waiting for its decision, finding it again, and its record. */
import { z } from 'zod';
import { ServiceParams } from './decision-services.ts';
import { operation, type PersonRole } from './operation.ts';
import { Cursor, EngineKey, Moment, PageLimit, Prefer, ReasonCode, WaitSeconds } from './values.ts';

/** People who read along. Experts see the cases of their inbox instead. */
const readers = ['approver', 'process-owner', 'ml-engineer', 'auditor', 'administrator'] as const satisfies readonly PersonRole[];

export const CaseStatus = z.enum(['received', 'in-review', 'decided']);
export const CaseId = z.string().min(1).max(80);

/**
 * A case as everyone outside sees it. `release`, `reasons` and `confidence` are null until the first verdict is stored
 * (of an audited case: until it is decided), for every caller: reviews are blind.
 */
export const CaseView = z
  .strictObject({
    caseId: CaseId,
    service: z.string(),
    serviceVersion: z.int(),
    status: CaseStatus,
    /** The outcome class, once decided. */
    decision: z.string().nullable(),
    decidedBy: z.enum(['model', 'expert']).nullable(),
    decidedAt: Moment.nullable(),
    release: z.string().nullable(),
    /** Why people were asked; empty where the model decided. */
    reasons: z.array(ReasonCode).nullable(),
    confidence: z.number().nullable(),
    businessId: z.string().nullable(),
    receivedAt: Moment,
  })
  .meta({ id: 'Case' });
export type CaseView = z.infer<typeof CaseView>;

export const StartCase = z
  .strictObject({
    input: z.record(z.string(), z.unknown()).meta({ description: "Must fit the service's `inputSchema`." }),
    subject: z.string().min(1).max(200).optional().meta({ description: 'Identifies the person concerned; stored as a keyed hash only.' }),
    objection: z.boolean().optional().meta({ description: 'The person concerned objects to an automatic decision, or consent is missing: no model is called.' }),
    businessId: z.string().min(1).max(200).optional().meta({ description: 'Your own number of the case.' }),
    callbackUrl: z.url({ protocol: /^https?$/ }).max(2000).optional().meta({ description: 'Gets a signed webhook once the case is decided (`GET /api/webhook-secret`). No private address unless the operator allows them.' }),
  })
  .meta({ id: 'StartCase' });
export type StartCase = z.infer<typeof StartCase>;

export const startCase = operation({
  id: 'startCase',
  method: 'POST',
  path: '/api/decision-services/{service}/cases',
  tag: 'Cases',
  summary: 'Ask for a decision',
  description:
    'With `Prefer: wait=N` the answer is held for up to N seconds: 200 once the case is decided, else 202 with `Location`. ' +
    'The same `Idempotency-Key` with the same body returns the same case in its current state; with another body 422.',
  access: { kind: 'restricted', people: [], keys: 'service' },
  params: ServiceParams,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional().meta({ description: 'Required. A value of your own that stays the same when the request is repeated.' }), prefer: Prefer.optional() }),
  body: StartCase,
  responses: { 200: CaseView, 202: CaseView },
  problems: ['service-unknown', 'scope-missing', 'idempotency-key-missing', 'idempotency-key-reused', 'input-invalid', 'callback-refused', 'too-many-requests', 'storage-full'],
});

export const CaseParams = z.strictObject({ caseId: CaseId });

export const readCase = operation({
  id: 'readCase',
  method: 'GET',
  path: '/api/cases/{caseId}',
  tag: 'Cases',
  summary: 'One case; with `wait` held until it is decided',
  access: { kind: 'restricted', people: readers, keys: 'any' },
  params: CaseParams,
  query: z.strictObject({ wait: WaitSeconds.optional() }),
  responses: { 200: CaseView },
  problems: ['case-unknown'],
});

export const CasePage = z.strictObject({ items: z.array(CaseView), nextCursor: z.string().nullable() }).meta({ id: 'CasePage' });
export type CasePage = z.infer<typeof CasePage>;

export const listCases = operation({
  id: 'listCases',
  method: 'GET',
  path: '/api/cases',
  tag: 'Cases',
  summary: 'Cases, newest first; for an API key its own',
  access: { kind: 'restricted', people: readers, keys: 'any' },
  query: z.strictObject({
    service: z.string().max(60).optional(),
    status: CaseStatus.optional(),
    decidedBy: z.enum(['model', 'expert']).optional(),
    businessId: z.string().max(200).optional(),
    receivedFrom: Moment.optional(),
    receivedBefore: Moment.optional(),
    cursor: Cursor.optional(),
    limit: PageLimit,
  }),
  responses: { 200: CasePage },
  problems: ['cursor-invalid', 'scope-missing', 'service-unknown'],
});

const PredictionView = z.strictObject({
  role: z.enum(['decider', 'shadow']),
  release: z.string().nullable(),
  modelName: z.string(),
  modelVersion: z.string(),
  modelDigest: z.string(),
  class: z.string(),
  confidence: z.number(),
  probabilities: z.record(z.string(), z.number()),
  novelty: z.strictObject({ score: z.number(), band: z.enum(['low', 'medium', 'high']) }).nullable(),
  storedAt: Moment,
});

const VerdictView = z.strictObject({
  step: z.enum(['blind', 'final']),
  purpose: z.enum(['review', 'second-review', 'adjudication']),
  answer: z.enum(['class', 'cannot-judge', 'need-information', 'not-mine']),
  class: z.string().nullable(),
  blind: z.boolean(),
  outcome: z.enum(['agrees', 'differs', 'no-suggestion', 'audit']).nullable(),
  reasonCode: z.string().nullable(),
  text: z.string().nullable(),
  /** Null for applications: people are not named to them. */
  reviewer: z.string().nullable(),
  durationMs: z.number().nullable(),
  givenAt: Moment,
  undoneAt: Moment.nullable(),
});

const DecisionView = z.strictObject({
  class: z.string(),
  decidedBy: z.enum(['model', 'expert']),
  /** How far the label may be trusted. */
  provenance: z.enum(['blind', 'after-seeing-model-kept', 'after-seeing-model-switched', 'after-seeing-model-changed', 'automatic-unverified']),
  release: z.string().nullable(),
  modelName: z.string().nullable(),
  modelVersion: z.string().nullable(),
  modelDigest: z.string().nullable(),
  confidence: z.number().nullable(),
  threshold: z.number().nullable(),
  policyDigest: z.string().nullable(),
  reasons: z.array(ReasonCode),
  decidedAt: Moment,
});

const ChainRecord = z.strictObject({
  seq: z.int(),
  at: Moment,
  kind: z.string(),
  facts: z.record(z.string(), z.unknown()),
  commitment: z.string(),
  privateCommitment: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
});

/** Everything that explains one decision, joined; the chain's own records at the end. */
export const CaseRecord = z
  .strictObject({
    case: CaseView,
    /** True while the review is blind: predictions, release and the records that tell of them are held back until then. */
    sealed: z.boolean(),
    /** Keyed hash of the input: shows that it did not change, and nothing else. */
    inputCommitment: z.string().nullable(),
    inputErased: z.boolean(),
    process: z
      .strictObject({ processInstanceKey: EngineKey, processDefinitionId: z.string(), processDefinitionVersion: z.int() })
      .nullable(),
    audit: z.boolean().nullable(),
    predictions: z.array(PredictionView),
    release: z
      .strictObject({
        release: z.string(),
        mode: z.enum(['pilot', 'automatic']),
        threshold: z.number().nullable(),
        certificate: z.record(z.string(), z.unknown()).nullable(),
        policyDigest: z.string(),
        seedHash: z.string(),
        approvedBy: z.array(z.string()),
        validUntil: Moment,
        demo: z.boolean(),
      })
      .nullable(),
    verdicts: z.array(VerdictView),
    decision: DecisionView.nullable(),
    records: z.array(ChainRecord),
  })
  .meta({ id: 'CaseRecord' });
export type CaseRecord = z.infer<typeof CaseRecord>;

export const readCaseRecord = operation({
  id: 'readCaseRecord',
  method: 'GET',
  path: '/api/cases/{caseId}/record',
  tag: 'Cases',
  summary: 'The record of a case: what was decided, by whom, on what ground, with proof',
  access: { kind: 'restricted', people: readers, keys: 'any' },
  params: CaseParams,
  responses: { 200: CaseRecord },
  problems: ['case-unknown'],
});
