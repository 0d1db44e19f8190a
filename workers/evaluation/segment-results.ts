// Champion and challenger per segment, and the error of the automatic cases where there are enough of them for a rate.
import type { SegmentResult } from '../../ledger/releases/evaluation-report.ts';
import type { Segment } from '../../ledger/services/evaluation-plan.ts';
import { rateInterval } from '../../trust/index.ts';
import type { Automatic, ComparedRow } from './compared-row.ts';

export type SegmentOptions = { segments: readonly Segment[]; minimum: number; automatic: Automatic; threshold: number | null; level: number };

export function segmentResults(rows: readonly ComparedRow[], options: SegmentOptions): SegmentResult[] {
  return options.segments.map((segment) => oneSegment(segment, rows.filter(({ input }) => isIn(segment, input[segment.field])), options));
}

function oneSegment({ id, label }: Segment, rows: readonly ComparedRow[], { minimum, automatic, threshold, level }: SegmentOptions): SegmentResult {
  const right = (row: ComparedRow): boolean => row.challenger.class === row.outcome;
  const alone = rows.filter(({ challenger }) => threshold !== null && automatic(challenger.class) && challenger.confidence >= threshold);
  const wrong = alone.filter((row) => !right(row)).length;
  const stated = alone.length >= minimum;
  const { lower, upper } = rateInterval(wrong, alone.length, level);
  return {
    id,
    label,
    rows: rows.length,
    championRight: rows.some(({ champion }) => champion === null) ? null : rows.filter(({ champion, outcome }) => champion?.class === outcome).length,
    challengerRight: rows.filter(right).length,
    automatic: alone.length,
    wrong,
    rate: stated ? wrong / alone.length : null,
    interval: stated ? { low: lower, high: upper } : null,
  };
}

/** Does a value of the segment's field belong to it? */
export function isIn(segment: Segment, value: unknown): boolean {
  if (segment.values !== undefined) return segment.values.some((one) => one === value);
  if (typeof value !== 'number') return false;
  return (segment.from === undefined || value >= segment.from) && (segment.below === undefined || value < segment.below);
}
