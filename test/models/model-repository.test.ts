// The model repository of the local server: load, unload and index, in the shapes of KServe and MLServer.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startModelServer, type ModelServer, type ModelServerOptions } from '../../models/server/index.ts';

const folder = path.join(import.meta.dirname, '../../models');
const application = [4526, 27, 2, 4, 1, 0];
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(options: Partial<ModelServerOptions> = {}): Promise<ModelServer> {
  const server = await startModelServer({ port: 0, folder, ...options });
  undo.push(() => server.close());
  return server;
}

async function call(server: ModelServer, method: 'GET' | 'POST', url: string, body?: unknown) {
  const response = await fetch(server.url + url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

const states = async (server: ModelServer) => {
  const { body } = await call(server, 'POST', '/v2/repository/index', {});
  return Object.fromEntries(body.map(({ name, state }: { name: string; state: string }) => [name, state]));
};

describe('the model repository', () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await start({ load: ['credit-risk-v1', 'digits-v1'] });
  });

  it('loads at the start the versions named, and lists the others as unavailable', async () => {
    expect(await states(server)).toEqual({ 'credit-risk-v1': 'READY', 'credit-risk-v2': 'UNAVAILABLE', 'digits-v1': 'READY', 'digits-v2': 'UNAVAILABLE' });
    expect((await call(server, 'GET', '/v2/models')).body).toEqual({ models: ['credit-risk-v1', 'digits-v1'] });
    expect((await call(server, 'GET', '/v1/models')).body).toEqual({ models: ['credit-risk-v1', 'digits-v1'] });
  });

  it('answers 404 for a version that is not loaded, on every path, until it is', async () => {
    const absent = { status: 404, body: { error: 'Model with name credit-risk-v2 does not exist.' } };
    for (const url of ['/v2/models/credit-risk-v2', '/v2/models/credit-risk-v2/ready', '/v1/models/credit-risk-v2']) expect(await call(server, 'GET', url)).toEqual(absent);
    expect(await call(server, 'POST', '/v1/models/credit-risk-v2:predict', { instances: [application] })).toEqual(absent);
    expect(await call(server, 'POST', '/v2/repository/models/credit-risk-v2/load')).toEqual({ status: 200, body: { name: 'credit-risk-v2', load: true } });
    expect(await call(server, 'GET', '/v2/models/credit-risk-v2/ready')).toEqual({ status: 200, body: { name: 'credit-risk-v2', ready: true } });
  });

  it('unloads a version, and bears both calls twice', async () => {
    for (let twice = 0; twice < 2; twice += 1) expect(await call(server, 'POST', '/v2/repository/models/digits-v1/unload')).toEqual({ status: 200, body: { name: 'digits-v1', unload: true } });
    expect((await call(server, 'GET', '/v2/models/digits-v1/ready')).status).toBe(404);
    for (let twice = 0; twice < 2; twice += 1) expect((await call(server, 'POST', '/v2/repository/models/digits-v1/load')).status).toBe(200);
    expect((await call(server, 'GET', '/v2/models/digits-v1/ready')).status).toBe(200);
  });

  it('answers the predictions that wait already when their version is unloaded', async () => {
    const waiting = Array.from({ length: 50 }, () => call(server, 'POST', '/v1/models/credit-risk-v1:predict', { instances: [application] }));
    const unloaded = call(server, 'POST', '/v2/repository/models/credit-risk-v1/unload');
    const statuses = (await Promise.all(waiting)).map(({ status }) => status);
    expect((await unloaded).status).toBe(200);
    expect(statuses.every((status) => status === 200 || status === 404)).toBe(true);
    expect((await call(server, 'POST', '/v1/models/credit-risk-v1:predict', { instances: [application] })).status).toBe(404);
  });

  it('answers 404 for a version that is not in the folder', async () => {
    for (const verb of ['load', 'unload'])
      expect(await call(server, 'POST', `/v2/repository/models/nope/${verb}`)).toEqual({ status: 404, body: { error: 'Model with name nope does not exist.' } });
  });

  it('lists with or without a body, with family and digest, and loaded ones alone where asked', async () => {
    const manifest = JSON.parse(await readFile(path.join(folder, 'digits/artefacts/digits-v1/model.json'), 'utf8'));
    const entry = { name: 'digits-v1', version: '1', state: 'READY', reason: '', parameters: { family: 'digits', sha256: manifest.sha256, card: await readFile(path.join(folder, 'digits/artefacts/digits-v1/CARD.md'), 'utf8'), code: expect.stringMatching(/^digits\/train\.py@sha256:[0-9a-f]{64}$/) } };
    expect((await call(server, 'POST', '/v2/repository/index')).body).toContainEqual(entry);
    const ready = await call(server, 'POST', '/v2/repository/index', { ready: true });
    expect(ready.body.map(({ name }: { name: string }) => name)).toEqual(['credit-risk-v1', 'digits-v1']);
    expect((await call(server, 'POST', '/v2/repository/index', { ready: 'yes' })).status).toBe(422);
    expect((await call(server, 'GET', '/v2/repository/index')).status).toBe(405);
  });
});

