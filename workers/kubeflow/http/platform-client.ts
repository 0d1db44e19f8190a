// One HTTP call of a platform: credentials, time limit, retries with jitter for what may pass, a circuit breaker, typed errors.
import { errors, request, type FormData } from 'undici';
import { createCircuitBreaker } from '../../serving/circuit-breaker.ts';
import { parseJson } from '../../../ledger/parse-json.ts';
import { isTransient, PlatformError, type PlatformSystem } from '../platform-error.ts';
import type { CallLimits } from '../settings.ts';
import { systemNames, type Connector } from './connection.ts';
import { pauseFor } from './pause.ts';
import { readRetryAfter } from './retry-after.ts';

export type PlatformRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the base address, without a leading slash; parts already encoded. */
  path: string;
  query?: Record<string, string>;
  body?: { type: string; text: string } | FormData;
  /** False: it may only be sent again where it surely did not arrive. */
  repeatable: boolean;
  signal: AbortSignal;
};

export type RefusedAnswer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

export type PlatformClient = {
  /** The parsed JSON answer, `null` for an empty one. Throws `PlatformError`, or the signal's reason. */
  send(call: PlatformRequest): Promise<unknown>;
};

export type PlatformClientParts = {
  system: PlatformSystem;
  connector: Connector;
  /** What an answer outside 2xx means in this system. */
  readFault: (answer: RefusedAnswer) => PlatformError;
  limits: CallLimits;
  clock: { now(): number };
  /** From 0 to 1. */
  random: () => number;
};

/** A failure, and whether the very same request may be sent again. */
type Failed = { error: PlatformError; again: boolean };

export function createPlatformClient({ system, connector, readFault, limits, clock, random }: PlatformClientParts): PlatformClient {
  const breaker = createCircuitBreaker(limits.breaker, clock);
  const name = systemNames[system];

  async function tryOnce(call: PlatformRequest): Promise<{ body: unknown } | Failed> {
    const limit = AbortSignal.timeout(limits.timeLimitMs);
    const signal = AbortSignal.any([call.signal, limit]);
    try {
      const { address, headers, dispatcher } = await connector.connect(signal);
      const { statusCode, headers: answered, body } = await request(urlOf(address, call), {
        method: call.method,
        headers: { accept: 'application/json', ...headers, ...contentType(call.body) },
        body: bodyOf(call.body),
        signal,
        dispatcher,
      });
      const text = await body.text();
      if (statusCode >= 200 && statusCode <= 299) return { body: readBody(system, name, text) };
      const error = readFault({ status: statusCode, headers: answered, text });
      // 429 and 503 with a time say that nothing was done.
      const untouched = statusCode === 429 || (statusCode === 503 && readRetryAfter(answered) !== null);
      return { error, again: isTransient(error) && (call.repeatable || untouched) };
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason;
      if (limit.aborted) return { error: new PlatformError('transient', system, `${capital(name)} did not answer within ${limits.timeLimitMs} ms.`), again: call.repeatable };
      if (error instanceof PlatformError) return { error, again: false };
      return ofConnection(error, call);
    }
  }

  /** undici's own errors and those of sockets and name look-ups, which have a code; anything else is a defect of ours. */
  function ofConnection(error: unknown, call: PlatformRequest): Failed {
    if (!(error instanceof Error) || !(error instanceof errors.UndiciError || 'code' in error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (certificateCodes.test(code)) {
      return { error: new PlatformError('permanent', system, `The certificate of ${name} is not trusted (${code}). Name the certificate authority in the settings.`, { detail: error.message }), again: false };
    }
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { error: new PlatformError('permanent', system, `${capital(name)} answered more than we read.`), again: false };
    const message = `${capital(name)} could not be reached${code === '' ? '' : ` (${code})`}.`;
    return { error: new PlatformError('transient', system, message, { detail: error.message }), again: call.repeatable || neverSent.has(code) };
  }

  async function withRetries(call: PlatformRequest): Promise<unknown> {
    let refreshed = false;
    for (let tries = 1; ; tries += 1) {
      const attempt = await tryOnce(call);
      if ('body' in attempt) return attempt.body;
      const { error } = attempt;
      // A token may have been renewed since we read it; a refused call did nothing, so one more try is safe.
      if (error.kind === 'unauthorized' && error.status === 401 && !refreshed && connector.forget()) {
        refreshed = true;
        continue;
      }
      if (!attempt.again || tries >= limits.attempts) throw error;
      const doubled = limits.firstPauseMs * 2 ** (tries - 1);
      const jittered = doubled * (0.5 + random() / 2);
      await pauseFor(Math.min(limits.maxPauseMs, error.retryAfterMs ?? jittered), call.signal);
    }
  }

  return {
    async send(call) {
      if (!breaker.admits(system)) {
        throw new PlatformError('transient', system, `${capital(name)} did not answer lately and is not asked again yet.`, { retryAfterMs: limits.breaker.openMs });
      }
      try {
        const body = await withRetries(call);
        breaker.succeeded(system);
        return body;
      } catch (error) {
        if (!(error instanceof PlatformError)) breaker.abandoned(system);
        else if (error.kind === 'transient' && error.status !== 429) breaker.failed(system);
        else breaker.succeeded(system);
        throw error;
      }
    },
  };
}

/** The connection was never made, so the request was never sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

function urlOf(address: string, { path, query }: PlatformRequest): URL {
  const url = new URL(path, address.endsWith('/') ? address : `${address}/`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return url;
}

function contentType(body: PlatformRequest['body']): Record<string, string> {
  return body !== undefined && 'text' in body && typeof body.type === 'string' ? { 'content-type': body.type } : {};
}

function bodyOf(body: PlatformRequest['body']): string | FormData | null {
  if (body === undefined) return null;
  return 'text' in body ? body.text : body;
}

function readBody(system: PlatformSystem, name: string, text: string): unknown {
  if (text.trim() === '') return null;
  const body = parseJson(text);
  if (body === undefined) throw new PlatformError('permanent', system, `${capital(name)} answered something that is not JSON. Is the address right?`, { detail: text.slice(0, 200) });
  return body;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A JSON body. */
export function json(value: unknown): { type: string; text: string } {
  return { type: 'application/json', text: JSON.stringify(value) };
}
