// FEEL values to JSON, exactly as Zeebe stores an expression's result in a variable.
import type { JsonValue } from '../contract.ts';
import { deeper, spend, spendText, type Run } from '../compile/run.ts';
import { textOfDayTime, textOfYearMonth } from '../temporal/duration.ts';
import { jsonOfDateTime, jsonOfTime, textOfDate } from '../temporal/text-of-temporal.ts';
import { isDate, isDateTime, isDayTime, isFunction, isList, isNumber, isRange, isString, isTime, isYearMonth, type FeelContext, type Value } from './value.ts';

/** Temporal values become ISO text, decimals JSON numbers; functions and ranges have no JSON and become null. */
export function toJson(value: Value, run: Run): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (isString(value)) {
    spendText(run, value.length);
    return value;
  }
  if (isNumber(value)) return value.toNumber();
  if (isList(value)) {
    spend(run, value.length);
    return deeper(run, () => value.map((item) => toJson(item, run)));
  }
  if (isDate(value)) return textOfDate(value);
  if (isTime(value)) return jsonOfTime(value);
  if (isDateTime(value)) return jsonOfDateTime(value);
  if (isDayTime(value)) return textOfDayTime(value);
  if (isYearMonth(value)) return textOfYearMonth(value);
  if (isRange(value) || isFunction(value)) return null;
  return contextToJson(value, run);
}

function contextToJson(context: FeelContext, run: Run): JsonValue {
  const entries = Object.entries(context);
  spend(run, entries.length);
  return deeper(run, () => Object.fromEntries(entries.map(([key, entry]) => [key, toJson(entry, run)])));
}
