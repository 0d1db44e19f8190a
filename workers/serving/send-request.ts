// One HTTP call of a model server: time limit, retries for what may pass, error text from whatever shape it has.
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, errors, request } from 'undici';
import { boundedSignal } from '../runtime/bounded-signal.ts';
import { inSpanOfTrace, SpanKind, traceHeaders } from '../runtime/in-span.ts';
import type { ServingSettings } from '../settings.ts';
import { parseJson } from '../../ledger/parse-json.ts';
import { readErrorText } from './error-text.ts';
import { ServingError } from './serving-error.ts';

export type ServingRequest = {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  timeLimitMs: number;
  signal: AbortSignal;
};

type Attempt =
  | { kind: 'answer'; body: unknown }
  | { kind: 'failed'; message: string; detail: string | null; status: number | null; again: false }
  | { kind: 'failed'; message: string; detail: string | null; again: true; retryAfterMs: number | null };

/** States that say "later": everything else a server answers is final. A 500 is no proof that a retry helps. */
const laterStatuses = new Set([429, 502, 503, 504]);

/** The parsed JSON answer. Throws `ServingError`, or the signal's reason when the caller cancelled. */
export async function sendRequest(call: ServingRequest, settings: ServingSettings): Promise<unknown> {
  return inSpanOfTrace(`model server ${call.method} ${call.path}`, { kind: SpanKind.CLIENT, attributes: { 'http.request.method': call.method, 'url.path': call.path } }, () => tryAll(call, settings));
}

async function tryAll(call: ServingRequest, settings: ServingSettings): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    const attempt = await tryOnce(call, settings);
    if (attempt.kind === 'answer') return attempt.body;
    if (!attempt.again) throw new ServingError('error', attempt.message, attempt.detail, attempt.status);
    if (tries >= settings.attempts) throw new ServingError('unavailable', `${attempt.message} after ${tries} tries`, attempt.detail);
    const doubled = settings.firstPauseMs * 2 ** (tries - 1);
    await pause(Math.min(settings.maxPauseMs, attempt.retryAfterMs ?? doubled), undefined, { signal: call.signal });
  }
}

/** HTTP/1.1: undici's HTTP/2 throws outside of the request where a server closes the connection. */
const connections = new Agent({ allowH2: false });

/** undici's own request: the connection is kept, and a call costs a quarter of `fetch`. Redirects are not followed. */
async function tryOnce(call: ServingRequest, settings: ServingSettings): Promise<Attempt> {
  const limit = boundedSignal([call.signal], call.timeLimitMs);
  try {
    const { statusCode, headers, body } = await request(new URL(call.path, withSlash(settings.address())), {
      method: call.method,
      headers: { ...traceHeaders(), accept: 'application/json', ...(call.body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      dispatcher: connections,
      signal: limit.signal,
    });
    return readAnswer(statusCode, headers['retry-after'], await body.text());
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    if (limit.isLate()) return later(`The model server did not answer within ${call.timeLimitMs} ms`);
    if (isOfConnection(error)) return later('The model server could not be reached', error.message);
    throw error;
  } finally {
    limit.release();
  }
}

/** undici's own errors, and those of sockets and name look-ups, which have a code. */
function isOfConnection(error: unknown): error is Error {
  return error instanceof errors.UndiciError || (error instanceof Error && 'code' in error);
}

function readAnswer(status: number, retryAfter: string | string[] | undefined, text: string): Attempt {
  if (status >= 200 && status <= 299) {
    const body = parseJson(text);
    if (body !== undefined) return { kind: 'answer', body };
    return { kind: 'failed', message: 'The model server answered something that is not JSON', detail: text.slice(0, 200), status: null, again: false };
  }
  const message = `The model server answered ${status}`;
  const detail = readErrorText(text);
  if (!laterStatuses.has(status)) return { kind: 'failed', message, detail, status, again: false };
  return { kind: 'failed', message, detail, again: true, retryAfterMs: readRetryAfter(retryAfter) };
}

/** Seconds only: a date would need the server's clock. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string') return null;
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

function later(message: string, detail: string | null = null): Attempt {
  return { kind: 'failed', message, detail, again: true, retryAfterMs: null };
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
