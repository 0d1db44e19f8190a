/** The process variables of `model-rollback`: ids and the state of the deployment. */
import { z } from 'zod';
import { messages } from '../messages.ts';

/** Variables of the message that starts an instance. */
export const RollbackAsked = messages['rollback-asked'];

/** Everything an instance may carry; a test compares it with the diagram. */
export const Variables = z.object({
  ...RollbackAsked.shape,
  /** Whose version is to serve now by the ledger. */
  to: z.enum(['predecessor', 'people']),
  /** The release whose version is to be served; null where people decide. */
  servedReleaseId: z.string().nullable(),
  deployment: z.enum(['ready', 'not-ready', 'failed', 'edited-by-hand']),
  /** ISO 8601 durations. */
  times: z.object({ readyWithin: z.string(), checkEvery: z.string(), retryAfter: z.string() }),
});
