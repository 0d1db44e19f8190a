// The text of values: as string() answers it, and shortened for messages.
import { textOfDayTime, textOfYearMonth } from '../temporal/duration.ts';
import { textOfDate, textOfDateTime, textOfTime } from '../temporal/text-of-temporal.ts';
import { deeper, spendText, type Run } from '../compile/run.ts';
import { textOfNumber } from './number.ts';
import {
  isContext, isDate, isDateTime, isDayTime, isFunction, isList, isNumber, isRange, isString, isTime, isYearMonth, typeOf, type FeelRange, type Value,
} from './value.ts';

/** FEEL's string(): strings as they are on the outside, quoted inside lists and contexts. */
export function textOf(value: Value, run: Run): string {
  return isString(value) ? value : nested(value, run);
}

function nested(value: Value, run: Run): string {
  if (isList(value)) return joined('[', value.map((item) => deeper(run, () => nested(item, run))), ']', run);
  if (isContext(value)) {
    const entries = Object.entries(value).map(([key, entry]) => `${keyText(key)}:${deeper(run, () => nested(entry, run))}`);
    return joined('{', entries, '}', run);
  }
  return isString(value) ? quoted(value) : scalarText(value);
}

function joined(open: string, parts: readonly string[], close: string, run: Run): string {
  spendText(run, parts.reduce((length, text) => length + text.length + 2, 2));
  return `${open}${parts.join(', ')}${close}`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;
const keyText = (key: string): string => (/[{}:,"]/.test(key) ? quoted(key) : key);

function scalarText(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (isNumber(value)) return textOfNumber(value);
  if (isDate(value)) return textOfDate(value);
  if (isTime(value)) return textOfTime(value);
  if (isDateTime(value)) return textOfDateTime(value);
  if (isDayTime(value)) return textOfDayTime(value);
  if (isYearMonth(value)) return textOfYearMonth(value);
  if (isRange(value)) return rangeText(value);
  if (isFunction(value)) return `function(${value.parameters.join(', ')})`;
  return typeOf(value);
}

function rangeText({ start, end, startIncluded, endIncluded }: FeelRange): string {
  const bound = (value: Value): string => (isString(value) ? quoted(value) : scalarText(value));
  return `${startIncluded ? '[' : '('}${bound(start)}..${bound(end)}${endIncluded ? ']' : ')'}`;
}

/** A value in a message: short, whatever its size. */
export function shown(value: Value): string {
  if (isString(value)) return quoted(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (isList(value)) return value.length <= 5 && value.every((item) => !isList(item) && !isContext(item)) ? `[${value.map(shown).join(', ')}]` : `[… ${value.length} items]`;
  if (isContext(value)) return `{${Object.keys(value).slice(0, 8).join(', ')}}`;
  return scalarText(value);
}
