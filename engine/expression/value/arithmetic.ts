// The four operations over numbers, texts, dates and durations; null with a warning where there is no result.
import {
  addMonths, addMonthsToDate, addNanos, addNanosToDate, addNanosToTime, instantNanos, localNanos, startOfDay,
} from '../temporal/date-time.ts';
import { dayTime, yearMonth } from '../temporal/duration.ts';
import { zoneCost } from '../temporal/zone.ts';
import { spend, spendText, warn, type Run } from '../compile/run.ts';
import { add as addNumbers, divide as divideNumbers, isZero, multiply as multiplyNumbers, power as powerOf, subtract as subtractNumbers, truncate } from './number.ts';
import { shown } from './text.ts';
import { isDate, isDateTime, isDayTime, isNumber, isString, isTime, isYearMonth, typeOf, type Temporal, type Value } from './value.ts';

export type Operation = (a: Value, b: Value, run: Run) => Value;

export const add: Operation = (a, b, run) => {
  if (isNumber(a) && isNumber(b)) return inReach(addNumbers(a, b), run);
  if (isString(a) && isString(b)) {
    spendText(run, a.length + b.length);
    return a + b;
  }
  chargeZones(a, b, run);
  const sum = isDayTime(a) || isYearMonth(a) ? move(b, a, 1) : move(a, b, 1);
  return sum ?? warn(run, 'INVALID_TYPE', () => `Can't add '${shown(b)}' to '${shown(a)}'`);
};

export const subtract: Operation = (a, b, run) => {
  if (isNumber(a) && isNumber(b)) return inReach(subtractNumbers(a, b), run);
  chargeZones(a, b, run);
  return move(a, b, -1) ?? between(a, b) ?? warn(run, 'INVALID_TYPE', () => `Can't subtract '${shown(b)}' from '${shown(a)}'`);
};

function chargeZones(a: Value, b: Value, run: Run): void {
  if ((isDateTime(a) && a.zone !== null) || (isDateTime(b) && b.zone !== null)) spend(run, zoneCost);
}

/** A temporal value moved by a duration; undefined when the pair does not fit or leaves the calendar. */
function move(value: Value, by: Value, sign: 1 | -1): Temporal | undefined {
  if (isDayTime(by)) {
    const nanos = sign === 1 ? by.nanos : -by.nanos;
    if (isDate(value)) return addNanosToDate(value, nanos);
    if (isDateTime(value)) return addNanos(value, nanos);
    if (isTime(value)) return addNanosToTime(value, nanos);
    return isDayTime(value) ? dayTime(value.nanos + nanos) : undefined;
  }
  if (!isYearMonth(by)) return undefined;
  const months = sign * by.months;
  if (isDate(value)) return addMonthsToDate(value, months);
  if (isDateTime(value)) return addMonths(value, months);
  return isYearMonth(value) ? yearMonth(value.months + months) : undefined;
}

/** The time from `b` to `a`; local and zoned values have none between them. */
function between(a: Value, b: Value): Temporal | undefined {
  if (isDate(a) && isDate(b)) return dayTime(startOfDay(a) - startOfDay(b));
  if (isTime(a) && isTime(b) && (a.offset === null) === (b.offset === null)) {
    return dayTime(BigInt(a.nanos - b.nanos - ((a.offset ?? 0) - (b.offset ?? 0)) * 1e9));
  }
  if (isDateTime(a) && isDateTime(b)) {
    if (a.offset === null && b.offset === null) return dayTime(localNanos(a) - localNanos(b));
    if (a.offset !== null && b.offset !== null) return dayTime(instantNanos(a) - instantNanos(b));
  }
  return undefined;
}

export const multiply: Operation = (a, b, run) => {
  if (isNumber(a) && isNumber(b)) return inReach(multiplyNumbers(a, b), run);
  const [duration, factor] = isNumber(a) ? [b, a] : [a, b];
  if (isNumber(factor) && isYearMonth(duration)) return yearMonth(duration.months * truncate(factor));
  if (isNumber(factor) && isDayTime(duration)) return dayTime(duration.nanos * BigInt(truncate(factor)));
  return warn(run, 'INVALID_TYPE', () => `Can't multiply '${shown(a)}' by '${shown(b)}'`);
};

const million = 1_000_000n;

/** Camunda divides durations in whole months and milliseconds. */
export const divide: Operation = (a, b, run) => {
  if (isNumber(b) && !isZero(b)) {
    if (isNumber(a)) return inReach(divideNumbers(a, b), run);
    if (isYearMonth(a)) return yearMonth(Math.trunc(a.months / Number(b)));
    const quotient = isDayTime(a) ? divideNumbers(Number(a.nanos / million), b) : null;
    if (quotient !== null) return dayTime(BigInt(truncate(quotient)) * million);
  }
  if (isYearMonth(a) && isYearMonth(b) && b.months !== 0) return Math.trunc(a.months / b.months);
  if (isDayTime(a) && isDayTime(b) && b.nanos / million !== 0n) return Number(a.nanos / million / (b.nanos / million));
  return warn(run, 'INVALID_TYPE', () => `Can't divide '${shown(a)}' by '${shown(b)}'`);
};

export const power: Operation = (a, b, run) => {
  if (isNumber(a) && isNumber(b)) return inReach(powerOf(a, b), run);
  const wrong = isNumber(a) ? b : a;
  return warn(run, 'INVALID_TYPE', () => `Expected number but found '${shown(wrong)}' of type ${typeOf(wrong)}`);
};

function inReach(result: Value, run: Run): Value {
  return result ?? warn(run, 'INVALID_TYPE', () => 'The result is no number: a division by zero or out of range');
}
