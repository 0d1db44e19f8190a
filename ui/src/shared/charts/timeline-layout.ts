/**
 * Where moments lie on a release's timeline. Releases live for months and are promoted in minutes, so a straight axis
 * would press every move into one spot: each stretch between two moments has a width by its length, but never less
 * than a minimum. Pure.
 */

export type TimelineLayout = {
  /** Pixel of a moment; moments outside lie on the ends. */
  x: (at: number) => number;
  /** False where a stretch was widened: then lengths cannot be compared. */
  toScale: boolean;
};

/** `stops`: moments (ms) that must stay apart, for instance where states begin and end. At least one. */
export function layOutTimeline(stops: readonly number[], pixels: readonly [number, number], least: number): TimelineLayout {
  const ordered = [...new Set(stops)].toSorted((a, b) => a - b);
  const [start, end] = pixels;
  const lengths = ordered.slice(1).map((stop, index) => stop - (ordered[index] ?? stop));
  const widths = widthsOf(lengths, end - start, least);
  const places = widths.reduce<number[]>((sum, width) => [...sum, (sum.at(-1) ?? start) + width], [start]);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    x: (at) => placeOf(at, ordered, places),
    toScale: widths.every((width, index) => Math.abs(width - ((lengths[index] ?? 0) / total) * (end - start)) < 1),
  };
}

/** Widths by length, those under the minimum raised to it at the cost of the others; all alike where there is no room. */
function widthsOf(lengths: readonly number[], room: number, least: number): number[] {
  if (lengths.length * least >= room) return lengths.map(() => room / Math.max(1, lengths.length));
  const raised = new Set<number>();
  for (;;) {
    const rest = lengths.reduce((sum, length, index) => (raised.has(index) ? sum : sum + length), 0);
    const left = room - raised.size * least;
    const small = lengths.flatMap((length, index) => (!raised.has(index) && (length / rest) * left < least ? [index] : []));
    if (small.length === 0) return lengths.map((length, index) => (raised.has(index) ? least : (length / rest) * left));
    for (const index of small) raised.add(index);
  }
}

function placeOf(at: number, stops: readonly number[], places: readonly number[]): number {
  const next = stops.findIndex((stop) => stop >= at);
  if (next === -1) return places.at(-1) ?? 0;
  if (next === 0) return places[0] ?? 0;
  const from = stops[next - 1] ?? at;
  const to = stops[next] ?? at;
  const left = places[next - 1] ?? 0;
  const right = places[next] ?? left;
  return left + ((at - from) / (to - from)) * (right - left);
}

/** For words that begin at these places and are that wide: whether each has room after the one shown before it, and before `limit`. */
export function wordsThatFit(places: readonly number[], widths: readonly number[], limit: number): boolean[] {
  let free = -Infinity;
  return places.map((place, index) => {
    const end = place + (widths[index] ?? 0);
    const fits = place >= free && end < limit;
    if (fits) free = end + 12;
    return fits;
  });
}

/** Moves marks apart so that neighbours are at least `gap` pixels from one another, within the span, in their order. */
export function spreadMarks(places: readonly number[], gap: number, [start, end]: readonly [number, number]): number[] {
  const spread: number[] = [];
  for (const place of places) spread.push(Math.max(place, (spread.at(-1) ?? start - gap) + gap));
  let limit = end;
  for (let index = spread.length - 1; index >= 0; index -= 1) {
    spread[index] = Math.min(spread[index] ?? limit, limit);
    limit = (spread[index] ?? limit) - gap;
  }
  return spread;
}
