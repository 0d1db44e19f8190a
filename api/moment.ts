/** Moments on the wire. */

/** Epoch milliseconds as ISO 8601 in UTC. */
export function toMoment(at: number): string {
  return new Date(at).toISOString();
}

export function toMomentOrNull(at: number | null): string | null {
  return at === null ? null : toMoment(at);
}
