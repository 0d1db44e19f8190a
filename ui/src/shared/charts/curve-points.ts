/** Points of a risk–coverage curve: paths for drawing, and the point at a share. Pure. */
import type { Scale } from './scale.ts';

/** Error of the cases decided without a person (`risk`, k wrong of m) if this share of all cases (`coverage`) were; the band is pointwise. */
export type CurvePoint = { threshold: number; coverage: number; m: number; k: number; risk: number; low: number; high: number };

/** SVG path through the points, from the smallest share to the largest. */
export function linePath(points: readonly CurvePoint[], x: Scale, y: Scale): string {
  return inOrder(points)
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${round(x(point.coverage))},${round(y(point.risk))}`)
    .join('');
}

/** SVG path around the band: along its upper side and back along its lower one. */
export function bandPath(points: readonly CurvePoint[], x: Scale, y: Scale): string {
  const ordered = inOrder(points);
  if (ordered.length === 0) return '';
  const upper = ordered.map((point) => `${round(x(point.coverage))},${round(y(point.high))}`);
  const lower = ordered.toReversed().map((point) => `${round(x(point.coverage))},${round(y(point.low))}`);
  return `M${[...upper, ...lower].join('L')}Z`;
}

/** The point with the largest share that is not above this one; the first point where all are above. */
export function pointAt(points: readonly CurvePoint[], coverage: number): CurvePoint | undefined {
  const ordered = inOrder(points);
  return ordered.findLast((point) => point.coverage <= coverage + 1e-9) ?? ordered[0];
}

/** One point for each tenth of the cases that the curve reaches, and its last one: enough for a table. */
export function tenths(points: readonly CurvePoint[]): CurvePoint[] {
  const ordered = inOrder(points);
  const last = ordered.at(-1);
  if (last === undefined) return [];
  const chosen = Array.from({ length: 10 }, (_, index) => (index + 1) / 10)
    .filter((share) => share < last.coverage && share >= (ordered[0]?.coverage ?? 0))
    .map((share) => pointAt(ordered, share) ?? last);
  return [...new Set([...chosen, last])];
}

function inOrder(points: readonly CurvePoint[]): CurvePoint[] {
  return points.toSorted((a, b) => a.coverage - b.coverage);
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
