// The proleptic ISO calendar: days since 1970-01-01 from dates and back, weeks, lengths of months.

/** Years as Java's calendar bounds them. */
export const maxYear = 999_999_999;

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : monthLengths[month - 1] ?? 0;
}

export function isCivilDate(year: number, month: number, day: number): boolean {
  return Math.abs(year) <= maxYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days since the epoch, by eras of 400 years. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

type Civil = { readonly year: number; readonly month: number; readonly day: number };

/** 1 is Monday. */
export const weekday = ({ year, month, day }: Civil): number => ((((daysFromCivil(year, month, day) + 3) % 7) + 7) % 7) + 1;

export const dayOfYear = ({ year, month, day }: Civil): number => daysFromCivil(year, month, day) - daysFromCivil(year, 1, 1) + 1;

/** The ISO week, which belongs to the year of its Thursday. */
export function weekOfYear(date: Civil): number {
  const thursday = civilFromDays(daysFromCivil(date.year, date.month, date.day) + 4 - weekday(date));
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

/** Months later, on the same day or the last one of a shorter month; undefined beyond the calendar. */
export function plusMonths(date: Civil, months: number): Civil | undefined {
  const total = date.year * 12 + (date.month - 1) + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return Math.abs(year) > maxYear ? undefined : { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}
