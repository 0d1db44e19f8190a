// Writes dates, times and date-times: as FEEL's string() does, and as Zeebe writes them into JSON.
import type { FeelDate, FeelDateTime, FeelTime } from '../value/value.ts';

const two = (n: number): string => String(n).padStart(2, '0');

export function textOfDate({ year, month, day }: Pick<FeelDate, 'year' | 'month' | 'day'>): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** The clock with seconds, and the fraction without trailing zeros. */
function textOfClock(nanos: number): string {
  const seconds = Math.floor(nanos / 1e9);
  const fraction = nanos % 1e9;
  const tail = fraction === 0 ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${tail}`;
}

function textOfOffset(offset: number): string {
  if (offset === 0) return 'Z';
  const total = Math.abs(offset);
  const seconds = total % 60 === 0 ? '' : `:${two(total % 60)}`;
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(total / 3600))}:${two(Math.floor(total / 60) % 60)}${seconds}`;
}

function suffix(value: FeelTime | FeelDateTime): string {
  if (value.offset === null) return '';
  return value.zone === null ? textOfOffset(value.offset) : `@${value.zone}`;
}

export const textOfTime = (time: FeelTime): string => `${textOfClock(time.nanos)}${suffix(time)}`;
export const textOfDateTime = (value: FeelDateTime): string => `${textOfDate(value)}T${textOfClock(value.nanos)}${suffix(value)}`;

/** Zeebe's JSON of a date-time has offset and zone: `2026-01-02T03:04:05+01:00[Europe/Berlin]`. */
export function jsonOfDateTime(value: FeelDateTime): string {
  const text = `${textOfDate(value)}T${textOfClock(value.nanos)}`;
  if (value.offset === null) return text;
  return `${text}${textOfOffset(value.offset)}${value.zone === null ? '' : `[${value.zone}]`}`;
}

/** Zeebe's JSON of a local time is Java's own text: no seconds when they are zero, fractions in threes. */
export function jsonOfTime(time: FeelTime): string {
  if (time.offset !== null) return textOfTime(time);
  const text = textOfClock(time.nanos);
  if (time.nanos % 60e9 === 0) return text.slice(0, 5);
  const [clock, fraction] = text.split('.');
  return fraction === undefined ? text : `${clock ?? ''}.${fraction.padEnd(Math.ceil(fraction.length / 3) * 3, '0')}`;
}
