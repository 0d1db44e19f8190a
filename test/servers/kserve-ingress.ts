/** Stands where a cluster's ingress would: each Knative revision at an address of its own, answered by a real model server. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

export type KServeIngress = { url: string; urlOf: (revision: string) => string; stop(): Promise<void> };

/**
 * `/<revision>/v2/models/<service>/…` goes to the model server as `/v2/models/<model>/…`; `modelOf` says which model a
 * revision serves, null for one that there is not.
 */
export async function startKServeIngress(given: { modelServer: string; service: string; modelOf: (revision: string) => string | null }): Promise<KServeIngress> {
  const { modelServer, service, modelOf } = given;
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const [, revision = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(incoming.url ?? '') ?? [];
      const model = modelOf(revision);
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      if (model === null) {
        outgoing.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"no such revision"}');
        return;
      }
      const path = rest.replace(`/models/${service}`, `/models/${model}`);
      const answer = await request(modelServer + path, { method: incoming.method === 'POST' ? 'POST' : 'GET', headers: { 'content-type': 'application/json' }, body: chunks.length === 0 ? null : Buffer.concat(chunks) });
      outgoing.writeHead(answer.statusCode, { 'content-type': 'application/json' }).end(await answer.body.text());
    })().catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    urlOf: (revision) => `${url}/${revision}`,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
