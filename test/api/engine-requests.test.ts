/** Requests to the engine's API over HTTP that are damaged, too large or of the wrong kind: a problem document with the right status, and the server goes on. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../api/log.ts';
import { buildProcess } from '../engine/build-process.ts';
import { startProduct, type Product } from './product.ts';

const errors: unknown[] = [];
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (fields: unknown) => { errors.push(fields); }, child: () => log } as unknown as Log;

let product: Product;
beforeAll(async () => { product = await startProduct({ log }); }, 60_000);
afterAll(() => product.close());

const send = async (path: string, body: string | Buffer, contentType = 'application/json') => {
  const answer = await fetch(`${product.stellwerk.url}/v2${path}`, { method: 'POST', headers: { ...product.engineClient.headers, 'content-type': contentType }, body: typeof body === 'string' ? body : new Uint8Array(body) });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() as { status: number; detail: string } };
};

describe('a request to /v2', () => {
  it.each([
    ['cut in the middle', '/user-tasks/search', '{"filter": {"sta', 'application/json', 400, /Failed to read request/],
    ['with an unknown field', '/user-tasks/search', '{"colour":"red"}', 'application/json', 400, /\[colour\]/],
    ['with a forged cursor', '/user-tasks/search', '{"page":{"after":"AAAA"}}', 'application/json', 400, /cursor/],
    ['of another content type', '/user-tasks/search', 'a=b', 'application/x-www-form-urlencoded', 415, /not supported/],
    ['with a damaged form', '/deployments', '--x\r\nhalf', 'multipart/form-data; boundary=x', 400, /Failed to read request/],
    ['that is larger than it may be', '/deployments', Buffer.alloc(4 * 1024 * 1024 + 1, 32), 'multipart/form-data; boundary=x', 413, /4194304 bytes/],
  ] as const)('%s is answered with a problem document', async (_, path, body, contentType, status, detail) => {
    const answer = await send(path, body, contentType);
    expect(answer).toMatchObject({ status, type: expect.stringContaining('application/problem+json'), body: { status, detail: expect.stringMatching(detail) } });
  });

  it('whose client goes in the middle of its body does no harm', async () => {
    const { hostname, port } = new URL(product.stellwerk.url);
    const authorization = product.engineClient.headers['authorization'] ?? '';
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end(`POST /v2/jobs/activation HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-length: 100\r\n\r\n{"type"`));
      socket.on('close', () => { resolve(); }).resume();
    });
    expect(await product.engineClient.get('/v2/topology')).toMatchObject({ clusterSize: 1 });
    expect(errors).toEqual([]);
  });

  it('that nobody has signed is refused before its body is read', async () => {
    const answer = await fetch(`${product.stellwerk.url}/v2/jobs/activation`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')]);
  });
});

describe('a held poll', () => {
  it('whose client goes takes no job along', async () => {
    const { engineClient } = product.stellwerk;
    const diagram = buildProcess('theirs', (p) => p.start().service('their-work').end());
    await engineClient.createDeployment({ resources: [new File([diagram], 'theirs.bpmn')] });
    const poll = (requestTimeout: number) => ({ type: 'their-work', timeout: 600_000, maxJobsToActivate: 1, requestTimeout });
    const body = JSON.stringify(poll(600_000));
    const head = `host: x\r\nauthorization: ${product.engineClient.headers['authorization'] ?? ''}\r\n`;
    const { hostname, port } = new URL(product.stellwerk.url);
    // In one piece: when the first is answered the second has been read.
    const socket = connect(Number(port), hostname, () => socket.write(`GET /v2/topology HTTP/1.1\r\n${head}\r\nPOST /v2/jobs/activation HTTP/1.1\r\n${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await product.engineClient.post('/v2/process-instances', { processDefinitionId: 'theirs' });
    expect(await product.engineClient.post('/v2/jobs/activation', poll(10_000))).toMatchObject({ jobs: [{ type: 'their-work' }] });
  });
});
