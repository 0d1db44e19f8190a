// Building blocks of request schemas: int64 as number or string, null as absent, enums and dates as the real server reads them.
import { z } from 'zod';
import type { Variables } from '../../variable/records.ts';
import { foreignTenant, invalidArgument, invalidDate, invalidValue, missingField, unknownEnumValue } from '../problem.ts';
import { refuse, refuseType } from './check.ts';

const INT64 = /^-?\d{1,19}$/;

/** The key that a text stands for; one that no store of ours can have given out becomes -1, which no row has. */
export function keyFromText(text: string): number | undefined {
  if (!INT64.test(text) || !fitsInt64(text)) return undefined;
  const key = Number(text);
  return Number.isSafeInteger(key) ? key : -1;
}

function fitsInt64(text: string): boolean {
  return text.length < 19 || BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** A key: int64 as string or number. */
export const key = z.unknown().transform((value, { issues }): number => {
  const parsed = typeof value === 'string' ? keyFromText(value) : typeof value === 'number' && Number.isInteger(value) ? keyFromText(String(value)) : undefined;
  return parsed ?? refuseType(issues, value);
});

/** An int64 that is a quantity: milliseconds, a count. */
export const int64 = z.unknown().transform((value, { issues }): number => {
  const number = typeof value === 'string' && INT64.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : refuseType(issues, value);
});

export const int32 = z.int32();

/** A field that may be left out; `null` says the same. */
export function optional<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** A text that must be there and hold something. */
export const requiredText = z.unknown().transform((value, { issues }): string => {
  if (value === null || value === '') return refuse(issues, missingField);
  return typeof value === 'string' ? value : refuseType(issues, value);
});

/** An upper-case constant; the real server reads it in any case. */
export function constant<const Values extends readonly [string, ...string[]]>(values: Values): z.ZodType<Values[number]> {
  const exact = new Map<string, Values[number]>(values.map((value) => [value.toLowerCase(), value]));
  return z.unknown().transform((value, { issues }): Values[number] => {
    const known = typeof value === 'string' ? exact.get(value.toLowerCase()) : undefined;
    if (known !== undefined) return known;
    if (typeof value !== 'string' && typeof value !== 'number') return refuseType(issues, value);
    return refuse(issues, (field) => unknownEnumValue(field, String(value), values));
  });
}

/** ISO 8601 with a zone; epoch milliseconds inside. */
export const dateTime = z.unknown().transform((value, { issues }): number => {
  if (typeof value !== 'string') return refuseType(issues, value);
  return epochOf(value) ?? refuse(issues, (field) => invalidDate(field, value));
});

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** The instant of an ISO 8601 text with a zone, or undefined. */
export function epochOf(value: string): number | undefined {
  if (!RFC_3339.test(value)) return undefined;
  const at = Date.parse(value.replace(/(\.\d{3})\d+/, '$1').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? undefined : at;
}

/** Variables that must be there: a JSON object. What JSON.parse made is JSON, so nothing below is looked at again. */
export const requiredVariables = z.custom<Variables>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** Variables: a JSON object; left out means none. */
export const variables = optional(requiredVariables).transform((value) => value ?? {});

/** `operationReference` is accepted and has no use here: an int64 from 1. */
export const operationReference = optional(
  int64.transform((value, { issues }) => (value >= 1 ? value : refuse(issues, () => invalidValue('operationReference', value, 'greater than 0')))),
);

/** The tenant of a command; another one than `<default>` is refused. */
export function tenantOf(request: string): z.ZodType<string | undefined> {
  return optional(z.string().transform((value, { issues }) => (value === '' || value === '<default>' ? value : refuse(issues, () => foreignTenant(request, value)))));
}

const TAG = /^[A-Za-z][A-Za-z0-9_\-:.]{0,99}$/;

/** Tags of an instance: at most 10, each once, each of the tag's alphabet. */
export const tags = optional(
  z.array(z.string()).transform((value, { issues }) => {
    if (value.length > 10) return refuse(issues, () => invalidValue('tags', value.length, 'at most 10 tags'));
    const wrong = value.find((tag) => !TAG.test(tag));
    if (wrong !== undefined) return refuse(issues, () => invalidValue('tags', wrong, 'a letter followed by up to 99 letters, digits, or the characters _ - : .'));
    return new Set(value).size === value.length ? value : refuse(issues, () => invalidArgument('Tags must be unique'));
  }),
);
