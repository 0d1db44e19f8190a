/** Orders contributions by weight and sums the small ones, so that the bars still add up from base value to prediction. */

/** `share` is signed, of the probability of the suggested class. */
export type Contribution = { field: string; label: string; value: string; share: number };

export type RankedContributions = {
  rows: Contribution[];
  rest: { count: number; share: number } | undefined;
  /** Pixels per unit of share, such that the longest bar on either side fits. */
  scale: number;
};

export function rankContributions(contributions: readonly Contribution[], shown: number, room: { negative: number; positive: number }): RankedContributions {
  const sorted = contributions.toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share));
  // One left over is shown itself: "1 more attribute" would be no shorter.
  const cut = sorted.length - shown <= 1 ? sorted.length : shown;
  const rows = sorted.slice(0, cut);
  const small = sorted.slice(cut);
  const rest = small.length === 0 ? undefined : { count: small.length, share: sum(small) };
  return { rows, rest, scale: fit([...rows.map((row) => row.share), rest?.share ?? 0], room) };
}

function sum(contributions: readonly Contribution[]): number {
  return contributions.reduce((total, { share }) => total + share, 0);
}

function fit(shares: readonly number[], room: { negative: number; positive: number }): number {
  const positive = Math.max(0, ...shares);
  const negative = Math.max(0, ...shares.map((share) => -share));
  const scale = Math.min(positive === 0 ? Infinity : room.positive / positive, negative === 0 ? Infinity : room.negative / negative);
  return Number.isFinite(scale) ? scale : 0;
}
