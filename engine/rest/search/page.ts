// The page part of a search request: offset, cursor forwards or backwards, and the limits of each.
import { z } from 'zod';
import { invalidArgument, invalidValue } from '../problem.ts';
import { refuse } from '../request/check.ts';
import { int32, optional } from '../request/fields.ts';

export type Page =
  | { readonly kind: 'offset'; readonly from: number; readonly limit: number }
  | { readonly kind: 'after' | 'before'; readonly cursor: string; readonly limit: number };

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

const limit = int32.transform((value, { issues }) =>
  value >= 1 && value <= MAX_LIMIT ? value : refuse(issues, () => invalidValue('page.limit', value, `between 1 and ${MAX_LIMIT}`)),
);
const from = int32.transform((value, { issues }) => (value >= 0 ? value : refuse(issues, () => invalidValue('page.from', value, 'at least 0'))));

/** Left out: the first hundred. */
export const pageSchema: z.ZodType<Page> = optional(
  z.strictObject({ limit: optional(limit), from: optional(from), after: optional(z.string()), before: optional(z.string()) }).transform((page, { issues }): Page => {
    const size = page.limit ?? DEFAULT_LIMIT;
    if (page.after !== undefined && page.before !== undefined) return refuse(issues, () => invalidArgument('Both after and before cannot be set at the same time'));
    const cursor = page.after ?? page.before;
    if (cursor === undefined) return { kind: 'offset', from: page.from ?? 0, limit: size };
    if (page.from !== undefined) return refuse(issues, () => invalidArgument('Both from and a cursor cannot be set at the same time'));
    return { kind: page.after === undefined ? 'before' : 'after', cursor, limit: size };
  }),
).transform((page) => page ?? { kind: 'offset', from: 0, limit: DEFAULT_LIMIT });
