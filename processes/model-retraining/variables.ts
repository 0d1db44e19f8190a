/** The process variables of `model-retraining`: ids and states of a pipeline run. */
import { z } from 'zod';
import { messages } from '../messages.ts';

/** Variables of the message that starts an instance. */
export const RetrainingAsked = messages['retraining-asked'];

/** Why there is no new version: seen by people on the release that asked. */
export const retrainingFailures = ['NOT_CONFIGURED', 'RUN_FAILED', 'RUN_CANCELED', 'RUN_UNKNOWN', 'RUN_TIMED_OUT', 'STOPPED', 'RESULT_MISSING', 'PLATFORM_REFUSED', 'PROPOSAL_REFUSED'] as const;
export type RetrainingFailure = (typeof retrainingFailures)[number];

/** Everything an instance may carry; a test compares it with the diagram. */
export const Variables = z.object({
  ...RetrainingAsked.shape,
  /** Name of the run: the same for every try, so that a repeated job finds the run it started. */
  runKey: z.string(),
  runId: z.string(),
  run: z.enum(['running', 'succeeded']),
  /** ISO 8601 durations: the upper bound, the pause between two looks, and before another try. */
  times: z.object({ within: z.string(), checkEvery: z.string(), retryAfter: z.string() }),
  /** Of the new version in the registry. */
  versionId: z.string(),
  failure: z.enum(retrainingFailures),
});
