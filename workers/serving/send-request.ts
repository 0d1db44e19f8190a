// One HTTP call of a model server: time limit, retries for what may pass, error text from whatever shape it has.
import { setTimeout as pause } from 'node:timers/promises';
import type { ServingSettings } from '../settings.ts';
import { parseJson, readErrorText } from './error-text.ts';
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
export async function sendRequest(request: ServingRequest, settings: ServingSettings): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    const attempt = await tryOnce(request, settings);
    if (attempt.kind === 'answer') return attempt.body;
    if (!attempt.again) throw new ServingError('error', attempt.message, attempt.detail, attempt.status);
    if (tries >= settings.attempts) throw new ServingError('unavailable', `${attempt.message} after ${tries} tries`, attempt.detail);
    const doubled = settings.firstPauseMs * 2 ** (tries - 1);
    await pause(Math.min(settings.maxPauseMs, attempt.retryAfterMs ?? doubled), undefined, { signal: request.signal });
  }
}

async function tryOnce(request: ServingRequest, settings: ServingSettings): Promise<Attempt> {
  const limit = AbortSignal.timeout(request.timeLimitMs);
  try {
    const response = await fetch(new URL(request.path, withSlash(settings.address())), {
      method: request.method,
      headers: { accept: 'application/json', ...(request.body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.any([request.signal, limit]),
      // Followed nowhere: a redirect is an answer that cannot be used.
      redirect: 'manual',
    });
    return readAnswer(response, await response.text());
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    if (limit.aborted) return later(`The model server did not answer within ${request.timeLimitMs} ms`);
    if (error instanceof TypeError) return later('The model server could not be reached', causeOf(error));
    throw error;
  }
}

function readAnswer(response: Response, text: string): Attempt {
  if (response.ok) {
    const body = parseJson(text);
    if (body !== undefined) return { kind: 'answer', body };
    return { kind: 'failed', message: 'The model server answered something that is not JSON', detail: text.slice(0, 200), status: null, again: false };
  }
  const message = `The model server answered ${response.status}`;
  const detail = readErrorText(text);
  if (!laterStatuses.has(response.status)) return { kind: 'failed', message, detail, status: response.status, again: false };
  return { kind: 'failed', message, detail, again: true, retryAfterMs: readRetryAfter(response.headers.get('retry-after')) };
}

/** Seconds only: a date would need the server's clock. */
function readRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

function later(message: string, detail: string | null = null): Attempt {
  return { kind: 'failed', message, detail, again: true, retryAfterMs: null };
}

function causeOf(error: TypeError): string | null {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
