// A server on loopback whose answers a test writes: raw bodies, headers, streams, silence and cut connections.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StandInCall = { method: string; path: string; query: URLSearchParams; headers: IncomingHttpHeaders; body: string };
export type StandInReply =
  | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
  /** No answer at all. */
  | 'silence'
  /** The connection is cut without an answer. */
  | 'cut'
  /** Lines as they come; `open` leaves the stream open after them, `cut` cuts the connection. */
  | { lines: unknown[]; end: 'close' | 'open' | 'cut' };

export type StandIn = { url: string; calls: StandInCall[]; close(): Promise<void> };

/** `answer` gets each call and its number, from 1. */
export async function startStandIn(answer: (call: StandInCall, nth: number) => StandInReply): Promise<StandIn> {
  const calls: StandInCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', 'http://stand-in');
      const call = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body: Buffer.concat(chunks).toString() };
      calls.push(call);
      const reply = answer(call, calls.length);
      if (reply === 'silence') return;
      if (reply === 'cut') return void request.socket.destroy();
      if ('lines' in reply) {
        response.writeHead(200, { 'content-type': 'application/json' });
        for (const line of reply.lines) response.write(typeof line === 'string' ? line : `${JSON.stringify(line)}\n`);
        if (reply.end === 'close') response.end();
        // What was written must leave before the connection is cut.
        if (reply.end === 'cut') setImmediate(() => request.socket.destroy());
        return;
      }
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      response.end(reply.text ?? JSON.stringify(reply.json ?? {}));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
