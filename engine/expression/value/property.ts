// The properties of dates, times, durations and ranges: `date("2026-01-02").year`.
import { dayTime, partsOf } from '../temporal/duration.ts';
import { weekday } from '../temporal/calendar.ts';
import {
  typeOf, type DayTimeDuration, type FeelDate, type FeelDateTime, type FeelRange, type FeelTime, type TypeName, type Value, type YearMonthDuration,
} from './value.ts';

type Reader<T> = (value: T) => Value;

const dateProperties: Readonly<Record<string, Reader<FeelDate | FeelDateTime>>> = {
  year: ({ year }) => year,
  month: ({ month }) => month,
  day: ({ day }) => day,
  weekday: (value) => weekday(value),
};
const timeProperties: Readonly<Record<string, Reader<FeelTime | FeelDateTime>>> = {
  hour: ({ nanos }) => Math.floor(nanos / 3600e9),
  minute: ({ nanos }) => Math.floor(nanos / 60e9) % 60,
  second: ({ nanos }) => Math.floor(nanos / 1e9) % 60,
  'time offset': ({ offset }) => (offset === null ? null : dayTime(BigInt(offset) * 1_000_000_000n)),
  timezone: ({ zone }) => zone,
};
const yearMonthProperties: Readonly<Record<string, Reader<YearMonthDuration>>> = {
  years: ({ months }) => Math.trunc(months / 12) || 0,
  months: ({ months }) => months % 12 || 0,
};
const dayTimeProperties: Readonly<Record<string, Reader<DayTimeDuration>>> = {
  days: ({ nanos }) => Number(partsOf(nanos).days),
  hours: ({ nanos }) => Number(partsOf(nanos).hours),
  minutes: ({ nanos }) => Number(partsOf(nanos).minutes),
  seconds: ({ nanos }) => Number(partsOf(nanos).seconds),
};
const rangeProperties: Readonly<Record<string, Reader<FeelRange>>> = {
  start: ({ start }) => start,
  end: ({ end }) => end,
  'start included': ({ startIncluded }) => startIncluded,
  'end included': ({ endIncluded }) => endIncluded,
};

const properties: Partial<Record<TypeName, Readonly<Record<string, Reader<never>>>>> = {
  date: dateProperties,
  time: timeProperties,
  'date and time': { ...dateProperties, ...timeProperties },
  'years and months duration': yearMonthProperties,
  'days and time duration': dayTimeProperties,
  range: rangeProperties,
};

/** The property's value, undefined when the value has no such property. */
export function propertyOf(value: Value, name: string): Value | undefined {
  const readers = properties[typeOf(value)];
  if (readers === undefined || !Object.hasOwn(readers, name)) return undefined;
  const read = readers[name] as Reader<Value> | undefined;
  return read?.(value);
}

/** The names of a value's properties. */
export const propertyNames = (value: Value): readonly string[] => Object.keys(properties[typeOf(value)] ?? {});
