// The clock, and facts about dates.
import { dateOf, fromInstant, makeDate } from '../temporal/date-time.ts';
import { dayOfYear, daysInMonth, weekOfYear, weekday } from '../temporal/calendar.ts';
import { isDate, isDateTime, type FeelDate, type FeelDateTime, type Value } from '../value/value.ts';
import type { Environment } from '../contract.ts';
import { builtin, type Builtin } from './builtin.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

const ofDate = (apply: (date: FeelDate | FeelDateTime) => Value | undefined): Builtin =>
  builtin(['date'], ([date]) => (isDate(date) || isDateTime(date) ? apply(date) : undefined));

/** The clock's moment in the engine's zone; UTC is an offset, as on a cluster that runs in UTC. */
function now({ now: epoch, timeZone }: Environment): FeelDateTime | undefined {
  const isUtc = timeZone === 'UTC' || timeZone === 'Z' || timeZone === 'Etc/UTC';
  return fromInstant(BigInt(Math.floor(epoch)) * 1_000_000n, isUtc ? null : timeZone, 0);
}

export const temporalBuiltins = {
  now: [builtin([], (_, { environment }) => now(environment))],
  today: [
    builtin([], (_, { environment }) => {
      const moment = now(environment);
      return moment === undefined ? undefined : dateOf(moment);
    }),
  ],
  'day of year': [ofDate(dayOfYear)],
  'day of week': [ofDate((date) => days[weekday(date) - 1])],
  'month of year': [ofDate(({ month }) => months[month - 1])],
  'week of year': [ofDate(weekOfYear)],
  'last day of month': [ofDate(({ year, month }) => makeDate(year, month, daysInMonth(year, month)))],
} as const satisfies Record<string, readonly Builtin[]>;
