/** The process variables of `release-watch`: ids, dates and states. What people answered is read from the ledger. */
import { z } from 'zod';
import { messages } from '../messages.ts';

/** Variables of the message that starts an instance. */
export const ReleaseLive = messages['release-live'];

/** Everything an instance may carry; a test compares it with the diagram. */
export const Variables = z.object({
  ...ReleaseLive.shape,
  /** ISO 8601: the end date less the lead time; in the past where the release is shorter than that. */
  reassessAt: z.iso.datetime(),
  /** How often people are reminded while a re-assessment waits. */
  remindEvery: z.string(),
  /** Why people are asked. */
  reason: z.enum(['lead-time', 'alarm', 'stopped', 'successor-failed', 'refused']),
  /** When people were asked, in milliseconds since 1970: an older answer does not count. */
  askedAt: z.number(),
  /** What the ledger holds as people's answer; `open` where it holds none. */
  answer: z.enum(['renew', 'retrain', 'roll-back', 'withdraw', 'open']),
});
