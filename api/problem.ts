/** Raising problems of the catalogue in `contract/problem.ts`, and turning any error of a request into one. */
import { StorageError } from '../ledger/store/storage-error.ts';
import { problems, problemType, type FieldError, type PersonRef, type ProblemDocument, type ProblemName } from './contract/problem.ts';

export type ProblemDetails = { errors?: FieldError[]; assignee?: PersonRef; code?: string; changed?: ProblemDocument['changed']; headers?: Record<string, string> };

/** Thrown by handlers to end a request with a problem document. Carries only what the caller may know. */
export class Problem extends Error {
  readonly problem: ProblemName;
  readonly details: ProblemDetails;
  /** Read by fastify where it passes the error on. */
  readonly statusCode: number;

  constructor(problem: ProblemName, detail: string, details: ProblemDetails = {}) {
    super(detail);
    this.name = 'Problem';
    this.problem = problem;
    this.details = details;
    this.statusCode = problems[problem].status;
  }
}

/** The document on the wire; `instance` names the request. */
export function problemDocument(problem: Problem, instance: string): ProblemDocument {
  const { status, title } = problems[problem.problem];
  const { errors, assignee, code, changed } = problem.details;
  return {
    type: problemType(problem.problem),
    title,
    status,
    detail: problem.message,
    instance,
    ...(errors === undefined ? {} : { errors }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(code === undefined ? {} : { code }),
    ...(changed === undefined ? {} : { changed }),
  };
}

/** Every error as a problem. What is not foreseen is a defect: 500, without its text. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return fromFastify(error) ?? fromLeaving(error) ?? fromStorage(error) ?? fromEngine(error) ?? defect();
}

const defect = (): Problem => new Problem('internal', 'The server made a mistake; its log holds the details. Try again later, and quote `instance` to support.');

/** Problems that fastify and its plug-ins raise before a handler runs. */
function fromFastify(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !error.code.startsWith('FST_ERR_')) return null;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem('body-too-large', 'The body is larger than 1 MiB (1,048,576 bytes). Send less.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem('media-type-unsupported', 'Send the body as application/json.');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new Problem('body-not-json', 'The body could not be read as JSON. Check its syntax.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Problem('request-invalid', 'The body does not have the length that Content-Length says. Send it whole.');
    default:
      return null;
  }
}

/** The client went in the middle of its body: nobody reads the answer, and nothing is wrong here. */
function fromLeaving(error: unknown): Problem | null {
  const left = error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';
  return left ? new Problem('request-invalid', 'The body ended before it was whole. Send it again.') : null;
}

/** A full disk, as the ledger and as the system says it. */
function fromStorage(error: unknown): Problem | null {
  const full = (error instanceof StorageError && error.problem === 'disk-full') || (error instanceof Error && 'code' in error && error.code === 'ENOSPC');
  return full ? new Problem('storage-full', 'The disk of the server is full; nothing was stored. Try again once its administrator has made room.') : null;
}

const engineBusy = [429, 502, 503, 504];

/** The SDK's errors that no handler foresaw: the engine is away, or busy. */
function fromEngine(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const away = error instanceof TypeError && error.message === 'fetch failed';
  const busy = 'status' in error && typeof error.status === 'number' && engineBusy.includes(error.status);
  return away || busy
    ? new Problem('engine-unavailable', 'The process engine does not answer. Nothing is lost; try again in a moment.', { headers: { 'retry-after': '2' } })
    : null;
}
