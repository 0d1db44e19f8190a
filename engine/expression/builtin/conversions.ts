// Functions that make a value from another: strings, numbers, dates, times, durations.
import { dateOf, fromInstant, instantNanos, makeDate, makeLocalDateTime, makeOffsetDateTime, makeTime, makeZonedDateTime, nanosOfDay } from '../temporal/date-time.ts';
import { monthsBetween, parseDuration } from '../temporal/duration.ts';
import { parseDate, parseDateTime, parseTime } from '../temporal/parse-temporal.ts';
import { isZone } from '../temporal/zone.ts';
import { isInteger, parseNumber, truncate } from '../value/number.ts';
import { textOf } from '../value/text.ts';
import {
  isDate, isDateTime, isDayTime, isNumber, isString, isTime, type FeelDate, type FeelDateTime, type FeelNumber, type FeelTime, type Temporal, type Value,
} from '../value/value.ts';
import { builtin, failure, type Builtin, type CallOutcome } from './builtin.ts';

/** The value of `@"…"`. */
export function temporalLiteral(text: string): Temporal | undefined {
  if (/^-?P/.test(text)) return parseDuration(text);
  return parseDate(text) ?? (text.includes('-') && text.includes('T') ? parseDateTime(text) : undefined) ?? parseTime(text);
}

const parsed = (kind: string, text: string, value: Value | undefined): Value | CallOutcome => value ?? failure(`Failed to parse ${kind} from '${text}'`);

function dateFrom(from: Value | undefined): Value | CallOutcome | undefined {
  if (isString(from)) return parsed('date', from, parseDate(from));
  if (isDateTime(from)) return dateOf(from);
  return isDate(from) ? from : undefined;
}

function timeFrom(from: Value | undefined): Value | CallOutcome | undefined {
  if (isString(from)) return parsed('time', from, parseTime(from));
  if (isDateTime(from)) return makeTime(from.nanos, from.offset, from.zone);
  if (isDate(from)) return makeTime(0, 0, null);
  return isTime(from) ? from : undefined;
}

function timeOf(parts: readonly (Value | undefined)[], offset: number | null): FeelTime | undefined {
  const [hour, minute, second] = parts;
  if (!isNumber(hour) || !isNumber(minute) || !isNumber(second)) return undefined;
  const whole = truncate(second);
  const nano = Math.round((Number(second) - whole) * 1e9);
  const nanos = nanosOfDay(truncate(hour), truncate(minute), whole, nano);
  return nanos === undefined ? undefined : makeTime(nanos, offset, null);
}

function combine(date: FeelDate | FeelDateTime, time: FeelTime): FeelDateTime {
  if (time.zone !== null) return makeZonedDateTime(date, time.nanos, time.zone);
  return time.offset === null ? makeLocalDateTime(date, time.nanos) : makeOffsetDateTime(date, time.nanos, time.offset);
}

/** The same moment in another zone; a local date-time is taken to be in that zone. */
function inZone(value: FeelDateTime, zone: string): FeelDateTime | undefined {
  const offset = zone === 'Z' ? 0 : parseTime(`00:00:00${zone}`)?.offset ?? null;
  const isName = zone !== 'Z' && isZone(zone);
  if (!isName && offset === null) return undefined;
  if (value.offset !== null) return fromInstant(instantNanos(value), isName ? zone : null, offset ?? 0);
  return isName ? makeZonedDateTime(value, value.nanos, zone) : makeOffsetDateTime(value, value.nanos, offset ?? 0);
}

function dateTimeFrom(from: Value | undefined): Value | CallOutcome | undefined {
  if (isString(from)) return parsed('date and time', from, parseDateTime(from));
  if (isDate(from)) return makeLocalDateTime(from, 0);
  return isDateTime(from) ? from : undefined;
}

const whole = (value: Value | undefined): value is FeelNumber => isNumber(value) && isInteger(value);

function numberFrom(from: Value | undefined, grouping: Value | undefined, decimal: Value | undefined): Value | CallOutcome | undefined {
  if (!isString(from)) return undefined;
  const separators = [grouping, decimal];
  if (!separators.every((each) => each === null || isString(each)) || (grouping === decimal && grouping !== null)) return undefined;
  if (isString(grouping) && ![' ', ',', '.'].includes(grouping)) return failure(`the grouping separator must be one of ' ', ',' or '.' but was '${grouping}'`);
  if (isString(decimal) && !['.', ','].includes(decimal)) return failure(`the decimal separator must be one of ',' or '.' but was '${decimal}'`);
  const ungrouped = isString(grouping) ? from.replaceAll(grouping, '') : from;
  return parsed('a number', from, parseNumber(isString(decimal) ? ungrouped.replace(decimal, '.') : ungrouped) ?? undefined);
}

export const conversionBuiltins = {
  string: [builtin(['from'], ([from = null], run) => (from === null ? null : textOf(from, run)))],
  number: [
    builtin(['from'], ([from]) => (isNumber(from) ? from : numberFrom(from, null, null))),
    builtin(['from', 'grouping separator'], ([from, grouping = null]) => numberFrom(from, grouping, null)),
    builtin(['from', 'grouping separator', 'decimal separator'], ([from, grouping = null, decimal = null]) => numberFrom(from, grouping, decimal)),
  ],
  date: [
    builtin(['from'], ([from]) => dateFrom(from)),
    builtin(['year', 'month', 'day'], ([year, month, day]) =>
      whole(year) && whole(month) && whole(day) ? makeDate(truncate(year), truncate(month), truncate(day)) : undefined),
  ],
  time: [
    builtin(['from'], ([from]) => timeFrom(from)),
    builtin(['hour', 'minute', 'second'], (parts) => timeOf(parts, null)),
    builtin(['hour', 'minute', 'second', 'offset'], (parts) => {
      const offset = parts[3];
      if (offset === null) return timeOf(parts, null);
      return isDayTime(offset) ? timeOf(parts, Number(offset.nanos / 1_000_000_000n)) : undefined;
    }),
  ],
  'date and time': [
    builtin(['from'], ([from]) => dateTimeFrom(from)),
    builtin(['date', 'time'], ([date, time]) => {
      if (!isDate(date) && !isDateTime(date)) return undefined;
      if (isTime(time)) return combine(date, time);
      return isString(time) && isDateTime(date) ? inZone(date, time) : undefined;
    }),
    builtin(['date', 'timezone'], ([date, zone]) => (isDateTime(date) && isString(zone) ? inZone(date, zone) : undefined)),
  ],
  duration: [
    builtin(['from'], ([from]) => (isString(from) ? parsed('duration', from, parseDuration(from)) : undefined)),
  ],
  'years and months duration': [
    builtin(['from', 'to'], ([from, to]) => ((isDate(from) || isDateTime(from)) && (isDate(to) || isDateTime(to)) ? monthsBetween(from, to) : undefined)),
  ],
} as const satisfies Record<string, readonly Builtin[]>;

