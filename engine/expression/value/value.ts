// The values of FEEL: plain JSON values as they are, the rest as objects marked with a symbol.
import { Decimal } from 'decimal.js';
import type { Run } from '../compile/run.ts';

/** Marks every value that JSON has no shape for; a symbol, so that no JSON context can look like one. */
export const tag: unique symbol = Symbol('feel');

/** A double stands for the decimal that its shortest text names; what a double cannot hold is a Decimal. */
export type FeelNumber = number | Decimal;
export type FeelDate = { readonly [tag]: 'date'; readonly year: number; readonly month: number; readonly day: number };
/** `offset` in seconds, null for a local time; `zone` an IANA name when one was written. */
export type FeelTime = { readonly [tag]: 'time'; readonly nanos: number; readonly offset: number | null; readonly zone: string | null };
export type FeelDateTime = {
  readonly [tag]: 'date and time';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Of the day. */
  readonly nanos: number;
  readonly offset: number | null;
  readonly zone: string | null;
};
export type DayTimeDuration = { readonly [tag]: 'days and time duration'; readonly nanos: bigint };
export type YearMonthDuration = { readonly [tag]: 'years and months duration'; readonly months: number };
/** A null bound is open: `(< 5)` has no start. */
export type FeelRange = {
  readonly [tag]: 'range';
  readonly start: Value;
  readonly end: Value;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
};
export type FeelFunction = {
  readonly [tag]: 'function';
  readonly parameters: readonly string[];
  readonly invoke: (args: readonly Value[], run: Run) => Value;
};
export type FeelContext = { readonly [key: string]: Value };
export type FeelList = readonly Value[];
export type Temporal = FeelDate | FeelTime | FeelDateTime | DayTimeDuration | YearMonthDuration;
export type Value = null | boolean | FeelNumber | string | FeelList | Temporal | FeelRange | FeelFunction | FeelContext;

export type TypeName =
  | 'null' | 'boolean' | 'number' | 'string' | 'list' | 'context' | 'function' | 'range'
  | 'date' | 'time' | 'date and time' | 'days and time duration' | 'years and months duration';

type Tagged = { readonly [tag]?: TypeName };

/** The name of the value's FEEL type. */
export function typeOf(value: Value): TypeName {
  switch (typeof value) {
    case 'number': return 'number';
    case 'string': return 'string';
    case 'boolean': return 'boolean';
    default: {
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'list';
      if (value instanceof Decimal) return 'number';
      return (value as Tagged)[tag] ?? 'context';
    }
  }
}

type Maybe = Value | undefined;
const hasTag = (value: Maybe, name: TypeName): boolean => typeof value === 'object' && value !== null && (value as Tagged)[tag] === name;

export const isNumber = (value: Maybe): value is FeelNumber => typeof value === 'number' || value instanceof Decimal;
export const isString = (value: Maybe): value is string => typeof value === 'string';
export const isBoolean = (value: Maybe): value is boolean => typeof value === 'boolean';
export const isList = (value: Maybe): value is FeelList => Array.isArray(value);
export const isDate = (value: Maybe): value is FeelDate => hasTag(value, 'date');
export const isTime = (value: Maybe): value is FeelTime => hasTag(value, 'time');
export const isDateTime = (value: Maybe): value is FeelDateTime => hasTag(value, 'date and time');
export const isDayTime = (value: Maybe): value is DayTimeDuration => hasTag(value, 'days and time duration');
export const isYearMonth = (value: Maybe): value is YearMonthDuration => hasTag(value, 'years and months duration');
export const isRange = (value: Maybe): value is FeelRange => hasTag(value, 'range');
export const isFunction = (value: Maybe): value is FeelFunction => hasTag(value, 'function');
export const isContext = (value: Maybe): value is FeelContext => value !== undefined && typeOf(value) === 'context';

export const rangeOf = (start: Value, end: Value, startIncluded: boolean, endIncluded: boolean): FeelRange =>
  ({ [tag]: 'range', start, end, startIncluded, endIncluded });

/** The entry of a context, undefined when there is none; inherited properties are none. */
export function entryOf(context: FeelContext, key: string): Value | undefined {
  return Object.hasOwn(context, key) ? context[key] ?? null : undefined;
}

/** An empty context whose keys cannot reach a prototype. */
export const newContext = (): Record<string, Value> => Object.create(null) as Record<string, Value>;
