// The whole life of releases in the product, on the real Kubernetes API, Model Registry and Pipelines servers: retrain, evaluate
// through the serving endpoints, decide, shadow, canary 10, 50, 100, live, expire, promote again, roll back in the canary.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReleaseDetail, ReleaseList, ReleaseState } from '../../api/contract/releases.ts';
import { getService, openRelease, putRoutingTable, putService, raiseAlarm } from '../../ledger/index.ts';
import { startModelServer, type ModelServer } from '../../models/server/index.ts';
import { routingTableDigest } from '../../workers/deployed-routing-table.ts';
import type { Platform } from '../../workers/kubeflow/ports.ts';
import { creditInput } from '../api/open-api.ts';
import { startProduct, startTestCase, type Hand, type Product } from '../api/product.ts';
import { inState, openBundle } from '../product/release-steps.ts';
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { startKServeIngress, type KServeIngress } from './kserve-ingress.ts';
import { createKServeStandIn, type KServeStandIn, type Outcome } from './kserve-stand-in.ts';
import type { KubernetesHand } from './kubernetes-hand.ts';
import { newNamespace, pipelineYaml, startRig, whyNoServers, type Rig } from './rig.ts';

const models = join(import.meta.dirname, '../../models');
const dayMs = 86_400_000;
const patience = { timeout: 60_000, interval: 50 };
const options = { signal: new AbortController().signal };

