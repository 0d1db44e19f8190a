// Dates, times and date-times: making them, their instants, and moving them by durations.
import { tag, type FeelDate, type FeelDateTime, type FeelTime } from '../value/value.ts';
import { civilFromDays, daysFromCivil, isCivilDate, maxYear, plusMonths } from './calendar.ts';
import { maxOffset, offsetAt, offsetOfLocal } from './zone.ts';

const nanosPerDay = 86_400_000_000_000;
const bigDay = BigInt(nanosPerDay);

export function makeDate(year: number, month: number, day: number): FeelDate | undefined {
  return isCivilDate(year, month, day) ? { [tag]: 'date', year, month, day } : undefined;
}

/** Nanos of the day from the parts of a clock; undefined when a part is out of range. */
export function nanosOfDay(hour: number, minute: number, second: number, nano: number): number | undefined {
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59)) return undefined;
  return (hour * 3600 + minute * 60 + second) * 1e9 + nano;
}

export function makeTime(nanos: number, offset: number | null, zone: string | null): FeelTime | undefined {
  return offset !== null && Math.abs(offset) > maxOffset ? undefined : { [tag]: 'time', nanos, offset, zone };
}

type Civil = { readonly year: number; readonly month: number; readonly day: number };

export function makeLocalDateTime(date: Civil, nanos: number): FeelDateTime {
  return { [tag]: 'date and time', year: date.year, month: date.month, day: date.day, nanos, offset: null, zone: null };
}

export function makeOffsetDateTime(date: Civil, nanos: number, offset: number): FeelDateTime {
  return { [tag]: 'date and time', year: date.year, month: date.month, day: date.day, nanos, offset, zone: null };
}

/** At a local time of a zone; a time that a clock change skips moves on by the length of the gap. */
export function makeZonedDateTime(date: Civil, nanos: number, zone: string): FeelDateTime {
  const local = daysFromCivil(date.year, date.month, date.day) * 86_400 + Math.floor(nanos / 1e9);
  const offset = offsetOfLocal(zone, local);
  return fromInstant(localNanosOf(date, nanos) - BigInt(offset) * 1_000_000_000n, zone, offset) ?? makeOffsetDateTime(date, nanos, offset);
}

/** The date-time of an instant in a zone, or at an offset when no zone is given. */
export function fromInstant(epochNanos: bigint, zone: string | null, offset: number): FeelDateTime | undefined {
  const actual = zone === null ? offset : offsetAt(zone, Number(epochNanos / 1_000_000_000n));
  const local = fromLocalNanos(epochNanos + BigInt(actual) * 1_000_000_000n);
  return local === undefined ? undefined : { ...local, offset: actual, zone };
}

/** The local date-time that many nanos after 1970-01-01T00:00; undefined beyond the calendar. */
export function fromLocalNanos(nanos: bigint): FeelDateTime | undefined {
  let days = nanos / bigDay;
  let rest = nanos % bigDay;
  if (rest < 0n) {
    rest += bigDay;
    days -= 1n;
  }
  const date = civilFromDays(Number(days));
  return Math.abs(date.year) > maxYear ? undefined : makeLocalDateTime(date, Number(rest));
}

function localNanosOf(date: Civil, nanos: number): bigint {
  return BigInt(daysFromCivil(date.year, date.month, date.day)) * bigDay + BigInt(nanos);
}

/** Nanos since 1970-01-01T00:00 on the wall clock. */
export const localNanos = (value: FeelDateTime): bigint => localNanosOf(value, value.nanos);
/** Nanos since the epoch; of a local date-time, as if it were UTC. */
export const instantNanos = (value: FeelDateTime): bigint => localNanos(value) - BigInt(value.offset ?? 0) * 1_000_000_000n;
/** Midnight at the start of the date, in nanos on the wall clock. */
export const startOfDay = (date: Civil): bigint => localNanosOf(date, 0);
export const dateOf = (value: Civil): FeelDate => ({ [tag]: 'date', year: value.year, month: value.month, day: value.day });

export function addNanos(value: FeelDateTime, nanos: bigint): FeelDateTime | undefined {
  return value.offset === null ? fromLocalNanos(localNanos(value) + nanos) : fromInstant(instantNanos(value) + nanos, value.zone, value.offset);
}

/** Moves on the calendar, then finds the zone's offset anew. */
export function addMonths(value: FeelDateTime, months: number): FeelDateTime | undefined {
  const date = plusMonths(value, months);
  if (date === undefined) return undefined;
  if (value.zone !== null) return makeZonedDateTime(date, value.nanos, value.zone);
  return { ...makeLocalDateTime(date, value.nanos), offset: value.offset };
}

export function addNanosToDate(date: FeelDate, nanos: bigint): FeelDate | undefined {
  const moved = fromLocalNanos(startOfDay(date) + nanos);
  return moved === undefined ? undefined : dateOf(moved);
}

export function addMonthsToDate(date: FeelDate, months: number): FeelDate | undefined {
  const moved = plusMonths(date, months);
  return moved === undefined ? undefined : dateOf(moved);
}

/** A time goes round the clock. */
export function addNanosToTime(time: FeelTime, nanos: bigint): FeelTime {
  const moved = (BigInt(time.nanos) + nanos) % bigDay;
  return { ...time, nanos: Number(moved < 0n ? moved + bigDay : moved) };
}
