// A worker killed between an effect and its report: the answer of each changing call is cut off, the call is made again, nothing happens twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../../workers/kubeflow/ports.ts';
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { createKServeStandIn } from './kserve-stand-in.ts';
import { newNamespace, pipelineYaml, startRig, whyNoServers, type Rig } from './rig.ts';

const isChange = (method: string) => method !== 'GET';
const digest = 'a'.repeat(64);

describe.skipIf(whyNoServers !== null)('a worker killed between the effect and its report', () => {
  const options = { signal: new AbortController().signal };
  const namespace = newNamespace();
  let rig: Rig;
  let proxies: { kubernetes: CuttingProxy; pipelines: CuttingProxy; registry: CuttingProxy };
  let platform: Platform;
  beforeAll(async () => {
    rig = await startRig();
    proxies = { kubernetes: await startCuttingProxy(rig.kubernetesUrl, rig.certificate), pipelines: await startCuttingProxy(rig.pipelinesUrl), registry: await startCuttingProxy(rig.registryUrl) };
    platform = rig.platform({ namespace, kubeconfig: await rig.kubeconfigWith('admin-token', proxies.kubernetes.url), pipelinesUrl: proxies.pipelines.url, registryUrl: proxies.registry.url });
  });
  afterAll(async () => {
    await Promise.all(Object.values(proxies ?? {}).map((proxy) => proxy.stop()));
    await rig?.stop();
  });

  /** The answer of the first change is lost; whatever the call then says, it is made again. */
  async function withLostAnswer<T>(proxy: CuttingProxy, call: () => Promise<T>, when: (method: string, path: string) => boolean = isChange): Promise<T> {
    const before = proxy.cuts();
    proxy.cutNext(when);
    await call().catch((error: unknown) => { expect(error).toMatchObject({ name: 'PlatformError', kind: 'transient' }); });
    expect(proxy.cuts()).toBe(before + 1);
    return call();
  }

  it('deploys, shifts traffic, promotes and removes once', async () => {
    const hand = rig.kubernetes(namespace);
    const kserve = createKServeStandIn(hand);
    const { deployment } = platform;
    const versionOf = (name: string) => ({ service: 'iris', name, storageUri: `s3://models/${name}`, format: { name: 'sklearn' }, digest });
    const steps: [number, () => Promise<unknown>][] = [
      [1, () => deployment.deploy(versionOf('iris-1'), options)],
      [2, () => deployment.deploy(versionOf('iris-2'), options)],
      [3, () => deployment.setCanaryShare(versionOf('iris-2'), 10, options)],
      [4, () => deployment.promote(versionOf('iris-2'), options)],
    ];
    for (const [generation, step] of steps) {
      await withLostAnswer(proxies.kubernetes, step);
      expect((await hand.get('iris'))?.metadata.generation).toBe(generation);
      await kserve.reconcile('iris');
    }
    await withLostAnswer(proxies.kubernetes, () => deployment.remove(versionOf('iris-2'), options));
    expect(await hand.get('iris')).toBeNull();
  });

  it('starts one run, ends it once, and goes on with it once', async () => {
    const { pipelines } = platform;
    const pipeline = await withLostAnswer(proxies.pipelines, async () => pipelines.uploadPipeline({ name: `train-${namespace}`, yaml: await pipelineYaml() }, options));
    const key = `release-${namespace}`;
    const start = () => pipelines.startRun({ key, pipeline, parameters: { n_estimators: 5 } }, options);
    const run = await withLostAnswer(proxies.pipelines, start);
    const { runs } = await pipelines.listRuns({ pageSize: 100 }, options);
    expect(runs.filter((found) => found.key === key).map(({ runId }) => runId)).toEqual([run.runId]);

    await withLostAnswer(proxies.pipelines, () => pipelines.terminateRun(run.runId, options));
    await rig.reportRun(run.runId, 'Failed', 'deadline exceeded');
    expect(await pipelines.getRun(run.runId, { ...options, terminationAsked: true })).toMatchObject({ state: 'canceled' });
    await withLostAnswer(proxies.pipelines, () => pipelines.retryRun(run.runId, options));
    expect(await pipelines.getRun(run.runId, options)).toMatchObject({ state: 'running' });
  });

  it('registers one model, one version and one artefact, and writes the state', async () => {
    const { registry } = platform;
    const wantedOf = (name: string) => ({
      model: { name: `${name}-${namespace}`, owner: 'ml' },
      version: { name: '1', properties: { decision_service: 'iris' } },
      artifact: { uri: 's3://models/iris-1', format: { name: 'sklearn' }, digest },
    });
    for (const path of ['registered_models', 'model_versions', 'artifacts']) {
      const wanted = wantedOf(path.replace('_', '-'));
      const made = await withLostAnswer(proxies.registry, () => registry.registerVersion(wanted, options), (method, url) => method === 'POST' && url.endsWith(path));
      expect((await registry.listModels(options)).filter(({ name }) => name === wanted.model.name)).toHaveLength(1);
      expect(await registry.listVersions(made.model.id, options)).toHaveLength(1);
      expect(await registry.listArtifacts(made.id, options)).toMatchObject([{ digest, uri: 's3://models/iris-1', live: true }]);
    }
    const version = await registry.registerVersion(wantedOf('state'), options);
    const state = { releaseId: 'rel-1', stage: 'canary', validUntil: '2027-02-01T00:00:00.000Z', approvers: ['ada', 'bo'] };
    await withLostAnswer(proxies.registry, () => registry.writeState(version.id, state, options));
    expect((await registry.getVersion(version.id, options)).properties).toEqual({
      decision_service: 'iris',
      stellwerk_release: 'rel-1',
      stellwerk_stage: 'canary',
      stellwerk_valid_until: '2027-02-01T00:00:00.000Z',
      stellwerk_approvers: 'ada, bo',
    });
    for (const deployed of [true, false]) await withLostAnswer(proxies.registry, () => registry.recordServing({ service: `iris-${namespace}`, versionId: version.id, deployed }, options));
  });
});
