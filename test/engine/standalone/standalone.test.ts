// The engine alone, as a process: both REST clients of the SDK work with it, its state survives kill -9, and it keeps strangers out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Camunda8 } from '@camunda8/sdk';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { form, oneJob, review } from '../rest/diagrams.ts';
import type { Untyped } from '../rest/rows.ts';
import { endAll, startEngineProcess } from './engine-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'stellwerk-engine-'));
const clients: Camunda8[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.closeAllClients()));
  await endAll();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(join(folder, 'data-'));
const start = (...words: string[]) => startEngineProcess(['--port', '0', ...words]);

/** As the Desktop Modeler makes its client for a cluster without sign-in. */
function modelersClient(address: string): Untyped {
  const camunda = new Camunda8({ ZEEBE_REST_ADDRESS: address, CAMUNDA_OAUTH_DISABLED: true, CAMUNDA_LOG_LEVEL: 'none' });
  clients.push(camunda);
  return camunda.getCamundaRestClient();
}

function clusterClient(address: string): Untyped {
  const camunda = new Camunda8({});
  clients.push(camunda);
  const client = camunda.getOrchestrationClusterApiClient({}, { cached: false });
  // This client reads no options of Camunda8, only the environment or this.
  client.configure({ config: { CAMUNDA_REST_ADDRESS: address, CAMUNDA_SDK_LOG_LEVEL: 'silent' } as never });
  return client;
}

describe('the engine alone', () => {
  it('is deployed to and run by the modeler, worked by both clients, and keeps everything over kill -9', async () => {
    const data = newFolder();
    const first = await start('--data', data);
    const modeler = modelersClient(first.address);
    expect(await modeler.getTopology()).toMatchObject({ gatewayVersion: '8.8.0' });
    const { processes } = await modeler.deployResources([{ name: 'a.bpmn', content: oneJob('a') }, { name: 'r.bpmn', content: review('r') }, { name: 'f.form', content: form() }]);
    expect(processes).toHaveLength(2);
    const { processInstanceKey } = await modeler.createProcessInstance({ processDefinitionId: 'a', variables: { x: 1 } });
    await modeler.createProcessInstance({ processDefinitionId: 'r', variables: { amount: 1 } });
    const stored = await modeler.uploadDocument({ file: Buffer.from('kept'), metadata: { fileName: 'note.txt', contentType: 'text/plain' } });
    first.signal('SIGKILL');
    expect(await first.gone).toBeNull();

    const second = await start('--data', data);
    const client = clusterClient(second.address);
    expect(await client.getDocument({ documentId: stored.documentId, contentHash: stored.contentHash }, { consistency: { waitUpToMs: 0 } })).toBe('kept');
    const worked = new Promise<void>((resolve) => {
      const worker = client.createJobWorker({
        jobType: 'a', maxParallelJobs: 1, jobTimeoutMs: 60_000, pollTimeoutMs: 10_000,
        jobHandler: async (job: Untyped) => {
          const done = await job.complete({ z: Number(job.variables.x) + 1 });
          worker.stop();
          resolve();
          return done;
        },
      });
    });
    await worked;
    expect(await client.getProcessInstance({ processInstanceKey }, { consistency: { waitUpToMs: 0 } })).toMatchObject({ state: 'COMPLETED' });
    const { items: [task] } = await client.searchUserTasks({ filter: { state: 'CREATED' } }, { consistency: { waitUpToMs: 0 } });
    await client.completeUserTask({ userTaskKey: task.userTaskKey, variables: { verdict: 'grant' } });
    expect((await modelersClient(second.address).searchProcessInstances({ filter: { state: 'COMPLETED' } })).items).toHaveLength(2);
  });

  it('deploys what it is told to at the start', async () => {
    const resources = newFolder();
    writeFileSync(join(resources, 'a.bpmn'), oneJob('a'));
    writeFileSync(join(resources, 'notes.txt'), 'not for the engine');
    const engine = await start('--data', newFolder(), '--resources', resources);
    expect(engine.output()).toContain('Deployed a.bpmn.');
    expect(await modelersClient(engine.address).createProcessInstance({ processDefinitionId: 'a' })).toMatchObject({ processDefinitionVersion: 1 });
  });

  it('ends in order when told to, and answers polls that it holds', async () => {
    const engine = await start('--data', newFolder());
    const { hostname, port } = new URL(engine.address);
    const poll = JSON.stringify({ type: 'a', timeout: 1000, maxJobsToActivate: 1, requestTimeout: 600_000 });
    // One after the other on one connection and in one piece: when the first is answered the server has read the second.
    const socket = connect(Number(port), hostname, () => socket.write(`GET /v2/topology HTTP/1.1\r\nhost: localhost\r\n\r\n`
      + `POST /v2/jobs/activation HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${poll.length}\r\n\r\n${poll}`));
    let answers = '';
    const first = new Promise<void>((resolve) => socket.on('data', (part: Buffer) => {
      answers += part.toString();
      if (answers.includes('clusterSize')) resolve();
    }));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await first;
    engine.signal('SIGTERM');
    await closed;
    expect(answers).toMatch(/^HTTP\/1\.1 200[\s\S]*clusterSize[\s\S]*HTTP\/1\.1 (200 OK[\s\S]*\{"jobs":\[\]\}|503)/);
    expect(await engine.gone).toBe(0);
  });
});

