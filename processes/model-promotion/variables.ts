/**
 * The process variables of `model-promotion` and `serve-candidate`: ids, states, times and figures of the evaluation.
 * Never a vote, never a text that a person typed: what people decide is read from the ledger.
 */
import { z } from 'zod';
import { messages } from '../messages.ts';

const IsoDuration = z.string().regex(/^P/);

/** Variables of the message that starts an instance. */
export const ReleaseProposed = messages['release-proposed'];

/** The times of this promotion, from the service's evaluation plan, as ISO 8601 durations. */
export const PromotionTimes = z.object({
  /** Evidence and evaluation must be done by then. */
  evaluateWithin: IsoDuration,
  /** How often people are reminded of what waits for them. */
  remindEvery: IsoDuration,
  /** The platform must serve the version by then. */
  readyWithin: IsoDuration,
  /** Pause between two looks at a deployment. */
  checkEvery: IsoDuration,
  /** Pause after which an unreachable platform is tried again. */
  retryAfter: IsoDuration,
  /** Pause between two looks at the shadow's blind audits. */
  shadowCheckEvery: IsoDuration,
  /** Length of a canary step. */
  stepLasts: IsoDuration,
});

const Verdict = z.enum(['better', 'undecided', 'worse', 'in-limit', 'over-limit', 'no-champion']);

/** What the gate's table reads of the evaluation: verdicts and counts, no case. */
export const EvaluationFacts = z.object({
  accuracy: Verdict,
  cost: Verdict,
  calibration: Verdict,
  latency: Verdict,
  /** The candidate has a certificate of its own from this evaluation. */
  certified: z.boolean(),
  /** Share of cases that it would decide alone. */
  automationShare: z.number().min(0).max(1),
  /** Rows that it did not answer, as a share of those asked. */
  failureShare: z.number().min(0).max(1),
  /** Segments whose error is above the limit with the whole interval; segments with too few rows for a statement. */
  segmentsOverLimit: z.int().nonnegative(),
  segmentsTooSmall: z.int().nonnegative(),
  modelCard: z.boolean(),
  lineage: z.boolean(),
  trainerKnown: z.boolean(),
});

/** What the gate's table says. */
export const GateVariable = z.object({
  result: z.enum(['pass', 'findings', 'block']),
  findings: z.array(z.object({ code: z.string(), severity: z.enum(['info', 'warning', 'block']), de: z.string(), en: z.string() })),
});

export const deploymentStates = ['ready', 'not-ready', 'failed', 'edited-by-hand'] as const;

/** Why a promotion ended without people having said no. */
export const failureCodes = [
  'RELEASE_OVER',
  'STOPPED',
  'EVIDENCE_MISSING',
  'EVIDENCE_CHANGED',
  'EVALUATION_FAILED',
  'NOT_EVALUATED',
  'BLOCKED_BY_GATE',
  'NOT_APPROVED',
  'NOT_SERVED',
  'WORSE_IN_SHADOW',
  'WORSE_IN_CANARY',
  'NO_CERTIFICATE',
  'REFUSED_BY_LEDGER',
  'PLATFORM_REFUSED',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** Everything an instance may carry; a test compares it with the diagrams. */
export const Variables = z.object({
  ...ReleaseProposed.shape,
  times: PromotionTimes,
  evaluation: EvaluationFacts,
  gate: GateVariable,
  /** What the ledger's standing votes say; `open` where they do not decide yet. */
  decision: z.enum(['approved', 'rejected', 'asked-back', 'open']),
  /** Of the candidate, as the platform reports it. */
  deployment: z.enum(deploymentStates),
  /** `waiting`: before the next planned look; `undecided`: at the end of all looks. */
  shadow: z.enum(['waiting', 'not-worse', 'worse', 'undecided']),
  /** Correlation key of a press on "next step now" for the step of this moment; see `stepKey` in messages.ts. */
  stepKey: z.string(),
  /** Percent of the cases in the canary; 0 before it. */
  share: z.int().min(0).max(100),
  canary: z.enum(['go-on', 'take-back']),
  /** The canary has reached its last step. */
  lastStep: z.boolean(),
  failure: z.enum(failureCodes),
});
