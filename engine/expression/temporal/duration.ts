// Durations: whole months, or exact nanos of days and times; parsing and writing both.
import { tag, type DayTimeDuration, type FeelDate, type YearMonthDuration } from '../value/value.ts';

export const dayTime = (nanos: bigint): DayTimeDuration => ({ [tag]: 'days and time duration', nanos });
export const yearMonth = (months: number): YearMonthDuration => ({ [tag]: 'years and months duration', months: months || 0 });

const maxMonths = 2_147_483_647 * 12;
const maxSeconds = 2n ** 63n;
const yearMonthText = /^(-)?P(?:(-?\d{1,10})Y)?(?:(-?\d{1,10})M)?$/;
const dayTimeText = /^(-)?P(?:(-?\d{1,19})D)?(?:T(?:(-?\d{1,19})H)?(?:(-?\d{1,19})M)?(?:(-?\d{1,19})(?:\.(\d{0,9}))?S)?)?$/;

/** A duration from ISO 8601 text (no weeks, no mixture of months and days); undefined when it is none. */
export function parseDuration(text: string): DayTimeDuration | YearMonthDuration | undefined {
  if (text.endsWith('P') || text.endsWith('T')) return undefined;
  const months = yearMonthText.exec(text);
  if (months !== null) {
    const total = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return Math.abs(total) > maxMonths ? undefined : yearMonth(months[1] === undefined ? total : -total);
  }
  const parts = dayTimeText.exec(text);
  if (parts === null) return undefined;
  const [, negative, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = parts;
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  if (whole >= maxSeconds || whole <= -maxSeconds) return undefined;
  const nanos = BigInt(fraction.padEnd(9, '0')) * (seconds.startsWith('-') ? -1n : 1n);
  const total = whole * 1_000_000_000n + nanos;
  return dayTime(negative === undefined ? total : -total);
}

/** As Camunda writes it: `P1DT2H`, zero is `P0D`. */
export function textOfDayTime({ nanos }: DayTimeDuration): string {
  if (nanos === 0n) return 'P0D';
  const { days, hours, minutes, seconds, fraction } = partsOf(nanos < 0n ? -nanos : nanos);
  const tail = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`;
  const time = `${part(hours, 'H')}${part(minutes, 'M')}${seconds === 0n && tail === '' ? '' : `${seconds}${tail}S`}`;
  return `${nanos < 0n ? '-' : ''}P${part(days, 'D')}${time === '' ? '' : `T${time}`}`;
}

/** As Camunda writes it: `P1Y2M`, zero is `P0Y`. */
export function textOfYearMonth({ months }: YearMonthDuration): string {
  if (months === 0) return 'P0Y';
  const total = Math.abs(months);
  return `${months < 0 ? '-' : ''}P${part(Math.floor(total / 12), 'Y')}${part(total % 12, 'M')}`;
}

const part = (amount: bigint | number, unit: string): string => (Number(amount) === 0 ? '' : `${amount}${unit}`);

/** Days, hours, minutes, seconds and nanos; each with the sign of the whole. */
export function partsOf(nanos: bigint): { days: bigint; hours: bigint; minutes: bigint; seconds: bigint; fraction: bigint } {
  const whole = nanos / 1_000_000_000n;
  return { days: whole / 86_400n, hours: (whole / 3600n) % 24n, minutes: (whole / 60n) % 60n, seconds: whole % 60n, fraction: nanos % 1_000_000_000n };
}

type Civil = Pick<FeelDate, 'year' | 'month' | 'day'>;

/** Whole months from one date to another, towards zero. */
export function monthsBetween(from: Civil, to: Civil): YearMonthDuration {
  let months = (to.year - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) months -= 1;
  else if (months < 0 && to.day > from.day) months += 1;
  return yearMonth(months);
}
