// Answers the searches of 8.8 over the rows: filters, sort, pages. Enough for the calls of this product, and an error for anything else.
import { z } from 'zod';
import type { Row, Rows } from './records.ts';

const SearchBody = z.object({
  filter: z.record(z.string(), z.unknown()).default({}),
  sort: z.array(z.object({ field: z.string(), order: z.string().default('ASC') })).default([]),
  page: z.object({ limit: z.number().default(100), after: z.string().optional(), from: z.number().optional() }).default({ limit: 100 }),
});

export type Page = { items: Row[]; page: { totalItems: number; hasMoreTotalItems: boolean; startCursor: string | undefined; endCursor: string | undefined } };

export function search(rows: Rows, collection: keyof Rows, body: unknown): Page {
  const { filter, sort, page } = SearchBody.parse(body ?? {});
  const found = [...rows[collection].values()].filter((row) => Object.entries(filter).every(([field, wanted]) => matches(rows, row, field, wanted)));
  for (const { field, order } of sort.toReversed()) found.sort((a, b) => compare(a[field], b[field]) * (order.toUpperCase() === 'DESC' ? -1 : 1));
  const start = page.after === undefined ? (page.from ?? 0) : Number(Buffer.from(page.after, 'base64').toString());
  const items = found.slice(start, start + page.limit).map(({ xml: _xml, schema: _schema, ...shown }) => shown);
  const cursor = (at: number) => (items.length === 0 ? undefined : Buffer.from(String(at)).toString('base64'));
  return { items, page: { totalItems: found.length, hasMoreTotalItems: false, startCursor: cursor(start), endCursor: cursor(start + items.length) } };
}

const VariableFilters = z.array(z.object({ name: z.string(), value: z.unknown() }));

function matches(rows: Rows, row: Row, field: string, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (field === 'processInstanceVariables') {
    const scope = [...rows.variables.values()].filter((one) => one['scopeKey'] === row['processInstanceKey']);
    return VariableFilters.parse(wanted).every(({ name, value }) => scope.some((one) => one['name'] === name && one['value'] === value));
  }
  const has = field === 'candidateGroup' ? row['candidateGroups'] : row[field];
  if (!(field in row) && field !== 'candidateGroup') throw new Error(`The test's translator cannot filter by ${field}.`);
  const held: unknown[] = Array.isArray(has) ? has : [has];
  return typeof wanted === 'object' && wanted !== null ? Object.entries(wanted).every(([operator, value]) => test(held, operator, value)) : held.includes(wanted);
}

function test(held: unknown[], operator: string, value: unknown): boolean {
  switch (operator) {
    case '$eq': return held.includes(value);
    case '$neq': return !held.includes(value);
    case '$exists': return held.some((one) => one !== undefined) === value;
    case '$in': return z.array(z.unknown()).parse(value).some((one) => held.includes(one));
    case '$lt': return held.some((one) => compare(one, value) < 0);
    case '$gt': return held.some((one) => compare(one, value) > 0);
    default: throw new Error(`The test's translator does not know the operator ${operator}.`);
  }
}

/** Nothing goes last; dates are compared as moments, other texts as they are. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  const [x, y] = [comparable(a), comparable(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const comparable = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : typeof value === 'number' ? value : String(value));
