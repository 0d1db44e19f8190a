/** Moments on the wire. */

/** Epoch milliseconds as ISO 8601 in UTC. */
export function toMoment(at: number): string {
  return new Date(at).toISOString();
}

export function toMomentOrNull(at: number | null): string | null {
  return at === null ? null : toMoment(at);
}

/**
 * The same, cut to the minute. Between review and task lies the explanation, which an audit does not have: milliseconds
 * would tell a reviewer what is an audit before the verdict.
 */
export function toMinute(at: number): string {
  return toMoment(Math.floor(at / 60_000) * 60_000);
}
