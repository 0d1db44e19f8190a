// A model server on loopback whose answers a test writes: one function from path and body to status, headers and body.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown; text?: string; never?: true; cut?: true };
export type Call = { method: string; path: string; body: unknown };
export type FakeModelServer = { url: string; calls: Call[]; answer: (call: Call, nth: number) => Reply; close(): Promise<void> };

export async function startFakeModelServer(answer: (call: Call, nth: number) => Reply): Promise<FakeModelServer> {
  const fake: FakeModelServer = { url: '', calls: [], answer, close: async () => undefined };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = { method: request.method ?? '', path: request.url ?? '', body };
      fake.calls.push(call);
      const reply = fake.answer(call, fake.calls.length);
      if (reply.never) return;
      if (reply.cut) return void request.socket.destroy();
      const text = reply.text ?? JSON.stringify(reply.body ?? {});
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return fake;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}
