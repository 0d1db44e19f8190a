// Reads dates, times and date-times from ISO 8601 text with Java's and FEEL's zone suffixes.
import type { FeelDate, FeelDateTime, FeelTime } from '../value/value.ts';
import { makeDate, makeLocalDateTime, makeOffsetDateTime, makeTime, makeZonedDateTime, nanosOfDay } from './date-time.ts';
import { isZone, maxOffset, standardOffset } from './zone.ts';

const dateText = /^(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)$/;
const clockText = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(.*)$/s;
const offsetText = /^(?:Z|([+-])(\d\d):(\d\d)(?::(\d\d))?)(?:\[(.+)\])?$/;

export function parseDate(text: string): FeelDate | undefined {
  const parts = dateText.exec(text);
  return parts === null ? undefined : makeDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

export function parseTime(text: string): FeelTime | undefined {
  const clock = parseClock(text.startsWith('T') ? text.slice(1) : text);
  if (clock === undefined) return undefined;
  return makeTime(clock.nanos, clock.offset ?? (clock.zone === null ? null : standardOffset(clock.zone)), clock.zone);
}

/** A date alone is its midnight. */
export function parseDateTime(text: string): FeelDateTime | undefined {
  const split = text.indexOf('T');
  const date = parseDate(split < 0 ? text : text.slice(0, split));
  if (date === undefined) return undefined;
  if (split < 0) return makeLocalDateTime(date, 0);
  const clock = parseClock(text.slice(split + 1));
  if (clock === undefined) return undefined;
  if (clock.zone !== null) return makeZonedDateTime(date, clock.nanos, clock.zone);
  return clock.offset === null ? makeLocalDateTime(date, clock.nanos) : makeOffsetDateTime(date, clock.nanos, clock.offset);
}

type Clock = { readonly nanos: number; readonly offset: number | null; readonly zone: string | null };

function parseClock(text: string): Clock | undefined {
  const parts = clockText.exec(text);
  if (parts === null) return undefined;
  const [, hour, minute, second = '0', fraction = '', suffix = ''] = parts;
  const nanos = nanosOfDay(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(9, '0')));
  const at = nanos === undefined ? undefined : parseSuffix(suffix);
  return nanos === undefined || at === undefined ? undefined : { nanos, ...at };
}

function parseSuffix(suffix: string): Omit<Clock, 'nanos'> | undefined {
  if (suffix === '') return { offset: null, zone: null };
  if (suffix.startsWith('@')) {
    const zone = suffix.slice(1);
    return isZone(zone) ? { offset: null, zone } : undefined;
  }
  const parts = offsetText.exec(suffix);
  if (parts === null) return undefined;
  const [, sign, hours = '0', minutes = '0', seconds = '0', zone] = parts;
  if (zone !== undefined) return isZone(zone) ? { offset: null, zone } : undefined;
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (offset > maxOffset || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return { offset: sign === '-' ? -offset || 0 : offset, zone: null };
}
