// Filter properties: a plain value or an object of operators, each turned into a condition on an SQL expression.
import { z } from 'zod';
import { invalidValue } from '../problem.ts';
import { delegate, refuse } from '../request/check.ts';
import { constant, dateTime, int32, key, optional } from '../request/fields.ts';
import { all, suiting, type Condition, type SqlValue } from './condition.ts';

/** How one property of a filter is read and what it asks of the rows. */
export type FilterProperty = z.ZodType<Condition>;
type Given = Readonly<Record<string, Condition | undefined>>;

/** A test of an SQL expression, `x => x = ?`. */
export type Test = (expression: string) => Condition;
/** What a filter property is about: one expression, or many values of which one must fit. */
export type Subject = { readonly has: (test: Test) => Condition };

type Operator = '$eq' | '$neq' | '$exists' | '$in' | '$notIn' | '$like' | '$gt' | '$gte' | '$lt' | '$lte';
const BASIC = ['$eq', '$neq', '$exists', '$in', '$notIn'] as const;
const TEXT = [...BASIC, '$like'] as const;
const COMPARING = ['$eq', '$neq', '$exists', '$in', '$gt', '$gte', '$lt', '$lte'] as const;

/** SQLite nests at most 1,000 expressions and binds at most 32,766 values; its patterns have 50,000 bytes at most. */
const MAX_LIST = 100;
const MAX_PATTERN = 1000;

/** `strF`: a text, or operators with `$like`. */
export const textFilter = (expression: string): FilterProperty => plainOrOperators(scalar(expression), z.string(), TEXT);
/** `basicStrF` and `keyF`: a key, or operators without `$like`. */
export const keyFilter = (expression: string): FilterProperty => plainOrOperators(scalar(expression), key, BASIC);
/** `intF`. */
export const integerFilter = (expression: string): FilterProperty => plainOrOperators(scalar(expression), int32, COMPARING);
/** `dateF` on epoch milliseconds. */
export const dateFilter = (expression: string): FilterProperty => plainOrOperators(scalar(expression), dateTime, COMPARING);
/** The same on an expression that is null unless the condition holds, which an index serves. */
export const narrowedDateFilter = (expression: string, condition: string): FilterProperty => plainOrOperators(narrowed(expression, condition), dateTime, COMPARING);
/** `…StateF`: a constant, or operators with `$like`. */
export const constantFilter = (expression: string, values: readonly [string, ...string[]]): FilterProperty =>
  plainOrOperators<string>(scalar(expression), constant(values), TEXT);
/** `strF` on many values, as candidate groups are: one of them must fit. */
export const manyTextsFilter = (subject: Subject): FilterProperty => plainOrOperators(subject, z.string(), TEXT);

/** A property that takes a plain value only. */
export const exactly = <T extends SqlValue>(expression: string, schema: z.ZodType<T>): FilterProperty => schema.transform((value) => equals(value)(expression));
/** A plain boolean, asked of an SQL condition. */
export const flag = (sql: string): FilterProperty => z.boolean().transform((value) => ({ sql: value ? sql : `(${sql}) IS NOT TRUE`, parameters: [] }));

/** An object of filter properties; those that are there must all hold, unless `combine` says how they belong together. */
export function filterOf(properties: Readonly<Record<string, FilterProperty>>, combine: (given: Given) => Condition = allOf): z.ZodType<Condition> {
  const shape = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, optional(property)]));
  return z.strictObject(shape).transform(combine);
}

/** A list of conditions inside a filter, short enough for SQLite. */
export function limitedList<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(item).transform((values, { issues }) =>
    values.length <= MAX_LIST ? values : refuse(issues, (field) => invalidValue(field, values.length, `at most ${MAX_LIST} entries`)),
  );
}

/** `*` any run, `?` one character, a backslash takes the meaning away: the same in the words of SQL's GLOB. */
export function globPattern(pattern: string): string {
  return pattern.replace(/\\([\s\S])|\[/g, (found, escaped: string | undefined) => {
    if (escaped === undefined) return '[[]';
    return '*?['.includes(escaped) ? `[${escaped}]` : found.slice(1);
  });
}

function plainOrOperators<T extends SqlValue>(subject: Subject, value: z.ZodType<T>, operators: readonly Operator[]): FilterProperty {
  const plain = value.transform((given) => subject.has(equals(given)));
  const advanced = operatorObject(subject, value, operators);
  return z.unknown().transform((given, { issues }) => delegate(typeof given === 'object' && given !== null ? advanced : plain, given, issues));
}

function operatorObject<T extends SqlValue>({ has }: Subject, value: z.ZodType<T>, operators: readonly Operator[]): FilterProperty {
  const pattern = z.string().transform((text, { issues }) =>
    text.length <= MAX_PATTERN ? globPattern(text) : refuse(issues, (field) => invalidValue(field, `${text.slice(0, 20)}…`, `at most ${MAX_PATTERN} characters long`)),
  );
  const compare = (sign: string): FilterProperty => value.transform((given) => has((expression) => ({ sql: `${expression} ${sign} ?`, parameters: [given] })));
  const properties: Record<Operator, FilterProperty> = {
    $eq: value.transform((given) => has(equals(given))),
    $neq: value.transform((given) => not(has(equals(given)))),
    $exists: z.boolean().transform((exists) => (exists ? has(isPresent) : not(has(isPresent)))),
    $in: z.array(value).transform((given) => has(isOneOf(given))),
    $notIn: z.array(value).transform((given) => not(has(isOneOf(given)))),
    $like: pattern.transform((glob) => has((expression) => ({ sql: `${expression} GLOB ?`, parameters: [glob] }))),
    $gt: compare('>'),
    $gte: compare('>='),
    $lt: compare('<'),
    $lte: compare('<='),
  };
  return filterOf(Object.fromEntries(operators.map((operator) => [operator, properties[operator]])));
}

function scalar(expression: string): Subject {
  return { has: (test) => test(expression) };
}

function narrowed(expression: string, condition: string): Subject {
  return { has: (test) => all([{ sql: condition, parameters: [] }, test(expression)]) };
}

function equals(value: SqlValue): Test {
  return (expression) => ({ sql: `${expression} = ?`, parameters: [value], among: [value] });
}

function isOneOf(values: readonly SqlValue[]): Test {
  // One parameter, however long the list.
  return (expression) => ({ sql: `${expression} IN (SELECT value FROM json_each(?))`, parameters: [JSON.stringify(values)], among: values });
}

const isPresent: Test = (expression) => ({ sql: `${expression} IS NOT NULL`, parameters: [] });

/** Also true where the condition is unknown, that is where there is no value. */
function not(condition: Condition): Condition {
  const { sql, parameters } = condition;
  return { sql: `(${sql}) IS NOT TRUE`, parameters, ...suiting([condition], ([suited = condition]) => not(suited)) };
}

function allOf(given: Given): Condition {
  return all(Object.values(given).filter((condition) => condition !== undefined));
}
