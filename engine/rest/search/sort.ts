// The sort part of a search request and the SQL that follows from it: nulls last, ties broken by the key.
import { z } from 'zod';
import { constant, optional } from '../request/fields.ts';
import { all, any, type Condition, NEVER, type SqlValue } from './condition.ts';

/** How rows can be sorted: the SQL expression, and whether it may be null (then an index cannot serve it). */
export type SortField = { readonly sql: string; readonly nullable?: boolean };
export type SortFields = Readonly<Record<string, SortField>>;
export type SortKey = SortField & { readonly field: string; readonly descending: boolean };

/** The sort of a request; a field named twice counts once. */
export function sortSchema(fields: SortFields): z.ZodType<readonly SortKey[]> {
  const [first, ...rest] = Object.keys(fields);
  if (first === undefined) throw new Error('A search needs at least one sort field');
  const item = z.strictObject({ field: constant([first, ...rest]), order: optional(constant(['ASC', 'DESC'])) });
  return optional(z.array(item)).transform((items) => {
    const keys = new Map<string, SortKey>();
    for (const { field, order } of items ?? []) {
      const definition = fields[field];
      if (definition !== undefined && !keys.has(field)) keys.set(field, { ...definition, field, descending: order === 'DESC' });
    }
    return [...keys.values()];
  });
}

/** A short text that names the sort, bound into cursors. */
export function sortName(sort: readonly SortKey[]): string {
  return sort.map(({ field, descending }) => `${descending ? '-' : '+'}${field}`).join('');
}

/** ORDER BY for the sort, or for its mirror image (a page before a cursor is read backwards). */
export function orderBy(sort: readonly SortKey[], key: string, backwards: boolean): string {
  const terms = sort.map(({ sql, nullable, descending }) => {
    const direction = descending === backwards ? 'ASC' : 'DESC';
    return `${sql} ${direction}${nullable === true ? ` NULLS ${backwards ? 'FIRST' : 'LAST'}` : ''}`;
  });
  return [...terms, `${key} ${backwards ? 'DESC' : 'ASC'}`].join(', ');
}

/** The rows that come after (or before) the one with these sort values and this key. */
export function beyond(sort: readonly SortKey[], key: string, at: { readonly values: readonly SqlValue[]; readonly key: number }, backwards: boolean): Condition {
  const branches: Condition[] = [];
  const same: Condition[] = [];
  sort.forEach((sortKey, index) => {
    const value = at.values[index] ?? null;
    branches.push(all([...same, further(sortKey, value, backwards)]));
    same.push({ sql: `${sortKey.sql} IS ?`, parameters: [value] });
  });
  branches.push(all([...same, { sql: `${key} ${backwards ? '<' : '>'} ?`, parameters: [at.key] }]));
  return any(branches);
}

function further({ sql, nullable, descending }: SortKey, value: SqlValue, backwards: boolean): Condition {
  // Nulls come last in either direction: nothing lies behind them, everything else before them.
  if (value === null) return backwards ? { sql: `${sql} IS NOT NULL`, parameters: [] } : NEVER;
  const comparison: Condition = { sql: `${sql} ${descending === backwards ? '>' : '<'} ?`, parameters: [value] };
  return nullable === true && !backwards ? any([comparison, { sql: `${sql} IS NULL`, parameters: [] }]) : comparison;
}
