// Cursors: base64 of the sort values of a row and its key; opaque to clients, checked when they come back.
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { parseJson } from '../../parse-json.ts';
import type { Problem } from '../answer.ts';
import { invalidArgument } from '../problem.ts';
import type { SqlValue } from './condition.ts';

/** Where a page begins or ends: one value per sort field, or none when they would not fit (then the row is looked up). */
export type Cursor = { readonly sort: string; readonly values: readonly SqlValue[] | undefined; readonly key: number };

/** The longest cursor that clients accept, in characters of base64. */
const MAX_LENGTH = 300;

const shape = z.tuple([z.string(), z.union([z.array(z.union([z.string(), z.number(), z.null()])), z.null()]), z.int()]);

export function encodeCursor(cursor: Cursor): string {
  const encoded = encode([cursor.sort, cursor.values ?? null, cursor.key]);
  return encoded.length <= MAX_LENGTH ? encoded : encode([cursor.sort, null, cursor.key]);
}

/** The cursor behind a text, or a problem: forged, damaged, or of a search with another sort. */
export function decodeCursor(text: string, sort: string, count: number): Cursor | Problem {
  const decoded = shape.safeParse(parse(text));
  if (!decoded.success) return invalidCursor(text);
  const [sortOfCursor, values, key] = decoded.data;
  if (sortOfCursor !== sort || (values !== null && values.length !== count)) return invalidCursor(text);
  return { sort, values: values ?? undefined, key };
}

export function invalidCursor(text: string): Problem {
  return invalidArgument(`Expected a cursor of an earlier answer to the same search and sort, but found '${text.slice(0, MAX_LENGTH)}'; start again from the first page`);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

function parse(text: string): unknown {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  return parseJson(Buffer.from(text, 'base64').toString('utf8'));
}

