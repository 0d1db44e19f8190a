/**
 * "The error of the automatic cases is above α": an alarm that may be looked at after every verdict. For each start point
 * a test martingale bets that errors after it come more often than α: Π (1 + λ(e_i − α)), averaged over five λ. The alarm's
 * evidence is the equal-weight mean over all start points, those still to come counting 1. It is a nonnegative martingale
 * while the error is at most α, so P(it ever reaches 1/δ) ≤ δ (J. Ville, 1939). Many start points, because a martingale
 * that was started once loses its speed after good audits (trust reference 4.8).
 */

export type AlarmOptions = {
  /** Per audited automatic case, in the order of its verdicts: was the model wrong? */
  errors: readonly boolean[];
  alpha: number;
  /** Probability of ever giving a false alarm. */
  delta: number;
  /** Start points, and the audits between two of them: fixed for a release before its first audit. */
  starts?: number;
  every?: number;
};

export type Alarm = {
  /** Evidence after the last audit; the alarm was raised where it reached 1 / δ at any time. */
  evidence: number;
  limit: number;
  raised: boolean;
  /** Number of audits after which it was raised first. */
  raisedAfter: number | null;
  /** Audits before the start point that speaks loudest: where the error probably began to rise. */
  since: number;
  audits: number;
  wrong: number;
};

/** Five bets suffice: shares of the largest one allowed, 1 / α, halved. */
const bets = [0.1, 0.25, 0.5, 0.75, 0.9];

export function sequentialAlarm(options: AlarmOptions): Alarm {
  const { errors, alpha, delta, starts = 20, every = 100 } = options;
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must lie between 0 and 1, found ${alpha}`);
  if (!(delta > 0 && delta < 1)) throw new RangeError(`delta must lie between 0 and 1, found ${delta}`);
  const lambdas = bets.map((bet) => bet / (2 * alpha));
  const limit = 1 / delta;
  const wealths: number[][] = [];
  let raisedAfter: number | null = null;
  let evidence = 1;
  errors.forEach((wrong, index) => {
    if (index % every === 0 && wealths.length < starts) wealths.push(lambdas.map(() => 1));
    const excess = (wrong ? 1 : 0) - alpha;
    for (const wealth of wealths) lambdas.forEach((lambda, j) => (wealth[j] = (wealth[j] ?? 1) * (1 + lambda * excess)));
    evidence = (sum(wealths.map(mean)) + (starts - wealths.length)) / starts;
    if (raisedAfter === null && evidence >= limit) raisedAfter = index + 1;
  });
  const loudest = wealths.reduce((best, wealth, index) => (mean(wealth) > mean(wealths[best] ?? [0]) ? index : best), 0);
  return { evidence, limit, raised: raisedAfter !== null, raisedAfter, since: loudest * every, audits: errors.length, wrong: errors.filter(Boolean).length };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