/** The second time the answer of each change is lost once on all three servers, as if the worker had been killed before it could report. */
describe.skipIf(whyNoServers !== null).each([
  { name: 'undisturbed', family: 'credit-risk', lost: false },
  { name: 'with the answer of each change lost once', family: 'credit-lost', lost: true },
])('the whole life of a release on real servers, $name', ({ family, lost }) => {
  const candidate = `${family}-v2`;
  const proxies: CuttingProxy[] = [];
  const namespace = newNamespace();
  let rig: Rig;
  let server: ModelServer;
  let ingress: KServeIngress;
  let hand: KubernetesHand;
  let kserve: KServeStandIn;
  let outcome: Outcome = 'ready';
  let endFollowing: () => Promise<void>;
  let product: Product;
  let platform: Platform;
  let people: Record<'approver' | 'owner' | 'engineer', Hand>;
  let champion: string;

  beforeAll(async () => {
    rig = await startRig();
    server = await startModelServer({ port: 0, folder: models });
    ingress = await startKServeIngress({ modelServer: server.url, service: 'credit-risk', modelOf: (revision) => /^s3:\/\/models\/(.+)$/.exec(kserve.storageUriOf(revision) ?? '')?.[1] ?? null });
    hand = rig.kubernetes(namespace);
    kserve = createKServeStandIn(hand, ingress.urlOf);
    endFollowing = kserve.follow('credit-risk', () => outcome);
    product = await startProduct({
      env: {
        KSERVE_NAMESPACE: namespace,
        KUBECONFIG: lost ? await rig.kubeconfigWith('admin-token', await through(rig.kubernetesUrl, rig.certificate)) : rig.kubeconfig,
        KUBEFLOW_PIPELINES_URL: lost ? await through(rig.pipelinesUrl) : rig.pipelinesUrl,
        MODEL_REGISTRY_URL: lost ? await through(rig.registryUrl) : rig.registryUrl,
        STELLWERK_MODEL_SERVER_URL: server.url,
        STELLWERK_UI: 'skip',
        STELLWERK_DEMO: 'none',
      },
      workerSettings: (usual) => ({ ...usual, promotion: { ...usual.promotion, checkEveryMs: 200, retryAfterMs: 300, runCheckEveryMs: 300 } }),
    });
    platform = rig.platform({ namespace });
    await signIn();
    await openChampion();
  });
  afterAll(async () => {
    await product?.close();
    await endFollowing?.();
    await ingress?.stop();
    await server?.close();
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await rig?.stop();
  });

  async function through(target: string, certificate?: string): Promise<string> {
    const proxy = await startCuttingProxy(target, certificate);
    proxy.cutEachChangeOnce();
    proxies.push(proxy);
    return proxy.url;
  }

  /** Again after the clock was moved: sessions end. */
  async function signIn(): Promise<void> {
    people = { approver: await product.as('approver'), owner: await product.as('process-owner'), engineer: await product.as('ml-engineer') };
  }

  const digestOf = async (model: string) => createHash('sha256').update(await readFile(join(models, `credit-risk/artefacts/${model}/model.onnx`))).digest('hex');
  const isvc = () => hand.get('credit-risk');
  const storageUri = async () => (await isvc())?.spec.predictor.model?.['storageUri'];
  const percent = async () => (await isvc())?.spec.predictor.canaryTrafficPercent;
  const detail = (release: string) => people.owner.get<ReleaseDetail>(`/api/releases/${release}`);

  /** Version 1 serves on KServe, is registered, and decides as a pilot; the service names its retraining pipeline. */
  async function openChampion(): Promise<void> {
    const { ledger, clock } = product.stellwerk;
    const digest = await digestOf('credit-risk-v1');
    const pipeline = await platform.pipelines.uploadPipeline({ name: `retrain-${namespace}`, yaml: await pipelineYaml() }, options);
    const service = await getService(ledger, 'credit-risk');
    if (service === null) throw new Error('there is no service credit-risk');
    await putService(ledger, { ...service.definition, retraining: { ...pipeline, parameters: { n_estimators: 7 }, maxHours: 1 } }, 'system:test');
    await putRoutingTable(ledger, { service: 'credit-risk', digest: routingTableDigest(await readFile('processes/anomaly-routing/routing.dmn', 'utf8')), by: 'system:test' });
    await platform.registry.registerVersion({ model: { name: 'credit-risk' }, version: { name: '1' }, artifact: { uri: 's3://models/credit-risk-v1', format: { name: 'onnx' }, digest } }, options);
    await platform.deployment.deploy({ service: 'credit-risk', name: 'credit-risk-v1', storageUri: 's3://models/credit-risk-v1', format: { name: 'onnx' }, digest }, options);
    const opened = await openRelease(ledger, { service: 'credit-risk', mode: 'pilot', model: { name: 'credit-risk-v1', version: '1', digest }, certificate: null, validUntil: clock.now() + 300 * dayMs, openedBy: 'system:test' });
    if (opened.kind !== 'opened') throw new Error(opened.message);
    champion = opened.release.releaseId;
  }

  const reaches = (release: string, state: ReleaseState) => inState(detail, release, state, patience);

  /** The newest release of the service, once it is in this state. */
  async function newestIn(state: ReleaseState): Promise<ReleaseDetail> {
    return vi.waitFor(async () => {
      const { items } = await people.owner.get<ReleaseList>('/api/releases?service=credit-risk');
      if (items[0]?.state !== state) throw new Error(`the newest is ${JSON.stringify(items[0])}`);
      return detail(items[0].release);
    }, patience);
  }

  async function approve(release: string, validUntil: string | null = null): Promise<void> {
    const evidenceDigest = await openBundle(detail, release, patience);
    for (const person of [people.approver, people.owner]) await person.post(`/api/releases/${release}/votes`, { answer: 'approve', evidenceDigest, validUntil });
  }

  /** Ends the wait of the step that the release is in, once it waits. */
  const stepOn = (release: string) =>
    vi.waitFor(async () => {
      const answer = await people.owner.call('POST', `/api/releases/${release}/step`);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    }, patience);

  const atShare = (release: string, share: number) =>
    vi.waitFor(async () => {
      expect(await detail(release)).toMatchObject({ state: 'canary', share });
      expect(await percent()).toBe(share);
    }, patience);

  it('a retraining asked for by people runs on Pipelines, and its version is proposed', async () => {
    await raiseAlarm(product.stellwerk.ledger, { releaseId: champion, kind: 'drift', window: 'w-1', facts: {} });
    await vi.waitFor(async () => { expect((await detail(champion)).reassessment).toBe(true); }, patience);
    await people.owner.post(`/api/releases/${champion}/reassessment`, { answer: 'retrain', reason: 'drift' });
    const run = await vi.waitFor(async () => {
      const { runs } = await platform.pipelines.listRuns({ pageSize: 50 }, options);
      const found = runs.find(({ key }) => key?.startsWith(`retrain-credit-risk-${champion}-`));
      if (found === undefined) throw new Error('no run was started');
      return found;
    }, patience);
    expect(run).toMatchObject({ state: 'running', parameters: { n_estimators: 7 } });
    await rig.reportRun(run.runId, 'Running');
    // The pipeline's last step: it trained and registered version 2.
    await platform.registry.registerVersion(
      { model: { name: family }, version: { name: '2', author: 'cleo', description: '# Credit risk v2', properties: { 'pipeline-run': run.runId } }, artifact: { uri: 's3://models/credit-risk-v2', format: { name: 'onnx' }, digest: await digestOf('credit-risk-v2') } },
      options,
    );
    await rig.reportRun(run.runId, 'Succeeded');
    const proposed = await vi.waitFor(async () => {
      const { items } = await people.owner.get<ReleaseList>('/api/releases?service=credit-risk');
      const found = items.find(({ modelName }) => modelName === candidate);
      if (found === undefined) throw new Error('nothing was proposed');
      return detail(found.release);
    }, patience);
    expect(proposed).toMatchObject({ source: 'pipeline', modelVersion: '2' });
  });

  it('promotes it: evaluated at its own revision, approved by two people, shadow, canary 10, 50, 100, live on KServe and in the registry', async () => {
    const { release } = await newestIn('evaluated');
    expect(await percent()).toBe(0);
    const evaluated = await detail(release);
    expect(evaluated.evidence.map(({ kind }) => kind).sort()).toEqual(expect.arrayContaining(['artefact', 'evaluation', 'gate', 'pipeline-run', 'registry']));
    await approve(release, new Date(product.stellwerk.clock.now() + 20 * dayMs).toISOString());
    await reaches(release, 'shadow');
    await stepOn(release);
    for (const share of [10, 50, 100]) {
      await atShare(release, share);
      await stepOn(release);
    }
    await reaches(release, 'live');
    await vi.waitFor(async () => {
      expect((await isvc())?.spec.predictor).not.toHaveProperty('canaryTrafficPercent');
      expect(await platform.deployment.readiness({ service: 'credit-risk', name: candidate }, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100 });
    }, patience);
    const model = await platform.registry.findModel(family, options);
    await vi.waitFor(async () => {
      const version = (await platform.registry.listVersions(model?.id ?? '', options)).find(({ name }) => name === '2');
      expect(version?.properties).toMatchObject({ stellwerk_release: release, stellwerk_stage: 'live', stellwerk_valid_until: expect.stringMatching(/^20\d\d-/) });
    }, patience);
    expect((await detail(champion)).state).toBe('superseded');
  });

  it('expires without an answer: the predecessor serves again, on KServe too', async () => {
    const { release } = await newestIn('live');
    const { clock } = product.stellwerk;
    clock.pin(clock.now() + 21 * dayMs);
    await signIn();
    await reaches(release, 'expired');
    clock.reset();
    await signIn();
    await vi.waitFor(async () => {
      expect(await storageUri()).toBe('s3://models/credit-risk-v1');
      expect(await platform.deployment.readiness({ service: 'credit-risk', name: 'credit-risk-v1' }, options)).toMatchObject({ state: 'ready', role: 'stable' });
    }, patience);
    const { items } = await people.owner.get<ReleaseList>('/api/releases?service=credit-risk&state=live');
    expect(items).toMatchObject([{ kind: 'rollback', modelName: 'credit-risk-v1' }]);
  });

  it('rolls a canary back in one action, though its InferenceService is not ready any more', async () => {
    const registered = await platform.registry.findModel(family, options);
    const version = (await platform.registry.listVersions(registered?.id ?? '', options)).find(({ name }) => name === '2');
    const { release } = await people.engineer.post<ReleaseDetail>('/api/releases', { service: 'credit-risk', model: { name: candidate, version: '2', digest: await digestOf('credit-risk-v2') }, source: 'registry', reference: version?.id ?? null, trainedBy: 'cleo' });
    await approve(release);
    await reaches(release, 'shadow');
    await stepOn(release);
    await atShare(release, 10);
    outcome = { failed: 'node lost' };
    await people.approver.post(`/api/releases/${release}/roll-back`, { reason: 'not ready' });
    expect((await detail(release)).state).toBe('withdrawn');
    await vi.waitFor(async () => {
      expect(await storageUri()).toBe('s3://models/credit-risk-v1');
      expect(await percent()).toBe(0);
    }, patience);
    outcome = 'ready';
    await vi.waitFor(async () => {
      expect(await platform.deployment.readiness({ service: 'credit-risk', name: 'credit-risk-v1' }, options)).toMatchObject({ state: 'ready', trafficPercent: 100 });
      expect(await platform.deployment.readiness({ service: 'credit-risk', name: candidate }, options)).toMatchObject({ state: 'absent' });
    }, patience);
    expect(await startTestCase(product, 'credit-risk', creditInput)).toMatchObject({ status: 'in-review' });
  });

  it('left one run and one version, whatever was lost', async () => {
    const { runs } = await platform.pipelines.listRuns({ pageSize: 100 }, options);
    expect(runs.filter(({ key }) => key?.includes(champion))).toHaveLength(1);
    const model = await platform.registry.findModel(family, options);
    expect((await platform.registry.listVersions(model?.id ?? '', options)).filter(({ name }) => name === '2')).toHaveLength(1);
    // Kubernetes: two candidates, four shares, promoted, restored, taken back. Pipelines: the run. Registry: states and what is served.
    if (lost) expect(proxies.map((proxy) => proxy.cuts())).toEqual([9, 1, expect.any(Number)]);
  });
});
