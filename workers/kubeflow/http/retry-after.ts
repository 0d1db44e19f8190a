// Reads `Retry-After`. Seconds only: a date would need the server's clock.

/** Milliseconds; null where the header is missing or says anything else. */
export function readRetryAfter(headers: Record<string, string | string[] | undefined>): number | null {
  const header = headers['retry-after'];
  if (typeof header !== 'string' || !/^\d+$/.test(header)) return null;
  return Number(header) * 1_000;
}
