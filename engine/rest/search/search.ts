// One search: filter, sort and page of the request become one count and one select over the rows.
import { z } from 'zod';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { isProblem, json, type Answer, type Problem } from '../answer.ts';
import { optional } from '../request/fields.ts';
import { all, ALWAYS, suitedTo, type Condition, type SqlValue } from './condition.ts';
import { decodeCursor, encodeCursor, invalidCursor, type Cursor } from './cursor.ts';
import { filterOf, type FilterProperty } from './operators.ts';
import { pageSchema, type Page } from './page.ts';
import { prepared } from './prepared.ts';
import { beyond, orderBy, sortName, sortSchema, type SortFields, type SortKey } from './sort.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What can be searched for: rows, the names under which they are filtered and sorted, and how one is shown. */
export type Searchable = {
  /** Columns, comma-separated, as `show` needs them. */
  readonly columns: string;
  /** FROM with its joins. */
  readonly from: string;
  /** Unique integer expression: breaks ties and ends cursors. */
  readonly key: string;
  /** The condition under which the row of a key is found along an index; where it is left out, that the key is this one. */
  readonly rowOf?: (key: number) => Condition;
  readonly sort: SortFields;
  readonly filter: Readonly<Record<string, FilterProperty>>;
  readonly show: (row: Row) => object;
};

/** Totals are counted up to here, as the real server's are: an inbox of 100,000 tasks opens as fast as one of 10,000. */
const MAX_TOTAL = 10_000;

export type SearchRequest = { readonly page: Page; readonly sort: readonly SortKey[]; readonly filter: Condition };

/** The body of a search request for these rows. */
export function searchSchema(searchable: Searchable, filter: z.ZodType<Condition> = filterOf(searchable.filter)): z.ZodType<SearchRequest> {
  return z
    .strictObject({ page: pageSchema, sort: sortSchema(searchable.sort), filter: optional(filter) })
    .transform(({ page, sort, filter: condition }) => ({ page, sort, filter: condition ?? ALWAYS }));
}

/** The page that a request asks for; `within` narrows the rows beforehand. */
export function search(db: DatabaseSync, searchable: Searchable, request: SearchRequest, within: Condition = ALWAYS): Answer {
  const where = suitedTo((rows, most) => countOf(db, rows, most), all([within, request.filter].filter((condition) => condition !== ALWAYS)));
  const found = readPage(db, searchable, request, where);
  if (isProblem(found)) return found;
  const total = totalOnLastPage(request.page, found.length) ?? count(db, searchable, where);
  const first = found[0];
  const last = found.at(-1);
  return json({
    items: found.map(({ row }) => searchable.show(row)),
    page: {
      totalItems: Math.min(total, MAX_TOTAL),
      hasMoreTotalItems: total > MAX_TOTAL,
      ...(first === undefined ? {} : { startCursor: encodeCursor(first.cursor) }),
      ...(last === undefined ? {} : { endCursor: encodeCursor(last.cursor) }),
    },
  });
}

/** The one row that holds under a condition, shown; undefined when there is none. */
export function findOne(db: DatabaseSync, searchable: Searchable, condition: Condition): object | undefined {
  const row = prepared(db, `SELECT ${searchable.columns} FROM ${searchable.from} WHERE ${condition.sql} LIMIT 1`).get(...condition.parameters);
  return row === undefined ? undefined : searchable.show(row);
}

type Found = { readonly row: Row; readonly cursor: Cursor };

/** Sorts what it finds by the sort's columns alone, then reads the rows of this page: whole rows of all that is found are read for nothing. */
function readPage(db: DatabaseSync, searchable: Searchable, { page, sort }: SearchRequest, where: Condition): Found[] | Problem {
  const backwards = page.kind === 'before';
  const start = page.kind === 'offset' ? ALWAYS : startOf(db, searchable, sort, page);
  if (isProblem(start)) return start;
  const condition = all([where, start].filter((part) => part !== ALWAYS));
  const from = page.kind === 'offset' ? page.from : 0;
  const sortColumns = sort.map(({ sql }, index) => `, ${sql} AS "sort${index}"`).join('');
  const sql = `SELECT ${searchable.key} AS "sortKey"${sortColumns} FROM ${searchable.from}
    WHERE ${condition.sql} ORDER BY ${orderBy(sort, searchable.key, backwards)} LIMIT +?`; // `+?` as in job/state.ts
  // With an OFFSET SQLite asks anew for each row what it joins without one.
  const sorted = from === 0 ? prepared(db, sql).all(...condition.parameters, page.limit) : prepared(db, `${sql} OFFSET ?`).all(...condition.parameters, page.limit, from);
  const found = sorted.map((at) => {
    const key = Number(at['sortKey']);
    const row = readRow(db, searchable, searchable.columns, key);
    if (row === undefined) throw new Error(`The row ${key} was found and is not there.`);
    return { row, cursor: { sort: sortName(sort), values: sort.map((_, index) => sqlValue(at[`sort${index}`])), key } };
  });
  return backwards ? found.reverse() : found;
}

function readRow(db: DatabaseSync, { from, key, rowOf }: Searchable, columns: string, wanted: number): Row | undefined {
  const { sql, parameters } = rowOf?.(wanted) ?? { sql: `${key} = ?`, parameters: [wanted] };
  return prepared(db, `SELECT ${columns} FROM ${from} WHERE ${sql}`).get(...parameters);
}

/** Where the page has room left, there is no more to count. */
function totalOnLastPage(page: Page, found: number): number | undefined {
  return page.kind === 'offset' && found < page.limit && (found > 0 || page.from === 0) ? page.from + found : undefined;
}

function startOf(db: DatabaseSync, searchable: Searchable, sort: readonly SortKey[], page: Extract<Page, { cursor: string }>): Condition | Problem {
  const cursor = decodeCursor(page.cursor, sortName(sort), sort.length);
  if (isProblem(cursor)) return cursor;
  const values = cursor.values ?? valuesOf(db, searchable, sort, cursor.key);
  return values === undefined ? invalidCursor(page.cursor) : beyond(sort, searchable.key, { values, key: cursor.key }, page.kind === 'before');
}

/** Sort values that did not fit into the cursor are read from its row. */
function valuesOf(db: DatabaseSync, searchable: Searchable, sort: readonly SortKey[], key: number): SqlValue[] | undefined {
  if (sort.length === 0) return [];
  const columns = sort.map(({ sql }, index) => `${sql} AS "sort${index}"`).join(', ');
  const row = readRow(db, searchable, columns, key);
  return row === undefined ? undefined : sort.map((_, index) => sqlValue(row[`sort${index}`]));
}

/** Counts up to the cap; joins that only bring names are left out by SQLite when nothing asks for them. */
function count(db: DatabaseSync, searchable: Searchable, where: Condition): number {
  return countOf(db, { sql: `FROM ${searchable.from} WHERE ${where.sql}`, parameters: where.parameters }, MAX_TOTAL + 1);
}

function countOf(db: DatabaseSync, { sql, parameters }: Condition, most: number): number {
  return Number(prepared(db, `SELECT count(*) AS n FROM (SELECT 1 ${sql} LIMIT +?)`).get(...parameters, most)?.['n'] ?? 0);
}

function sqlValue(value: SQLOutputValue | undefined): SqlValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
