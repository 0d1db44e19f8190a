// Equality and order between values: null where two values cannot be compared.
import { instantNanos, localNanos } from '../temporal/date-time.ts';
import { deeper, spend, type Run } from '../compile/run.ts';
import { compare as compareNumbers } from './number.ts';
import {
  isBoolean, isContext, isDate, isDateTime, isDayTime, isList, isNumber, isRange, isString, isTime, isYearMonth,
  type FeelContext, type FeelList, type FeelRange, type FeelTime, type FeelDateTime, type Value,
} from './value.ts';

/** -1, 0 or 1; undefined when the two have no order (other types, null, local against zoned). */
export function order(a: Value, b: Value): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (isNumber(a)) return isNumber(b) ? compareNumbers(a, b) : undefined;
  if (isString(a)) return isString(b) ? sign(a, b) : undefined;
  if (isDate(a)) return isDate(b) ? a.year - b.year || a.month - b.month || a.day - b.day : undefined;
  if (isTime(a)) return isTime(b) ? orderTimes(a, b) : undefined;
  if (isDateTime(a)) return isDateTime(b) ? orderDateTimes(a, b) : undefined;
  if (isDayTime(a)) return isDayTime(b) ? sign(a.nanos, b.nanos) : undefined;
  if (isYearMonth(a)) return isYearMonth(b) ? a.months - b.months : undefined;
  return undefined;
}

function sign<T extends string | bigint | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function orderTimes(a: FeelTime, b: FeelTime): number | undefined {
  if (a.offset === null || b.offset === null) return a.offset === b.offset ? a.nanos - b.nanos : undefined;
  return a.nanos - a.offset * 1e9 - (b.nanos - b.offset * 1e9);
}

function orderDateTimes(a: FeelDateTime, b: FeelDateTime): number | undefined {
  if (a.offset === null || b.offset === null) return a.offset === b.offset ? sign(localNanos(a), localNanos(b)) : undefined;
  return sign(instantNanos(a), instantNanos(b));
}

/** Three-valued: null when the types differ; null equals only null. */
export function equal(a: Value, b: Value, run: Run): boolean | null {
  if (a === null || b === null) return a === b;
  if (typeof a !== 'object' && typeof a === typeof b) return a === b;
  if (isBoolean(a)) return null;
  if (isList(a)) return isList(b) ? equalLists(a, b, run) : null;
  if (isContext(a)) return isContext(b) ? equalContexts(a, b, run) : null;
  if (isRange(a)) return isRange(b) ? equalRanges(a, b, run) : null;
  const found = order(a, b);
  return found === undefined ? null : found === 0;
}

function equalLists(a: FeelList, b: FeelList, run: Run): boolean {
  if (a.length !== b.length) return false;
  spend(run, a.length);
  return deeper(run, () => a.every((item, index) => equal(item, b[index] ?? null, run) === true));
}

function equalContexts(a: FeelContext, b: FeelContext, run: Run): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  spend(run, keys.length);
  return deeper(run, () => keys.every((key) => Object.hasOwn(b, key) && equal(a[key] ?? null, b[key] ?? null, run) === true));
}

function equalRanges(a: FeelRange, b: FeelRange, run: Run): boolean {
  return a.startIncluded === b.startIncluded && a.endIncluded === b.endIncluded
    && equal(a.start, b.start, run) === true && equal(a.end, b.end, run) === true;
}

/** Whether the point lies in the range; null when they cannot be compared. */
export function inRange(point: Value, range: FeelRange): boolean | null {
  const fromStart = range.start === null ? 1 : order(point, range.start);
  const fromEnd = range.end === null ? -1 : order(point, range.end);
  if (fromStart === undefined || fromEnd === undefined || (range.start === null && range.end === null)) return null;
  return (range.startIncluded ? fromStart >= 0 : fromStart > 0) && (range.endIncluded ? fromEnd <= 0 : fromEnd < 0);
}
