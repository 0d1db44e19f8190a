// `fetch` that goes straight into a REST handler of this process: no socket, no HTTP parsing.
import type { RestHandler, RestRequest } from './contract.ts';
import { TextResponse } from './text-response.ts';

/** A `fetch` whose requests are answered by the handler; the client's signal is honoured like on the network. */
export function createFetch(handle: RestHandler, how: Pick<RestRequest, 'repeatsHarmlessly'> = {}): typeof globalThis.fetch {
  return async (input, init) => {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const answer = await untilAborted(signal, handle({
      method: request.method,
      path: pathAfterV2(request.url),
      headers: headersOf(request),
      body,
      signal,
      ...how,
    }));
    const { status, headers } = answer;
    return typeof answer.body === 'string' ? new TextResponse(answer.body, { status, headers }) : new Response(bodyOf(answer.body), { status, headers });
  };
}

/** The handler's answer, or the signal's reason as soon as it is aborted; the handler sees the same signal and lets go. */
function untilAborted<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(asError(signal.reason));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException(String(reason), 'AbortError');
}

/** The facade reads two headers only; copying all of them would cost more than the rest of the call. */
function headersOf(request: Request): Record<string, string | undefined> {
  return { 'content-type': request.headers.get('content-type') ?? undefined };
}

function pathAfterV2(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const path = start < 0 ? '/' : url.slice(start);
  return path.startsWith('/v2') ? path.slice(3) || '/' : path;
}

function bodyOf(body: Uint8Array | undefined): BodyInit | null {
  return body === undefined ? null : new Uint8Array(body);
}
