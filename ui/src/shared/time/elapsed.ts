/** How long a person took for an answer, as far as the API takes it: a case left open for weeks counts as one week. */
const longest = 7 * 24 * 3_600_000;

export function elapsedMs(since: number): number {
  return Math.min(Math.max(0, Date.now() - since), longest);
}
