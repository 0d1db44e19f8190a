// Serves an engine's handler over HTTP on a free port of the loopback, for clients that need a socket.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../../../engine/index.ts';

export type Served = { address: string; requests: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: string }[]; close(): Promise<void> };

export async function serve(engine: Engine): Promise<Served> {
  const requests: Served['requests'] = [];
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: body.toString() });
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
      void engine.handle({ method: request.method ?? 'GET', path: (request.url ?? '').replace(/^\/v2/, ''), headers, body: body.length === 0 ? undefined : body, signal: gone.signal }).then((answer) => {
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
