/** Counts calls per key in windows of one minute, on the injected clock. */
import type { Clock } from '../../ledger/index.ts';
import { Problem } from '../problem.ts';

const windowMs = 60_000;

/** Fields of the IETF draft that tell a client how much is left. */
export type RateLimitHeaders = { 'ratelimit-limit': string; 'ratelimit-remaining': string; 'ratelimit-reset': string };

export type RateLimit = {
  /** Counts one call; throws 429 with Retry-After where the limit, `times` as high, is reached. */
  take(key: string, times?: number): RateLimitHeaders;
};

/** Keys counted at a time. Beyond it the first ones are forgotten: a flood of names must not fill the memory. */
const mostKeys = 50_000;

export function createRateLimit(clock: Clock, perMinute: number): RateLimit {
  let windowStart = clock.now();
  let counts = new Map<string, number>();
  return {
    take(key, times = 1) {
      const limit = perMinute * times;
      const now = clock.now();
      if (now >= windowStart + windowMs || now < windowStart) {
        windowStart = now;
        counts = new Map();
      }
      const seconds = String(Math.max(1, Math.ceil((windowStart + windowMs - now) / 1000)));
      const count = (counts.get(key) ?? 0) + 1;
      const headers = { 'ratelimit-limit': String(limit), 'ratelimit-remaining': String(Math.max(0, limit - count)), 'ratelimit-reset': seconds };
      if (count > limit)
        throw new Problem('too-many-requests', `More than ${limit} calls came within a minute. Wait ${seconds} seconds, as Retry-After says.`, {
          headers: { ...headers, 'retry-after': seconds },
        });
      counts.set(key, count);
      if (counts.size > mostKeys) for (const [first] of counts) {
        counts.delete(first);
        break;
      }
      return headers;
    },
  };
}
