// Allen's relations between points and ranges.
import { inRange, order } from '../value/compare.ts';
import { isRange, rangeOf, type FeelRange, type Value } from '../value/value.ts';
import { builtin, type Builtin } from './builtin.ts';

type Relation = (a: FeelRange, b: FeelRange) => boolean | undefined;
type Pair = readonly [Value | undefined, Value | undefined];

/** Compares two bounds; undefined when they have no order. */
const cmp = (a: Value, b: Value): number | undefined => order(a, b);
const both = (range: FeelRange): boolean => range.start !== null && range.end !== null;

/** A relation of two ranges; undefined when a bound is open or they cannot be compared. */
function relate(relation: Relation, [a, b]: Pair): boolean | undefined {
  if (!isRange(a) || !isRange(b) || !both(a) || !both(b) || cmp(a.start, b.start) === undefined) return undefined;
  return relation(a, b);
}

const asRange = (value: Value | undefined): Value | undefined =>
  value === undefined || value === null || isRange(value) ? value : rangeOf(value, value, true, true);

const is = (found: number | undefined, expected: (n: number) => boolean): boolean => found !== undefined && expected(found);
const less = (a: Value, b: Value): boolean => is(cmp(a, b), (n) => n < 0);
const same = (a: Value, b: Value): boolean => is(cmp(a, b), (n) => n === 0);

const isBefore: Relation = (a, b) => less(a.end, b.start) || (same(a.end, b.start) && !(a.endIncluded && b.startIncluded));
const startsTogether: Relation = (a, b) => same(a.start, b.start) && a.startIncluded === b.startIncluded;
const endsTogether: Relation = (a, b) => same(a.end, b.end) && a.endIncluded === b.endIncluded;
/** Whether a begins no later than b does. */
const coversStart: Relation = (a, b) => less(a.start, b.start) || (same(a.start, b.start) && (a.startIncluded || !b.startIncluded));
const coversEnd: Relation = (a, b) => less(b.end, a.end) || (same(a.end, b.end) && (a.endIncluded || !b.endIncluded));
const includes: Relation = (a, b) => coversStart(a, b) === true && coversEnd(a, b) === true;
const overlaps: Relation = (a, b) => isBefore(a, b) === false && isBefore(b, a) === false;
const overlapsBefore: Relation = (a, b) =>
  overlaps(a, b) === true
  && (less(a.start, b.start) || (same(a.start, b.start) && a.startIncluded && !b.startIncluded))
  && (less(a.end, b.end) || (same(a.end, b.end) && (!a.endIncluded || b.endIncluded)));
const overlapsAfter: Relation = (a, b) =>
  overlaps(a, b) === true
  && (less(b.start, a.start) || (same(a.start, b.start) && b.startIncluded && !a.startIncluded))
  && (less(b.end, a.end) || (same(a.end, b.end) && (a.endIncluded || !b.endIncluded)));
const meets: Relation = (a, b) => same(a.end, b.start) && a.endIncluded && b.startIncluded;
const starts: Relation = (a, b) => startsTogether(a, b) === true && includes(b, a) === true;
const finishes: Relation = (a, b) => endsTogether(a, b) === true && includes(b, a) === true;
const coincides: Relation = (a, b) => startsTogether(a, b) === true && endsTogether(a, b) === true;

const flip = (relation: Relation): Relation => (a, b) => relation(b, a);

/** Signatures by parameter names; a point stands for the range that holds only it. */
const points = (relation: Relation, ...names: readonly (readonly [string, string])[]): readonly Builtin[] =>
  names.map(([first, second]) => builtin([first, second], ([a, b]) => relate(relation, [asRange(a), asRange(b)])));

const pointPairs = [['point1', 'point2'], ['range', 'point'], ['point', 'range'], ['range1', 'range2']] as const;
const ranges = [['range1', 'range2']] as const;
const pointFirst = [['point', 'range'], ['range1', 'range2']] as const;
const rangeFirst = [['range', 'point'], ['range1', 'range2']] as const;

/** `includes` of a point, by the range's own rule, also when one end is open. */
const holds = builtin(['range', 'point'], ([range, point = null]) => {
  if (!isRange(range)) return undefined;
  return isRange(point) ? relate(includes, [range, point]) : inRange(point, range) ?? undefined;
});
const during = builtin(['point', 'range'], ([point = null, range]) => {
  if (!isRange(range)) return undefined;
  return isRange(point) ? relate(flip(includes), [point, range]) : inRange(point, range) ?? undefined;
});

export const rangeBuiltins: Readonly<Record<string, readonly Builtin[]>> = {
  before: points(isBefore, ...pointPairs),
  after: points(flip(isBefore), ...pointPairs),
  meets: points(meets, ...ranges),
  'met by': points(flip(meets), ...ranges),
  overlaps: points(overlaps, ...ranges),
  'overlaps before': points(overlapsBefore, ...ranges),
  'overlaps after': points(overlapsAfter, ...ranges),
  finishes: points(finishes, ...pointFirst),
  'finished by': points(flip(finishes), ...rangeFirst),
  includes: [holds, ...points(includes, ['range1', 'range2'])],
  during: [during, ...points(flip(includes), ['range1', 'range2'])],
  starts: points(starts, ...pointFirst),
  'started by': points(flip(starts), ...rangeFirst),
  coincides: points(coincides, ['point1', 'point2'], ['range1', 'range2']),
};
