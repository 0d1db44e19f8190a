// Calls of a platform: what is tried again and what is not, time limits, credentials, the circuit breaker.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serviceConnector } from '../../../workers/kubeflow/http/connection.ts';
import { createPlatformClient, json, type PlatformClient } from '../../../workers/kubeflow/http/platform-client.ts';
import { readRegistryFault } from '../../../workers/kubeflow/registry/registry-fault.ts';
import type { CallLimits, ServiceSettings } from '../../../workers/kubeflow/settings.ts';
import { service, shortLimits, signal, standIn } from './platform-fixture.ts';

function clientOf(settings: ServiceSettings, limits: Partial<CallLimits> = {}, clock = { now: () => 0 }, random = () => 0): PlatformClient {
  return createPlatformClient({ system: 'model-registry', connector: serviceConnector('model-registry', settings), readFault: readRegistryFault, limits: { ...shortLimits, ...limits }, clock, random });
}

const get = { method: 'GET' as const, path: 'things', repeatable: true, signal };
const create = { method: 'POST' as const, path: 'things', body: json({ name: 'a' }), repeatable: false, signal };

describe('a call of a platform', () => {
  it.each([429, 500, 502, 503, 504])('is tried again after %i, and the answer is taken', async (status) => {
    const server = await standIn((_, nth) => (nth < 3 ? { status, json: { code: 'x', message: 'later' } } : { json: { id: '1' } }));
    expect(await clientOf(service(server.url)).send(get)).toEqual({ id: '1' });
    expect(server.calls).toHaveLength(3);
  });

  it.each([
    [400, 'invalid'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'permanent'],
    [409, 'conflict'],
    [415, 'invalid'],
    [422, 'invalid'],
    [501, 'permanent'],
    [302, 'permanent'],
  ])('is not tried again after %i, which is %s', async (status, kind) => {
    const server = await standIn(() => ({ status, headers: { location: 'http://127.0.0.1:1/' }, json: { code: 'Bad Request', message: 'name is zero value' } }));
    await expect(clientOf(service(server.url)).send(get)).rejects.toMatchObject({ name: 'PlatformError', system: 'model-registry', kind, status, detail: 'Bad Request: name is zero value' });
    expect(server.calls).toHaveLength(1);
  });

  it('that creates something is not sent again once it may have arrived', async () => {
    for (const reply of [{ status: 500, json: {} }, { status: 503, json: {} }, 'cut', 'silence'] as const) {
      const server = await standIn(() => reply);
      await expect(clientOf(service(server.url), { timeLimitMs: 100 }).send(create)).rejects.toMatchObject({ kind: 'transient' });
      expect(server.calls).toHaveLength(1);
    }
  });

  it('that creates something is sent again where it surely did nothing: 429, 503 with a time', async () => {
    for (const reply of [{ status: 429 }, { status: 503, headers: { 'retry-after': '0' } }]) {
      const server = await standIn((_, nth) => (nth === 1 ? reply : { json: { id: '1' } }));
      expect(await clientOf(service(server.url)).send(create)).toEqual({ id: '1' });
      expect(server.calls.map(({ body }) => body)).toEqual(['{"name":"a"}', '{"name":"a"}']);
    }
  });

  it('tells when the server wants to be asked again', async () => {
    const server = await standIn(() => ({ status: 503, headers: { 'retry-after': '7' } }));
    await expect(clientOf(service(server.url), { attempts: 1 }).send(get)).rejects.toMatchObject({ kind: 'transient', retryAfterMs: 7_000 });
  });

  it('waits at random between half and all of the doubled pause', async () => {
    const server = await standIn(() => ({ status: 500 }));
    const asked: number[] = [];
    const random = () => { asked.push(asked.length); return 1; };
    const started = performance.now();
    await expect(clientOf(service(server.url), { firstPauseMs: 20, maxPauseMs: 1_000 }, { now: () => 0 }, random).send(get)).rejects.toMatchObject({ kind: 'transient' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(58);
    expect(asked).toHaveLength(2);
  });

  it('ends at its time limit with a sentence', async () => {
    const server = await standIn(() => 'silence');
    await expect(clientOf(service(server.url), { timeLimitMs: 50, attempts: 1 }).send(get)).rejects.toMatchObject({ kind: 'transient', message: 'The Model Registry did not answer within 50 ms.' });
  });

  it("ends with the caller's own reason when it is cancelled, while it waits for an answer and between tries", async () => {
    for (const reply of ['silence', { status: 500 }] as const) {
      const reason = new Error('the job was given back');
      const cancelled = new AbortController();
      const server = await standIn(() => {
        setTimeout(() => { cancelled.abort(reason); }, 5);
        return reply;
      });
      await expect(clientOf(service(server.url), { firstPauseMs: 1_000, maxPauseMs: 1_000 }).send({ ...get, signal: cancelled.signal })).rejects.toBe(reason);
    }
  });

  it('says that nobody listens, that a name leads nowhere, and what is no JSON', async () => {
    const gone = await standIn(() => ({}));
    await gone.close();
    await expect(clientOf(service(gone.url)).send(create)).rejects.toMatchObject({ kind: 'transient', message: expect.stringContaining('ECONNREFUSED') });
    const page = await standIn(() => ({ text: '<html>sign in</html>' }));
    await expect(clientOf(service(page.url)).send(get)).rejects.toMatchObject({ kind: 'permanent', message: expect.stringContaining('Is the address right?'), detail: '<html>sign in</html>' });
    expect(page.calls).toHaveLength(1);
  });

  it('takes an empty answer for none', async () => {
    const server = await standIn(() => ({ text: '' }));
    expect(await clientOf(service(server.url)).send(create)).toBeNull();
  });

  it('carries a fixed token, or reads its file anew at each call', async () => {
    const server = await standIn(() => ({ json: {} }));
    await clientOf({ ...service(server.url), token: { kind: 'fixed', token: 'one' } }).send(get);
    const folder = await mkdtemp(join(tmpdir(), 'stellwerk-token-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'token');
    const client = clientOf({ ...service(server.url), token: { kind: 'file', path } });
    await writeFile(path, 'two\n');
    await client.send(get);
    await writeFile(path, 'three\n');
    await client.send(get);
    expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', 'Bearer two', 'Bearer three']);
    await rm(path);
    await expect(client.send(get)).rejects.toMatchObject({ kind: 'unauthorized', message: expect.stringContaining(path) });
  });

  it('reads a token file once more after 401, and gives up after the second', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stellwerk-token-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'token'), 'old');
    const token = { kind: 'file' as const, path: join(folder, 'token') };
    const renewed = await standIn((_, nth) => (nth === 1 ? { status: 401 } : { json: { id: '1' } }));
    expect(await clientOf({ ...service(renewed.url), token }).send(create)).toEqual({ id: '1' });
    const refused = await standIn(() => ({ status: 401 }));
    await expect(clientOf({ ...service(refused.url), token }).send(create)).rejects.toMatchObject({ kind: 'unauthorized', status: 401 });
    expect(refused.calls).toHaveLength(2);
  });

  it('is not made while the circuit is open; one call then tries', async () => {
    let now = 0;
    let up = false;
    const server = await standIn(() => (up ? { json: { id: '1' } } : { status: 500 }));
    const client = clientOf(service(server.url), { attempts: 1, breaker: { failures: 2, openMs: 1_000 } }, { now: () => now });
    for (let tries = 0; tries < 2; tries += 1) await expect(client.send(get)).rejects.toMatchObject({ status: 500 });
    await expect(client.send(get)).rejects.toMatchObject({ kind: 'transient', message: expect.stringContaining('not asked again yet'), retryAfterMs: 1_000 });
    expect(server.calls).toHaveLength(2);
    up = true;
    now = 1_000;
    expect(await client.send(get)).toEqual({ id: '1' });
    expect(await client.send(get)).toEqual({ id: '1' });
  });
});
