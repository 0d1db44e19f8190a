/** What the routes work with, put together by the composition root. */
import type { Ledger } from '../ledger/index.ts';
import type { EngineClient, Platform } from '../workers/index.ts';
import type { Clock } from '../ledger/index.ts';
import type { RateLimit } from './access/rate-limit.ts';
import type { Claims } from './inbox/claims.ts';
import type { InboxEvents } from './inbox/inbox-events.ts';
import type { InboxSeal } from './inbox/inbox-seal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { createInputValidator } from './validate-input.ts';

/** Whether each part of the product runs; only the first three must be up to take cases. */
export type PartsUp = { ledger: boolean; engine: boolean; workers: boolean; 'model-server': boolean };

export type Parts = {
  clock: Clock;
  log: Log;
  ledger: Ledger;
  /** Serving deployment, pipelines and model registry. */
  platform: Platform;
  /** For commands and searches; job polls have a client of their own. */
  engine: EngineClient;
  validateInput: ReturnType<typeof createInputValidator>;
  claims: Claims;
  inboxEvents: InboxEvents;
  inboxSeal: InboxSeal;
  metrics: Metrics;
  limits: { signIn: RateLimit; start: RateLimit };
  /** Whether webhooks may go to private addresses. */
  privateCallbacks: boolean;
  /** True where people reach the product by https only: cookies are marked secure. */
  secureCookies: boolean;
  partsUp: () => Promise<PartsUp>;
  /** Aborted when the server closes: held answers are given at once then. */
  closing: AbortSignal;
};
