// What a status means where the system says nothing better, and how the sentences about it are worded.
import type { PlatformErrorKind, PlatformSystem } from '../platform-error.ts';
import { PlatformError } from '../platform-error.ts';
import { systemNames } from './connection.ts';
import { capital, type RefusedAnswer } from './platform-client.ts';
import { readRetryAfter } from './retry-after.ts';

const longestDetail = 1_000;

/** By HTTP status alone. 500 counts as passing; a system that words permanent faults as 500 says so itself. */
export function kindOfStatus(status: number): PlatformErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 408 || status === 429) return 'transient';
  if (status === 400 || status === 413 || status === 415 || status === 422) return 'invalid';
  if (status === 500 || status === 502 || status === 503 || status === 504) return 'transient';
  return 'permanent';
}

/** `detail` is the server's word for it. */
export function fault(system: PlatformSystem, answer: RefusedAnswer, kind: PlatformErrorKind, detail: string, retryAfterMs: number | null = readRetryAfter(answer.headers)): PlatformError {
  return new PlatformError(kind, system, sentence(system, answer.status, kind), { detail: detail.slice(0, longestDetail), status: answer.status, retryAfterMs });
}

function sentence(system: PlatformSystem, status: number, kind: PlatformErrorKind): string {
  const name = systemNames[system];
  switch (kind) {
    case 'transient':
      return `${capital(name)} cannot answer now (${status}).`;
    case 'conflict':
      return `${capital(name)} says that somebody else changed or made the same thing meanwhile (${status}).`;
    case 'edited-by-hand':
      return `${capital(name)} says that somebody else owns a field that we set (${status}).`;
    case 'not-found':
      return `${capital(name)} does not know what was asked for (${status}).`;
    case 'unauthorized':
      return `${capital(name)} does not accept our token (${status}). Check the credentials in the settings.`;
    case 'forbidden':
      return `${capital(name)} does not allow our account to do this (${status}). Give the account the right or use another one.`;
    case 'invalid':
      return `${capital(name)} refused the request as wrong (${status}).`;
    case 'permanent':
    case 'not-configured':
      return `${capital(name)} answered ${status}, which asking again does not change.`;
    default:
      return kind satisfies never;
  }
}
