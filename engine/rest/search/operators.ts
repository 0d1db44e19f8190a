// Filter properties: a plain value or an object of operators, each turned into a condition on an SQL expression.
import { z } from 'zod';
import { invalidValue } from '../problem.ts';
import { delegate, refuse } from '../request/check.ts';
import { constant, dateTime, int32, key, optional } from '../request/fields.ts';
import { all, ALWAYS, type Condition, NEVER, type SqlValue } from './condition.ts';

/** How one property of a filter is read and what it asks of the rows. */
export type FilterProperty = z.ZodType<Condition>;

/** The highest number of values that `$in` and `$notIn` take; SQLite binds 32,766 parameters at most. */
const MAX_VALUES = 1000;

type Operator = '$eq' | '$neq' | '$exists' | '$in' | '$notIn' | '$like' | '$gt' | '$gte' | '$lt' | '$lte';
const BASIC = ['$eq', '$neq', '$exists', '$in', '$notIn'] as const;
const COMPARING = ['$eq', '$neq', '$exists', '$in', '$gt', '$gte', '$lt', '$lte'] as const;

/** `strF`: a text, or operators with `$like`. */
export const textFilter = (expression: string): FilterProperty => plainOrOperators(expression, z.string(), [...BASIC, '$like']);
/** `basicStrF` and `keyF`: a key, or operators without `$like`. */
export const keyFilter = (expression: string): FilterProperty => plainOrOperators(expression, key, BASIC);
/** `intF`. */
export const integerFilter = (expression: string): FilterProperty => plainOrOperators(expression, int32, COMPARING);
/** `dateF` on epoch milliseconds. */
export const dateFilter = (expression: string): FilterProperty => plainOrOperators(expression, dateTime, COMPARING);
/** `…StateF`: a constant, or operators with `$like`. */
export const constantFilter = (expression: string, values: readonly [string, ...string[]]): FilterProperty =>
  plainOrOperators<string>(expression, constant(values), ['$eq', '$neq', '$exists', '$in', '$notIn', '$like']);

/** A property that takes a plain value only. */
export const exactly = <T extends SqlValue>(expression: string, schema: z.ZodType<T>): FilterProperty => schema.transform((value) => equals(expression, value));
/** A plain boolean, asked of an SQL condition. */
export const flag = (expression: string): FilterProperty => z.boolean().transform((value) => (value ? { sql: expression, parameters: [] } : { sql: `NOT (${expression})`, parameters: [] }));

/** An object of filter properties; those that are there must all hold. */
export function filterOf(properties: Readonly<Record<string, FilterProperty>>): z.ZodType<Condition> {
  const shape = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, optional(property)]));
  return z.strictObject(shape).transform((given) => all(Object.values(given).filter((condition) => condition !== undefined)));
}

function plainOrOperators<T extends SqlValue>(expression: string, scalar: z.ZodType<T>, operators: readonly Operator[]): FilterProperty {
  const plain = scalar.transform((value) => equals(expression, value));
  const advanced = operatorObject(expression, scalar, operators);
  return z.unknown().transform((value, { issues }) => (typeof value === 'object' && value !== null ? delegate(advanced, value, issues) : delegate(plain, value, issues)));
}

function operatorObject<T extends SqlValue>(expression: string, scalar: z.ZodType<T>, operators: readonly Operator[]): FilterProperty {
  const list = z.array(scalar).transform((values, { issues }) =>
    values.length <= MAX_VALUES ? values : refuse(issues, (field) => invalidValue(field, values.length, `at most ${MAX_VALUES} values`)),
  );
  const properties: Record<Operator, FilterProperty> = {
    $eq: scalar.transform((value) => equals(expression, value)),
    $neq: scalar.transform((value) => ({ sql: `${expression} IS NOT ?`, parameters: [value] })),
    $exists: z.boolean().transform((exists) => ({ sql: `${expression} IS ${exists ? 'NOT ' : ''}NULL`, parameters: [] })),
    $in: list.transform((values) => isOneOf(expression, values)),
    $notIn: list.transform((values) => (values.length === 0 ? ALWAYS : { sql: `${expression} NOT IN (${marks(values)}) OR ${expression} IS NULL`, parameters: values })),
    $like: z.string().transform((pattern) => ({ sql: `${expression} LIKE ? ESCAPE '\\'`, parameters: [likePattern(pattern)] })),
    $gt: compare(expression, scalar, '>'),
    $gte: compare(expression, scalar, '>='),
    $lt: compare(expression, scalar, '<'),
    $lte: compare(expression, scalar, '<='),
  };
  return filterOf(Object.fromEntries(operators.map((operator) => [operator, properties[operator]])));
}

function compare<T extends SqlValue>(expression: string, scalar: z.ZodType<T>, sign: string): FilterProperty {
  return scalar.transform((value) => ({ sql: `${expression} ${sign} ?`, parameters: [value] }));
}

function equals(expression: string, value: SqlValue): Condition {
  return { sql: `${expression} = ?`, parameters: [value] };
}

function isOneOf(expression: string, values: readonly SqlValue[]): Condition {
  return values.length === 0 ? NEVER : { sql: `${expression} IN (${marks(values)})`, parameters: values };
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** `*` any run, `?` one character, a backslash takes the meaning away; SQL's own wildcards stand for themselves. */
export function likePattern(pattern: string): string {
  return pattern.replace(/\\([\s\S])|[*?%_\\]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return '%_\\'.includes(escaped) ? `\\${escaped}` : escaped;
    return found === '*' ? '%' : found === '?' ? '_' : `\\${found}`;
  });
}
