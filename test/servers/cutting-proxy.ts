/** A proxy that passes a request on and then, when told, cuts the connection before the answer: the effect is there, its report is not. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';

export type CuttingProxy = {
  url: string;
  /** The answer of the next request that this is true for is cut off; all others pass. */
  cutNext(when: (method: string, path: string) => boolean): void;
  /** From now on the answer of each change is cut off when it is asked for the first time: method, path and body. */
  cutEachChangeOnce(): void;
  /** How many answers were cut off. */
  cuts(): number;
  /** Method and path of each request that changed something. */
  changes(): string[];
  stop(): Promise<void>;
};

export async function startCuttingProxy(target: string, certificate?: string): Promise<CuttingProxy> {
  const dispatcher = new Agent({ allowH2: false, ...(certificate === undefined ? {} : { connect: { ca: certificate } }) });
  let cut: ((method: string, path: string) => boolean) | null = null;
  let cuts = 0;
  let unseen: Set<string> | null = null;
  const isFirst = (change: string): boolean => {
    if (unseen === null || unseen.has(change)) return false;
    unseen.add(change);
    return true;
  };
  const changes: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)));
    if (method !== 'GET') changes.push(`${method} ${url}`);
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const answer = await request(target + url, { method: method, headers: passed as Record<string, string>, body: chunks.length === 0 ? null : Buffer.concat(chunks), dispatcher });
      const body = Buffer.from(await answer.body.arrayBuffer());
      const told = cut?.(method, url) === true;
      if (told || (method !== 'GET' && answer.statusCode < 300 && isFirst(`${method} ${url} ${Buffer.concat(chunks).toString()}`))) {
        if (told) cut = null;
        cuts += 1;
        incoming.socket.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type'] ?? 'application/json') });
      outgoing.end(body);
    })().catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutNext: (when) => { cut = when; },
    cutEachChangeOnce: () => { unseen = new Set(); },
    cuts: () => cuts,
    changes: () => [...changes],
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await dispatcher.close();
    },
  };
}
