/** Problem documents (RFC 9457): the one shape of every error, and the closed list of their types. */
import { z } from 'zod';

/**
 * Every problem by name: its HTTP status and its title. The `type` of a document is `urn:stellwerk:problem:<name>`
 * and never changes its meaning.
 */
export const problems = {
  'request-invalid': { status: 400, title: 'The request does not have the expected shape' },
  'input-invalid': { status: 422, title: 'The input does not fit the decision service' },
  'body-not-json': { status: 400, title: 'The body is not JSON' },
  'media-type-unsupported': { status: 415, title: 'The media type is not supported' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'cursor-invalid': { status: 400, title: 'The cursor is not one of ours' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'sign-in-failed': { status: 401, title: 'Name and password do not match' },
  'csrf-token-missing': { status: 403, title: 'The CSRF token is missing or wrong' },
  'role-missing': { status: 403, title: 'The role does not allow this' },
  'scope-missing': { status: 403, title: 'The API key does not reach this' },
  'engine-call-refused': { status: 403, title: 'This engine call would go round the rules of the product' },
  'route-unknown': { status: 404, title: 'There is no such address' },
  'service-unknown': { status: 404, title: 'There is no such decision service' },
  'case-unknown': { status: 404, title: 'There is no such case' },
  'process-unknown': { status: 404, title: 'There is no such process' },
  'process-instance-unknown': { status: 404, title: 'There is no such process instance' },
  'task-unknown': { status: 404, title: 'There is no such task' },
  'release-unknown': { status: 404, title: 'There is no such release' },
  'evidence-unknown': { status: 404, title: 'There is no such document' },
  'model-unknown': { status: 404, title: 'There is no such model' },
  'release-refused': { status: 409, title: 'The release does not allow this now' },
  'vote-refused': { status: 409, title: 'The vote cannot be stored now' },
  'vote-excluded': { status: 403, title: 'This decision needs another person' },
  'evidence-changed': { status: 409, title: 'The evidence changed since it was read' },
  'registry-unavailable': { status: 503, title: 'The model registry does not answer' },
  'callback-refused': { status: 422, title: 'No webhook can be sent to this address' },
  'idempotency-key-missing': { status: 400, title: 'The header Idempotency-Key is missing' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'task-taken': { status: 409, title: 'Somebody else has this task' },
  'task-answered': { status: 409, title: 'The task has been answered already' },
  'task-ended': { status: 409, title: 'The task has ended' },
  'verdict-refused': { status: 409, title: 'The verdict cannot be stored now' },
  'verdict-invalid': { status: 422, title: 'The verdict does not fit the case' },
  'reviewer-excluded': { status: 403, title: 'This review needs another person' },
  'undo-too-late': { status: 409, title: 'There is nothing to take back any more' },
  'process-start-refused': { status: 422, title: 'The engine refused to start the process' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'engine-unavailable': { status: 503, title: 'The process engine does not answer' },
  'not-ready': { status: 503, title: 'The server is not ready' },
  'storage-full': { status: 507, title: 'The disk of the server is full' },
  'internal': { status: 500, title: 'A defect of the server' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof problems;

const typePrefix = 'urn:stellwerk:problem:';

/** The stable `type` of a problem. */
export function problemType(name: ProblemName): string {
  return `${typePrefix}${name}`;
}

/** The name behind a `type`, or null where it is not ours. */
export function problemName(type: string): ProblemName | null {
  const name = type.startsWith(typePrefix) ? type.slice(typePrefix.length) : '';
  return name in problems ? (name as ProblemName) : null;
}

/** One field that is wrong: where (JSON pointer into the body, or the parameter's name) and what to do. */
export const FieldError = z.strictObject({
  in: z.enum(['body', 'query', 'path', 'header']),
  /** JSON pointer inside the body (`/input/amount`), or the name of the parameter or header. */
  pointer: z.string(),
  message: z.string(),
});
export type FieldError = z.infer<typeof FieldError>;

export const PersonRef = z.strictObject({ name: z.string(), displayName: z.string() });
export type PersonRef = z.infer<typeof PersonRef>;

/** Sent as `application/problem+json`. */
export const ProblemDocument = z
  .strictObject({
    type: z.string().meta({ description: 'Stable name of the problem, `urn:stellwerk:problem:…`' }),
    title: z.string(),
    status: z.int(),
    /** A sentence that says what was expected, what was found, and what to do. */
    detail: z.string(),
    /** The request, to be quoted to support. */
    instance: z.string(),
    errors: z.array(FieldError).optional(),
    /** Who has the task, on `task-taken`. */
    assignee: PersonRef.optional(),
    /** Why a release or a vote was refused: a stable word. */
    code: z.string().optional(),
    /** What is different now, on `evidence-changed`: the digests that were seen and are there. */
    changed: z.strictObject({ seen: z.string(), now: z.string().nullable(), documents: z.array(z.strictObject({ kind: z.string(), before: z.string().nullable(), after: z.string() })) }).optional(),
  })
  .meta({ id: 'ProblemDocument' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;
