/** The one way to the product's API: JSON, the session's CSRF token, problem documents as errors, lost connections told apart. */
import type { ProblemDocument } from '../../../../api/contract/problem.ts';
import { ConnectionLost, markBack, markLost } from '../connection/connection.ts';

/** A problem document as the API sends it; without a detail where something in between answered. */
export type Problem = Pick<ProblemDocument, 'type' | 'title' | 'status' | 'errors' | 'assignee' | 'code' | 'changed'> & { detail?: string };

/** Thrown for every answer that is not a success. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

let csrfToken: string | undefined;
const signedOutListeners = new Set<() => void>();

export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Called when the API says that the session is over. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** Reads or changes something. The caller names the contract's answer type: this is the border where it is believed. */
export async function request<Answer>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const answer = await reach(method, path, body, signal);
  const text = await answer.text();
  if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer;
  const problem = readProblem(answer, text);
  if (problem.status === 401 && path !== '/api/session') for (const listener of signedOutListeners) listener();
  throw new ApiError(problem);
}

async function reach(method: string, path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== undefined) headers['x-csrf-token'] = csrfToken;
  try {
    const answer = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (isGateway(answer)) throw new ConnectionLost(`answered ${answer.status}`);
    markBack();
    return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    markLost();
    throw error instanceof ConnectionLost ? error : new ConnectionLost('no answer', { cause: error });
  }
}

/** A 5xx that is not the product's own problem document comes from something in between: the product is out of reach. */
function isGateway(answer: Response): boolean {
  return answer.status >= 500 && !(answer.headers.get('content-type') ?? '').includes('json');
}

function readProblem(answer: Response, text: string): Problem {
  const fallback = { type: 'about:blank', title: answer.statusText || `HTTP ${answer.status}`, status: answer.status };
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...fallback, ...parsed } : fallback;
  } catch {
    // Not a problem document: a proxy's page, say. The status speaks for itself.
    return fallback;
  }
}
