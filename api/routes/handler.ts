/** The type of a handler, derived from its operation: what it is given, and what it may answer. */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import type { Operation } from '../contract/operation.ts';
import type { Parts } from '../parts.ts';

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

export type HandlerRequest<O extends Operation> = {
  params: Output<O['params']>;
  query: Output<O['query']>;
  headers: Output<O['headers']>;
  body: Output<O['body']>;
  /** Null only where the operation is public. */
  caller: O['access'] extends { kind: 'public' } ? Caller | null : Caller;
  /** The address the request came from. */
  ip: string;
  /** Aborted when the caller is gone. */
  gone: AbortSignal;
};

/** `stream` is sent as it is instead of `body`. */
export type Answer<O extends Operation> = {
  [S in keyof O['responses']]: { status: S; headers?: Record<string, string>; stream?: Readable } & (Output<O['responses'][S]> extends undefined
    ? { body?: undefined }
    : { body: Output<O['responses'][S]> });
}[keyof O['responses']];

export type Handler<O extends Operation> = (request: HandlerRequest<O>, parts: Parts) => Promise<Answer<O>>;