describe('loading at the start', () => {
  it('loads whole the families none of whose versions is named', async () => {
    const server = await start({ load: ['credit-risk-v2', 'gone'] });
    expect(await states(server)).toEqual({ 'credit-risk-v1': 'UNAVAILABLE', 'credit-risk-v2': 'READY', 'digits-v1': 'READY', 'digits-v2': 'READY' });
  });
});

describe('files that change', () => {
  async function copyOfCredit(): Promise<string> {
    const copy = await mkdtemp(path.join(tmpdir(), 'models-'));
    undo.push(() => rm(copy, { recursive: true }));
    await cp(path.join(folder, 'credit-risk/artefacts/credit-risk-v1'), path.join(copy, 'credit-risk/artefacts/credit-risk-v1'), { recursive: true });
    return copy;
  }

  it('finds a version that was trained while the server runs', async () => {
    const copy = await copyOfCredit();
    const server = await start({ folder: copy });
    await cp(path.join(folder, 'credit-risk/artefacts/credit-risk-v2'), path.join(copy, 'credit-risk/artefacts/credit-risk-v2'), { recursive: true });
    expect(await states(server)).toEqual({ 'credit-risk-v1': 'READY', 'credit-risk-v2': 'UNAVAILABLE' });
    expect((await call(server, 'POST', '/v2/repository/models/credit-risk-v2/load')).status).toBe(200);
    expect(await states(server)).toEqual({ 'credit-risk-v1': 'READY', 'credit-risk-v2': 'READY' });
  });

  it('leaves out a manifest that is being written', async () => {
    const copy = await copyOfCredit();
    const server = await start({ folder: copy });
    await cp(path.join(folder, 'credit-risk/artefacts/credit-risk-v2'), path.join(copy, 'credit-risk/artefacts/credit-risk-v2'), { recursive: true });
    await writeFile(path.join(copy, 'credit-risk/artefacts/credit-risk-v2/model.json'), '{"name":"credit-risk-v2"}');
    expect(await states(server)).toEqual({ 'credit-risk-v1': 'READY' });
  });

  it('answers 503 with the reason for a file that is not the one its manifest names, and keeps it in the index', async () => {
    const copy = await copyOfCredit();
    const server = await start({ folder: copy, load: ['credit-risk-v1'] });
    await call(server, 'POST', '/v2/repository/models/credit-risk-v1/unload');
    await writeFile(path.join(copy, 'credit-risk/artefacts/credit-risk-v1/model.onnx'), 'another file');
    const refused = await call(server, 'POST', '/v2/repository/models/credit-risk-v1/load');
    expect(refused.status).toBe(503);
    expect(refused.body.error).toMatch(/^Model with name credit-risk-v1 is not ready\. .*has the digest/);
    expect((await call(server, 'POST', '/v2/repository/index', {})).body[0]).toMatchObject({ state: 'UNAVAILABLE', reason: expect.stringContaining('has the digest') });
  });
});
