// Where versions answer: the platform's endpoint for exactly this version, kept through its silences; never slower for it.
import { afterEach, describe, expect, it } from 'vitest';
import type { Readiness } from '../../../workers/kubeflow/ports.ts';
import { silentLog } from '../../../workers/log.ts';
import { createInferenceClient } from '../../../workers/serving/inference-client.ts';
import { createServingDirectory } from '../../../workers/serving/serving-directory.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';
import { startFakeModelServer, type FakeModelServer } from './fake-model-server.ts';

const opened: FakeModelServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function server(): Promise<FakeModelServer> {
  const one = await startFakeModelServer(({ method }) => (method === 'GET' ? { status: 404, body: { detail: 'Not Found' } } : { body: { predictions: [[0.9, 0.1]] } }));
  opened.push(one);
  return one;
}

const ready = (endpoint: Readiness['endpoint']): Readiness => ({ state: 'ready', message: '', digest: null, role: 'stable', trafficPercent: null, endpoint });

async function setUp(readiness: () => Promise<Readiness>, kind: 'kserve' | 'local' = 'kserve') {
  const common = await server();
  const clock = { time: 0, now: () => clock.time };
  const { serving } = defaultWorkerSettings({ servingAddress: () => common.url });
  let asked = 0;
  const directory = createServingDirectory({
    deployment: { kind, readiness: () => ((asked += 1), readiness()) },
    serving: { ...serving, attempts: 1, breaker: { failures: 1, openMs: 60_000 } },
    common: createInferenceClient(serving, clock),
    clock,
    log: silentLog,
  });
  const ask = async (model = 'risk-v1') => {
    const client = await directory.clientFor({ service: 'risk', model });
    return client.predict({ model, protocol: 'v1', row: [1], classes: ['grant', 'decline'], requestId: 'c', signal: new AbortController().signal });
  };
  return { common, clock, directory, ask, asked: () => asked };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the serving directory', () => {
  it('asks a version at its own endpoint, under the name it has there', async () => {
    const own = await server();
    const { common, ask, asked } = await setUp(async () => ready({ url: own.url, model: 'risk' }));
    await ask();
    await ask();
    expect(own.calls.map(({ path }) => path)).toEqual(['/v1/models/risk:predict', '/v1/models/risk:predict']);
    expect(common.calls).toEqual([]);
    expect(asked()).toBe(1);
  });

  it('asks the common server where the platform names no endpoint, and on the local one without asking anybody', async () => {
    const without = await setUp(async () => ready(null));
    await without.ask();
    expect(without.common.calls.map(({ path }) => path)).toEqual(['/v1/models/risk-v1:predict']);
    const local = await setUp(() => Promise.reject(new Error('never asked')), 'local');
    await local.ask();
    expect([local.common.calls.length, local.asked()]).toEqual([1, 0]);
  });

  it('uses the last known place while the platform is dead or slow, and the new one once it is told', async () => {
    const [first, second] = [await server(), await server()];
    let answer: () => Promise<Readiness> = async () => ready({ url: first.url, model: 'risk' });
    const { clock, ask, asked } = await setUp(() => answer());
    await ask();
    answer = () => Promise.reject(new Error('the cluster is down'));
    clock.time += 11_000;
    await ask();
    await settle();
    answer = () => new Promise(() => undefined);
    clock.time += 11_000;
    await ask();
    await ask();
    expect(first.calls).toHaveLength(4);
    expect(asked()).toBe(3);
    const fresh = await setUp(async () => ready({ url: second.url, model: 'risk' }));
    await fresh.ask();
    expect(second.calls).toHaveLength(1);
  });

  it('moves to another endpoint when the platform names one', async () => {
    const [first, second] = [await server(), await server()];
    let url = first.url;
    const { clock, ask } = await setUp(async () => ready({ url, model: 'risk' }));
    await ask();
    url = second.url;
    clock.time += 11_000;
    await ask();
    await settle();
    await ask();
    expect([first.calls.length, second.calls.length]).toEqual([2, 1]);
  });

  it('asks the platform once for cases that come together', async () => {
    const own = await server();
    const { ask, asked } = await setUp(async () => ready({ url: own.url, model: 'risk' }));
    await Promise.all([ask(), ask(), ask()]);
    expect([asked(), own.calls.length]).toEqual([1, 3]);
  });

  it('keeps the circuit of a failing candidate apart from the version that decides', async () => {
    const [good, bad] = [await server(), await server()];
    bad.answer = () => ({ cut: true });
    let version = 'risk-v1';
    const { ask } = await setUp(async () => ready({ url: version === 'risk-v1' ? good.url : bad.url, model: 'risk' }));
    await ask('risk-v1');
    version = 'risk-v2';
    await expect(ask('risk-v2')).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(ask('risk-v1')).resolves.toMatchObject({ class: 'grant' });
  });
});
