// Reads Kubernetes' `Status` objects into typed errors: what a refused call of its API means.
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import { PlatformError, type PlatformErrorKind } from '../platform-error.ts';
import { fault, kindOfStatus } from '../http/faults.ts';
import type { RefusedAnswer } from '../http/platform-client.ts';
import { readRetryAfter } from '../http/retry-after.ts';

export const Status = z.object({
  kind: z.literal('Status'),
  message: z.string().default(''),
  reason: z.string().default(''),
  code: z.number().optional(),
  details: z
    .object({
      causes: z.array(z.object({ reason: z.string().default(''), message: z.string().default(''), field: z.string().default('') })).optional(),
      retryAfterSeconds: z.number().optional(),
    })
    .optional(),
});
export type Status = z.infer<typeof Status>;

/**
 * A conflict of field managers is `edited-by-hand` and names the fields and who owns them; a stale version is `conflict`.
 * What a webhook refuses comes as 400, 403 or 422: `invalid` or `forbidden`.
 */
export function readStatusFault(answer: RefusedAnswer): PlatformError {
  const parsed = Status.safeParse(parseJson(answer.text));
  if (!parsed.success) return fault('kubernetes', answer, kindOfStatus(answer.status), answer.text);
  const { message, reason, details } = parsed.data;
  const causes = details?.causes ?? [];
  const owners = causes.filter((cause) => cause.reason === 'FieldManagerConflict');
  if (owners.length > 0) {
    const what = owners.map((cause) => `${cause.field.replace(/^\./, '')} (${cause.message})`).join(', ');
    return new PlatformError('edited-by-hand', 'kubernetes', `Somebody else set fields that we set: ${what}. Take them back or undo the edit.`, { detail: message, status: answer.status });
  }
  const retryAfterMs = readRetryAfter(answer.headers) ?? (details?.retryAfterSeconds === undefined ? null : details.retryAfterSeconds * 1_000);
  const kind = kindOf(answer.status, reason);
  if (kind === 'invalid') {
    const fields = causes.map((cause) => `${cause.field}: ${cause.message}`).join('; ');
    return new PlatformError('invalid', 'kubernetes', `The Kubernetes API refused the InferenceService as wrong (${answer.status}): ${fields === '' ? shorten(message) : shorten(fields)}.`, { detail: message, status: answer.status });
  }
  return fault('kubernetes', answer, kind, message, retryAfterMs);
}

function kindOf(status: number, reason: string): PlatformErrorKind {
  switch (reason) {
    case 'Conflict':
    case 'AlreadyExists':
      return 'conflict';
    case 'Expired':
    case 'Gone':
    case 'ServerTimeout':
    case 'Timeout':
    case 'TooManyRequests':
    case 'ServiceUnavailable':
      return 'transient';
    default:
      return kindOfStatus(status);
  }
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text.replace(/\.$/, '');
}
