/** A cluster that is not there, lets nobody in, or is none: the start ends with a sentence, and the embedded engine is not taken in its place. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../api/settings.ts';
import { startStellwerk } from '../../api/start.ts';

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close().closeAllConnections();
});

const problem = (status: number) => JSON.stringify({ type: 'about:blank', title: 'x', status, detail: 'x', instance: '/v2/topology' });

async function clusterThatAnswers(status: number, contentType = 'application/problem+json', body = problem(status)): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': contentType }).end(body));
  opened.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const at = server.address();
  return `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
}

async function startAgainst(address: string): Promise<unknown> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stellwerk-cluster-'));
  try {
    const read = readSettings({ STELLWERK_DATA: dataDir, STELLWERK_PORT: '0', STELLWERK_LOG: 'silent', STELLWERK_UI: 'skip', CAMUNDA_REST_ADDRESS: address });
    if (!read.ok) throw new Error(read.problems.join('\n'));
    const outcome = await startStellwerk(read.settings).then((started) => started.close(), (error: unknown) => error);
    expect(existsSync(join(dataDir, 'engine.db'))).toBe(false);
    return outcome;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

describe('a cluster', () => {
  it('that is not there', async () => {
    expect(await startAgainst('http://127.0.0.1:1')).toMatchObject({ message: expect.stringMatching(/^The Camunda cluster at http:\/\/127\.0\.0\.1:1 cannot be reached\. Check CAMUNDA_REST_ADDRESS/) as string });
  });

  it.each([
    [401, /refused the sign-in \(401\)\. Set CAMUNDA_AUTH_STRATEGY/],
    [403, /refused the sign-in \(403\)/],
    [404, /there is no Camunda REST API: it answered 404/],
    [500, /answered 500 when it was asked who it is/],
  ])('that answers %i', async (status, sentence) => {
    expect(await startAgainst(await clusterThatAnswers(status))).toMatchObject({ message: expect.stringMatching(sentence) as string });
  });

  it.each([
    ['a page', 'text/html', '<html>Welcome</html>'],
    ['another JSON', 'application/json', '{"status":"up"}'],
  ])('that is no cluster: it answers with %s', async (_, contentType, body) => {
    expect(await startAgainst(await clusterThatAnswers(200, contentType, body))).toMatchObject({ message: expect.stringMatching(/answers, but not as Camunda 8\.8 does/) as string });
  });
});
