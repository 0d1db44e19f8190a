// What workers and outbox must be told: the model server's address and the limits. The composition root fills it in.

export type ServingSettings = {
  /** Base URL of the model server, without `/v1` or `/v2`. Asked at each call: a child process may come up later. */
  address: () => string;
  /** Of one request. */
  timeLimitMs: number;
  /** Explanations take longer than predictions. */
  explainTimeLimitMs: number;
  /** Tries of one prediction, the first included. */
  attempts: number;
  /** Pause before the second try; doubled for each further one. `Retry-After` wins, up to `maxPauseMs`. */
  firstPauseMs: number;
  maxPauseMs: number;
  /** So many failures in a row stop all calls to a model for `openMs`. */
  breaker: { failures: number; openMs: number };
};

export type WebhookSettings = {
  /** Deliver to loopback, private and link-local addresses too. */
  allowPrivateAddresses: boolean;
  timeLimitMs: number;
  /** Tries of one delivery before it is given up. */
  attempts: number;
};

/** Of the calls of candidate versions, which decide nothing. */
export type ShadowSettings = {
  /** Cases that may wait; further ones are dropped and counted. */
  waiting: number;
  parallel: number;
  /** Of one request; there is no second try. */
  timeLimitMs: number;
  breaker: { failures: number; openMs: number };
};

/** Of the processes that promote, watch, retrain and roll back releases. Durations in milliseconds. */
export type PromotionSettings = {
  /** Folder below which the evaluation files lie that services name. */
  evaluationData: string;
  /** Evidence and evaluation of a proposal must be done by then. */
  evaluateWithinMs: number;
  /** How often people are reminded of what waits for them. */
  remindEveryMs: number;
  /** The platform must serve a version by then. */
  readyWithinMs: number;
  /** Pause between two looks at a deployment. */
  checkEveryMs: number;
  /** Pause after which an unreachable platform is tried again. */
  retryAfterMs: number;
  /** Pause between two looks at a shadow's blind audits. */
  shadowCheckEveryMs: number;
  /** Pause between two looks at a pipeline run. */
  runCheckEveryMs: number;
};

export type WorkerSettings = {
  serving: ServingSettings;
  webhooks: WebhookSettings;
  shadow: ShadowSettings;
  promotion: PromotionSettings;
};

/** Limits that suit a model server in the same house. */
export function defaultWorkerSettings(given: { servingAddress: () => string; allowPrivateWebhooks?: boolean; evaluationData?: string }): WorkerSettings {
  return {
    serving: {
      address: given.servingAddress,
      timeLimitMs: 2_000,
      explainTimeLimitMs: 20_000,
      attempts: 3,
      firstPauseMs: 100,
      maxPauseMs: 1_000,
      breaker: { failures: 5, openMs: 10_000 },
    },
    webhooks: { allowPrivateAddresses: given.allowPrivateWebhooks ?? false, timeLimitMs: 10_000, attempts: 12 },
    shadow: { waiting: 500, parallel: 2, timeLimitMs: 2_000, breaker: { failures: 5, openMs: 30_000 } },
    promotion: {
      evaluationData: given.evaluationData ?? 'models',
      evaluateWithinMs: 2 * 24 * 3_600_000,
      remindEveryMs: 24 * 3_600_000,
      readyWithinMs: 15 * 60_000,
      checkEveryMs: 2_000,
      retryAfterMs: 60_000,
      shadowCheckEveryMs: 15_000,
      runCheckEveryMs: 60_000,
    },
  };
}
