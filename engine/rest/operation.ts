// What an operation is: a row of the table with its path, its schemas and the function that answers.
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import type { Core } from '../core.ts';
import { isProblem, type Answer, type Problem } from './answer.ts';
import type { RestRequest } from './contract.ts';
import { missingBody, notOffered, unparsableKey } from './problem.ts';
import { readJson } from './request/body.ts';
import { check } from './request/check.ts';
import { keyFromText } from './request/fields.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Operation = {
  readonly operationId: string;
  readonly method: Method;
  /** Below `/v2`, with at most one `{parameter}` where it is offered. */
  readonly path: string;
  /** Why it is not offered; undefined when it is. */
  readonly missing: string | undefined;
  /** What is worth knowing of one that is offered. */
  readonly note?: string;
  readonly answer: (raw: RawCall) => Answer | Promise<Answer>;
};

/** A request that found its operation. */
export type RawCall = { readonly core: Core; readonly request: RestRequest; readonly parameters: readonly string[]; readonly query: URLSearchParams };

/** What an operation's function gets: everything read and checked. */
export type Call<Body, Query> = {
  readonly core: Core;
  /** Rows as searches and reads may see them. */
  readonly db: DatabaseSync;
  /** The key in the path; 0 when the path has none. */
  readonly key: number;
  /** The same key as it was written, or the text in the path. */
  readonly keyText: string;
  readonly body: Body;
  readonly query: Query;
  readonly request: RestRequest;
};

type Definition<Body, Query> = {
  readonly operationId: string;
  readonly method: Method;
  readonly path: string;
  readonly body?: z.ZodType<Body>;
  /** True: the body may be left out and then counts as `{}`. */
  readonly bodyOptional?: boolean;
  readonly query?: z.ZodType<Query>;
  /** True: the parameter in the path is a text, not a key. */
  readonly textInPath?: boolean;
  readonly note?: string;
  /** What is said of a key in the path that is no int64, where it differs. */
  readonly unreadableKey?: (name: string, value: string) => Problem;
  readonly answer: (call: Call<Body, Query>) => Answer | Promise<Answer>;
};

/** An operation that is offered. */
export function operation<Body = undefined, Query = undefined>(definition: Definition<Body, Query>): Operation {
  const { operationId, method, path, answer, note, textInPath = false, unreadableKey = unparsableKey } = definition;
  const parameterName = /\{(\w+)\}/.exec(path)?.[1];
  const readBody = bodyReader(definition);
  return {
    operationId, method, path, missing: undefined, ...(note === undefined ? {} : { note }),
    answer: (raw) => {
      const keyText = raw.parameters[0] ?? '';
      const key = parameterName === undefined || textInPath ? 0 : keyFromText(keyText);
      if (key === undefined) return unreadableKey(parameterName ?? '', keyText);
      const body = readBody(raw.request);
      if (isProblem(body)) return body;
      const query = readQuery(definition.query, raw.query);
      if (isProblem(query)) return query;
      return answer({ core: raw.core, db: raw.core.searchDb(), key, keyText, body, query, request: raw.request });
    },
  };
}

function bodyReader<Body, Query>({ body: schema, bodyOptional }: Definition<Body, Query>) {
  return (request: RestRequest) => {
    // Without a schema the operation takes no body, so Body is undefined.
    if (schema === undefined) return undefined as Body;
    const read = readJson(request);
    if (isProblem(read)) return read;
    if (read.value === undefined && bodyOptional !== true) return missingBody();
    return check(schema, read.value ?? {});
  };
}

function readQuery<Query>(schema: z.ZodType<Query> | undefined, query: URLSearchParams) {
  // Parameters that nobody asked for are ignored, as the real server does.
  return schema === undefined ? (undefined as Query) : check(schema, Object.fromEntries(query));
}

/** An operation that Camunda 8.8 has and this engine does not; the sentence says why. */
export function missingOperation(operationId: string, method: Method, path: string, why: string): Operation {
  return { operationId, method, path, missing: why, answer: () => notOffered(operationId, why) };
}

