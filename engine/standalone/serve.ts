// Carries the REST handler over HTTP without sign-in: reads bodies within a limit, tells the handler when a client has gone.
import type { Socket } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RestHandler, RestResponse } from '../rest/contract.ts';
import { MOST_BODY_BYTES } from '../rest/contract.ts';
import { toResponse } from '../rest/answer.ts';
import { bodyTooLarge, forbidden, unknownPath } from '../rest/problem.ts';
import { foreignCaller } from './loopback.ts';
import type { ReadMetrics } from './metrics.ts';

const PREFIX = '/v2';

export type Serving = {
  /** With `/v2` at its end. */
  readonly address: string;
  /** Takes no more requests; answers that are under way go out, at most so long. */
  close(withinMs: number): Promise<void>;
};

/** Listens; rejects with the system's error when it cannot. */
export async function serve(handle: RestHandler, { host, port }: { readonly host: string; readonly port: number }, metrics?: ReadMetrics): Promise<Serving> {
  const server = createServer((request, response) => {
    // A connection that is kept alive would keep a server that closes waiting.
    response.once('finish', () => {
      if (!server.listening) request.socket.end();
    });
    void answer(handle, metrics, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { address: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}${PREFIX}`, close: (withinMs) => close(server, withinMs) };
}

async function answer(handle: RestHandler, metrics: ReadMetrics | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = signalOfClient(request.socket, response);
  const body = await readBody(request);
  if (body === 'cut') return;
  const url = request.url ?? '/';
  const isOurs = url === PREFIX || url.startsWith(`${PREFIX}/`) || url.startsWith(`${PREFIX}?`);
  const path = isOurs ? url.slice(PREFIX.length) : url;
  const refusal = foreignCaller(request.headers);
  if (refusal !== undefined) send(response, toResponse(forbidden(refusal), path));
  else if (metrics !== undefined && url === '/metrics' && request.method === 'GET') send(response, { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() });
  else if (!isOurs) send(response, toResponse(unknownPath(url.split('?', 1)[0] ?? ''), path));
  else if (body === 'too large') send(response, toResponse(bodyTooLarge(MOST_BODY_BYTES), path));
  else send(response, await handle({ method: request.method ?? 'GET', path, headers: plainHeaders(request), body, signal: gone }));
}

/** Aborted as soon as the client hangs up: the answer's own "close" comes some turns later, in which a job could be handed to nobody. */
function signalOfClient(socket: Socket, response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const leave = () => gone.abort();
  socket.once('end', leave);
  response.once('close', () => {
    socket.off('end', leave);
    leave();
  });
  return gone.signal;
}

/** All of it, or nothing where there is none; what is too large is read to its end, so that its sender gets to hear why. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined | 'too large' | 'cut'> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size <= MOST_BODY_BYTES) parts.push(part);
      else parts.length = 0;
    }
  } catch (error) {
    // The client went in the middle of its body: there is nobody to answer.
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return 'cut';
    throw error;
  }
  if (size > MOST_BODY_BYTES) return 'too large';
  return size === 0 ? undefined : Buffer.concat(parts);
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}

function send(response: ServerResponse, { status, headers, body }: RestResponse): void {
  response.writeHead(status, headers);
  response.end(body);
}

function close(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const insist = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(insist);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A server that listens on a port has one.');
  return address.port;
}
