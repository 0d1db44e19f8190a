/** Numbers, dates and spans of time as people of each language write them. Pure: the time "now" is always given. */
import { de, type Dictionary } from './de.ts';
import { en } from './en.ts';

export type Language = 'de' | 'en';

const dictionaries = { de, en } satisfies Record<Language, Dictionary>;
const locales = { de: 'de-DE', en: 'en-GB' } satisfies Record<Language, string>;

const space = '\u00a0';
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** When a task is due, seen from now: the word, how urgent, and the full date for the tooltip. */
export type Due = { urgency: 'overdue' | 'soon' | 'later'; text: string; full: string };

export type Formats = ReturnType<typeof createFormats>;

export function dictionaryOf(language: Language): Dictionary {
  return dictionaries[language];
}

/** The formats of one language. `timeZone` is given in tests only; pages use the browser's. */
export function createFormats(language: Language, timeZone?: string) {
  const words = dictionaries[language].time;
  const locale = locales[language];
  const zone = timeZone === undefined ? {} : { timeZone };
  const dateFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', ...zone });
  const dayMonthFormat = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', ...zone });
  const plainDayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...zone });
  const timeFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone });
  const preciseFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...zone });
  const dayKey = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...zone });

  const number = (value: number, digits?: number) =>
    trueMinus(new Intl.NumberFormat(locale, digits === undefined ? { maximumFractionDigits: 2 } : { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
  const percent = (share: number, digits = 1) => `${number(share * 100, digits)}${space}%`;
  const points = (share: number) => number(Math.abs(share) * 100, 1);
  const signedPoints = (share: number) => {
    const rounded = Math.round(share * 1000) / 10;
    return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${number(Math.abs(rounded), 1)}`;
  };
  const date = (at: number) => dateFormat.format(at);
  const dayMonth = (at: number) => plainDayFormat.format(at);
  /** "7 Oct, 09:00": moments of one year beside one another. */
  const shortMoment = (at: number) => `${dayMonth(at)}, ${time(at)}`;
  const time = (at: number) => timeFormat.format(at);
  const preciseTime = (at: number) => preciseFormat.format(at);
  const dateTime = (at: number) => `${date(at)}, ${time(at)}`;
  const dayDistance = (at: number, now: number) => (Date.parse(dayKey.format(at)) - Date.parse(dayKey.format(now))) / day;

  /** "2 h 10 min", "38 s", "3 days": the two largest units at most. */
  const span = (milliseconds: number) => {
    const whole = Math.max(0, Math.round(milliseconds / second)) * second;
    if (whole >= 2 * day) return `${Math.floor(whole / day)} ${words.days}`;
    if (whole >= day) return `1 ${words.day}`;
    const hours = Math.floor(whole / hour);
    const minutes = Math.floor((whole % hour) / minute);
    if (hours > 0) return minutes === 0 ? `${hours} ${words.hour}` : `${hours} ${words.hour} ${twoDigits(minutes)} ${words.minute}`;
    const seconds = Math.floor((whole % minute) / second);
    if (minutes > 0) return seconds === 0 ? `${minutes} ${words.minute}` : `${minutes} ${words.minute} ${seconds} ${words.second}`;
    return `${seconds} ${words.second}`;
  };
  /** As `span`, without seconds: ages in lists do not tick every second. */
  const coarseSpan = (milliseconds: number) => (milliseconds < minute ? words.underMinute : span(Math.floor(milliseconds / minute) * minute));

  /** Only the largest unit: how long something is overdue need not be exact. */
  const largestUnit = (milliseconds: number) => coarseSpan(milliseconds < hour || milliseconds >= day ? milliseconds : Math.floor(milliseconds / hour) * hour);

  const moment = (at: number, now: number) => {
    const distance = dayDistance(at, now);
    if (distance === 0) return words.today(time(at));
    if (distance === 1) return words.tomorrow(time(at));
    if (distance === -1) return words.yesterday(time(at));
    return distance > 1 && distance < 180 ? dayMonthFormat.format(at) : date(at);
  };

  const age = (from: number, now: number) => (now - from < day ? words.for(coarseSpan(now - from)) : words.since(moment(from, now)));

  const due = (at: number, now: number): Due => {
    const full = dateTime(at);
    if (at < now) return { urgency: 'overdue', text: words.overdue(largestUnit(now - at)), full };
    if (at - now < 2 * hour) return { urgency: 'soon', text: words.in(coarseSpan(at - now)), full };
    return { urgency: 'later', text: moment(at, now), full };
  };

  return { language, locale, number, percent, points, signedPoints, date, dayMonth, shortMoment, time, preciseTime, dateTime, span, coarseSpan, moment, age, due };
}

function trueMinus(text: string): string {
  return text.replace('-', '−');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
