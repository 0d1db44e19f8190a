// When a timer is due: ISO 8601 durations, dates and repeating intervals, and cron expressions, in the engine's time zone.
import { Cron } from 'croner';
import { DateTime, Duration } from 'luxon';
import type { TimerModel } from '../model/executable.ts';

/** First due instant, and how often it comes, this one included; -1: without end. */
export type Due = { readonly dueAt: number; readonly repetitions: number };
export type ScheduleFailure = { readonly error: string };

/** The first time a timer is due, counted from `now`. */
export function firstDue(kind: TimerModel['kind'], text: string, now: number, timeZone: string): Due | ScheduleFailure {
  switch (kind) {
    case 'date': {
      const dueAt = parseInstant(text);
      return dueAt === undefined ? { error: `Invalid date-time format '${text}' for expression` } : { dueAt, repetitions: 1 };
    }
    case 'duration': {
      const dueAt = addDuration(text, now, timeZone);
      return dueAt === undefined ? { error: `Invalid duration format '${text}' for expression` } : { dueAt, repetitions: 1 };
    }
    case 'cycle': return firstOfCycle(text, now, timeZone);
    default: return kind satisfies never;
  }
}

/** The next time of a cycle after the one at `last`, which fires at `now`; turns that were missed are not made up for. */
export function nextDue(text: string, last: number, now: number, timeZone: string): number | undefined {
  const interval = parseInterval(text);
  if (interval === undefined) return nextOfCron(text, now, timeZone);
  const next = addDuration(interval.duration, last, timeZone);
  return next === undefined ? undefined : Math.max(next, now);
}

/** An ISO 8601 date-time with offset, or with a zone as FEEL writes it; a zone in brackets needs an offset. Without either it is no instant, as on a cluster. */
export function parseInstant(text: string): number | undefined {
  const found = /^([^[@]+)(?:\[([^\]]+)\]|@(.+))?$/.exec(text.trim());
  const zone = found?.[2] ?? found?.[3];
  if (found?.[3] === undefined && !/T.*(Z|[+-]\d\d(:?\d\d)?)$/.test(found?.[1] ?? '')) return undefined;
  const parsed = DateTime.fromISO(found?.[1] ?? '', { zone: zone ?? 'utc' });
  return parsed.isValid ? parsed.toMillis() : undefined;
}

function firstOfCycle(text: string, now: number, timeZone: string): Due | ScheduleFailure {
  const interval = parseInterval(text);
  if (interval === undefined) {
    const dueAt = nextOfCron(text, now, timeZone);
    return dueAt === undefined ? { error: `Invalid cycle format '${text}': expected a repeating interval such as R3/PT1H or a cron expression` } : { dueAt, repetitions: -1 };
  }
  const second = addDuration(interval.duration, now, timeZone);
  const dueAt = interval.start === undefined || second === undefined ? second : parseInstant(interval.start);
  if (dueAt === undefined || interval.repetitions === 0) return { error: `Invalid cycle format '${text}': expected a repeating interval such as R3/PT1H` };
  return { dueAt, repetitions: interval.repetitions };
}

function parseInterval(text: string): { repetitions: number; start: string | undefined; duration: string } | undefined {
  const found = /^R(\d*)\/(?:((?:[^/[]|\[[^\]]*\])+)\/)?([^/]+)$/.exec(text.trim());
  const duration = found?.[3];
  if (duration === undefined) return undefined;
  const count = found?.[1] ?? '';
  return { repetitions: count === '' ? -1 : Number(count), start: found?.[2], duration };
}

function addDuration(text: string, from: number, timeZone: string): number | undefined {
  const duration = Duration.fromISO(text.trim());
  if (!duration.isValid) return undefined;
  return DateTime.fromMillis(from, { zone: timeZone }).plus(duration).toMillis();
}

/** A cluster's notation in that of the library: `?` means any, and `5/10` every tenth from the fifth on. */
function inPlainSteps(text: string): string {
  if (text.startsWith('@')) return text;
  const fields = text.split(/\s+/);
  if (fields.length !== LAST_OF_FIELDS.length) throw new TypeError(`a cron expression has 6 fields, '${text}' has ${fields.length}`);
  return fields.map((field, index) => field.replace(/^\?$/, '*').replaceAll(/(^|,)(\d+)\//g, (_match, before: string, first: string) => `${before}${first}-${LAST_OF_FIELDS[index] ?? ''}/`)).join(' ');
}

/** Seconds, minutes, hours, days of the month, months, days of the week. */
const LAST_OF_FIELDS = [59, 59, 23, 31, 12, 7];

function nextOfCron(text: string, after: number, timeZone: string): number | undefined {
  try {
    return new Cron(inPlainSteps(text.trim()), { timezone: timeZone, paused: true }).nextRun(new Date(after))?.getTime();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
