/** What keeps the server from starting is said in one sentence on standard error, without a stack, with an exit code other than 0. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../api/log.ts';
import { deployProcesses } from '../../api/run/deploy-processes.ts';
import { asFolderRefusal } from '../../api/run/why-not-started.ts';
import { spawnServerProcess } from '../harness/server-process.ts';
import { countEverything, sendDigit, startProductWithModels, type ProductWithModels } from './product-with-models.ts';

// Each refusal is a process of its own.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let product: ProductWithModels;
let other: Server;
let takenPort: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stellwerk-refusing-'));
  product = await startProductWithModels();
  other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  takenPort = (other.address() as AddressInfo).port;
}, 60_000);
afterAll(async () => {
  await product.close();
  await new Promise((resolve) => other.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

type Start = { dataDir?: string; port?: number; env?: Record<string, string> };

async function refusal({ dataDir = join(folder, 'unused'), port = 0, env = {} }: Start): Promise<string> {
  const server = spawnServerProcess({ dataDir, port, env: { STELLWERK_DEMO: 'none', STELLWERK_MODEL_SERVER_URL: product.models.url, ...env } });
  const code = await server.gone;
  expect(code, server.output()).not.toBe(0);
  expect(server.output()).not.toMatch(/^\s+at /m);
  return server.output().trim();
}

describe('the server refuses to start', () => {
  it('on a folder that another server uses; the first one goes on', async () => {
    expect(await refusal({ dataDir: product.dataDir })).toBe(`Another Stellwerk process is using the data folder ${product.dataDir}. End it first, or set STELLWERK_DATA to another folder.`);
    expect((await sendDigit(product)).view.status).toBe('in-review');
  });

  it('on a port that somebody else listens on', async () => {
    expect(await refusal({ port: takenPort })).toMatch(new RegExp(`^The port ${takenPort} .*STELLWERK_PORT.*\\.$`));
  });

  it('on an address that is not of this machine', async () => {
    expect(await refusal({ env: { STELLWERK_HOST: '192.0.2.1' } })).toMatch(/^.*192\.0\.2\.1.*STELLWERK_HOST.*\.$/);
  });

  it('where the data folder is a file', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    expect(await refusal({ dataDir: file })).toMatch(/^The data folder .*a-file.*STELLWERK_DATA.*\.$/);
  });

  it('where a file of the data folder cannot be opened', async () => {
    const strange = join(folder, 'strange');
    await mkdir(join(strange, 'ledger-lock.db'), { recursive: true });
    expect(await refusal({ dataDir: strange })).toMatch(/^The ledger file cannot be opened\. Check that the data folder exists/);
  });

  it('where a file of the data folder is damaged', async () => {
    const damaged = join(folder, 'damaged');
    await mkdir(damaged);
    await writeFile(join(damaged, 'ledger.db'), 'no database at all, but long enough to be looked at by SQLite '.repeat(20));
    expect(await refusal({ dataDir: damaged })).toMatch(/not a database\. Restore it from a backup/);
  });

  it("where the engine's file is damaged", async () => {
    const damaged = join(folder, 'damaged-engine');
    await mkdir(damaged);
    await writeFile(join(damaged, 'engine.db'), 'no database at all, but long enough to be looked at by SQLite '.repeat(20));
    expect(await refusal({ dataDir: damaged })).toMatch(/engine\.db.*\. Restore/);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong port', { STELLWERK_PORT: 'http' }, /^STELLWERK_PORT must be a whole number from 0 to 65535; found "http"\. Set it right or leave it out\.$/],
    ['a misspelt name', { STELLWERK_PROT: '4600' }, /^STELLWERK_PROT is not a setting\. Known are: /],
    ['a time zone that does not exist', { STELLWERK_TIMEZONE: 'Europe/Entenhausen' }, /^STELLWERK_TIMEZONE must be an IANA time zone/],
  ])('with %s', async (_name, env, sentence) => {
    expect(await refusal({ env })).toMatch(sentence);
  });
});

// Permissions do not hold root back, and tests may run as root: the words alone.
it.each(['EACCES', 'EROFS'])('a data folder that answers %s is named in a sentence', (code) => {
  expect(asFolderRefusal(Object.assign(new Error('mkdir'), { code }), '/data')).toMatchObject({ message: expect.stringMatching(/^The data folder \/data .*STELLWERK_DATA.*\.$/) });
});

const broken: [string, string, RegExp][] = [
  ['cut off', '<?xml version="1.0"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">\n  <bpmn:process id="p" isExecutable="true">\n    <bpmn:startEvent', /broken\.bpmn.*line 4/s],
  [
    'with a flow to nowhere',
    diagram('<bpmn:startEvent id="s"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>\n    <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="nowhere"/>'),
    /broken\.bpmn.*nowhere/s,
  ],
  [
    'with an element that is not supported',
    diagram('<bpmn:startEvent id="s"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>\n    <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="c"/>\n    <bpmn:complexGateway id="c"><bpmn:incoming>f</bpmn:incoming></bpmn:complexGateway>'),
    /broken\.bpmn.*line 6.*complexGateway/is,
  ],
];

describe('a diagram that is broken', () => {
  it.each(broken)('%s is refused by a deployment over /v2, with file, line and reason', async (_name, xml, reason) => {
    const form = new FormData();
    form.append('resources', new File([xml], 'broken.bpmn'));
    const answer = await fetch(`${product.stellwerk.url}/v2/deployments`, { method: 'POST', headers: product.engineClient.headers, body: form });
    const problem = (await answer.json()) as { detail: string };
    expect(answer.status, problem.detail).toBe(400);
    expect(problem.detail).toMatch(reason);
  });

  it.each(broken)('%s in a folder of processes/ keeps the server from starting, with the same words', async (name, xml, reason) => {
    const processes = await mkdtemp(join(folder, 'processes-'));
    await mkdir(join(processes, 'mine'));
    await writeFile(join(processes, 'mine/broken.bpmn'), xml);
    const before = await countEverything(product);
    const { engineClient, ledger } = product.stellwerk;
    const deployed = deployProcesses({ client: engineClient, ledger, log: createLog('silent'), folder: processes });
    await expect(deployed, name).rejects.toThrow(reason);
    await expect(deployed).rejects.toThrow(/^The process folder processes\/mine could not be deployed: /);
    expect(await countEverything(product)).toEqual(before);
  });
});

function diagram(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">\n  <bpmn:process id="p" isExecutable="true">\n    ${body}\n  </bpmn:process>\n</bpmn:definitions>`;
}