describe('the engine alone refuses', () => {
  it.each([
    ['an address of the network', ['--host', '0.0.0.0'], /^The engine asks nobody to sign in .*"0\.0\.0\.0" is no loopback address\..*npm start.*$/],
    ['a name that leads nowhere', ['--host', 'nowhere.invalid'], /"nowhere\.invalid" is no loopback address/],
    ['a port that is none', ['--port', 'x'], /^--port must be a whole number from 0 to 65535; found "x"\. .*--help.*$/],
    ['a port of the universe', ['--port', '65536'], /^--port must be/],
    ['a history without days', ['--history-days', '0'], /^--history-days must be a whole number from 1 to 99999/],
    ['a time zone that is none', ['--time-zone', 'Mars'], /^--time-zone must be an IANA time zone/],
    ['what it does not know', ['--prot', '1'], /^Unknown option '--prot'\. .*--help.*$/],
    ['resources that are not there', ['--data', newFolder(), '--resources', '/nowhere'], /^There is nothing to deploy at \/nowhere\./],
    ['a folder of resources without any', ['--data', newFolder(), '--resources', newFolder()], /holds no \.bpmn, \.dmn or \.form file\.$/],
    ['a data folder whose parent is missing', ['--data', join(folder, 'no', 'parent')], /its parent .* does not exist/],
  ])('%s', async (_, words, sentence) => {
    const engine = await startEngineProcess(words);
    expect(await engine.gone).toBe(1);
    expect(engine.output().trim()).toMatch(sentence);
    expect(engine.output()).not.toMatch(/^\s+at /m);
  });

  it('a folder that another one uses, and the other one goes on', async () => {
    const data = newFolder();
    const first = await start('--data', data);
    const second = await start('--data', data);
    expect(await second.gone).toBe(1);
    expect(second.output().trim()).toMatch(/^The engine's store .* is in use by another process\..*data folder.*$/);
    expect((await fetch(`${first.address}/v2/topology`)).status).toBe(200);
  });

  it('the data folder of a Stellwerk server, a file, a broken diagram and a port that is taken', async () => {
    const product = newFolder();
    writeFileSync(join(product, 'ledger-lock.db'), '');
    const broken = newFolder();
    writeFileSync(join(broken, 'bad.bpmn'), '<bpmn:');
    mkdirSync(join(broken, 'data'));
    const other = await start('--data', newFolder());
    const port = new URL(other.address).port;
    for (const [words, sentence] of [
      [['--data', product], /belongs to a Stellwerk server/],
      [['--data', join(broken, 'bad.bpmn')], /is not a folder/],
      [['--data', join(broken, 'data'), '--resources', join(broken, 'bad.bpmn')], /^The resources cannot be deployed: [\s\S]*bad\.bpmn/],
      [['--data', newFolder(), '--port', port], new RegExp(`^The port ${port} on 127\\.0\\.0\\.1 is taken`)],
    ] as const) {
      const engine = await start(...words);
      expect(await engine.gone).toBe(1);
      expect(engine.output()).toMatch(sentence);
      expect(engine.output()).not.toMatch(/^\s+at /m);
    }
  });

  it('pages from elsewhere, names that lead here from elsewhere, bodies that are too large; cut ones do it no harm', async () => {
    const engine = await start('--data', newFolder());
    const { hostname, port } = new URL(engine.address);
    const ask = (headers: Record<string, string>, path = '/v2/topology', body?: Buffer) =>
      new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const asked = request({ hostname, port, path, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
          let text = '';
          response.on('data', (part: Buffer) => { text += part.toString(); }).on('end', () => resolve({ status: response.statusCode, text }));
        });
        asked.on('error', reject);
        asked.end(body);
      });
    expect(await ask({ origin: 'https://evil.example' })).toMatchObject({ status: 403, text: expect.stringContaining('https://evil.example') });
    expect(await ask({ origin: 'null' })).toMatchObject({ status: 403 });
    expect(await ask({ host: 'evil.example' })).toMatchObject({ status: 403, text: expect.stringContaining('evil.example') });
    expect(await ask({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toMatchObject({ status: 200 });
    expect(await ask({}, '/elsewhere')).toMatchObject({ status: 404 });
    expect(await ask({}, '/v2topology')).toMatchObject({ status: 404 });
    expect(await ask({ 'content-type': 'application/json' }, '/v2/jobs/activation', Buffer.alloc(11 * 1024 * 1024, 32))).toMatchObject({ status: 413, text: expect.stringContaining('10485760 bytes') });
    for (const half of ['POST /v2/jobs/activation HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"type"', 'POST /v2/jobs/activation HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"type', 'nonsense\r\n\r\n']) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.end(half));
        socket.on('close', () => resolve()).resume();
      });
    }
    expect(await ask({})).toMatchObject({ status: 200 });
    expect(engine.output().trim().split('\n')).toHaveLength(1);
  });
});
