// The promotion of a version whose every prediction the real KServe model server makes (scikit-learn models, KServe 0.21.0), with
// the real Kubernetes API and Model Registry beside it. Only the controller's status and the ingress are stand-ins.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaseView } from '../../api/contract/cases.ts';
import type { ReleaseDetail, ReleaseState } from '../../api/contract/releases.ts';
import { createApiKey, DecisionServiceDefinition, listPredictions, openRelease, putRoutingTable, putService } from '../../ledger/index.ts';
import { routingTableDigest } from '../../workers/deployed-routing-table.ts';
import { evaluateChallenger, EvaluationFailure, type EvaluateOptions } from '../../workers/evaluation/index.ts';
import type { Platform } from '../../workers/kubeflow/ports.ts';
import { createInferenceClient } from '../../workers/serving/inference-client.ts';
import { ServingError } from '../../workers/serving/serving-error.ts';
import { defaultWorkerSettings } from '../../workers/settings.ts';
import { startProduct, type Hand, type Product } from '../api/product.ts';
import { startRealServer, type RealServer } from '../real/shared-servers.ts';
import { inState, openBundle } from '../product/release-steps.ts';
import { startKServeIngress, type KServeIngress } from './kserve-ingress.ts';
import { createKServeStandIn, type KServeStandIn } from './kserve-stand-in.ts';
import type { KubernetesHand } from './kubernetes-hand.ts';
import { newNamespace, startRig, whyNoServers, type Rig } from './rig.ts';

if (whyNoServers !== null) console.log(whyNoServers);

const folder = join(import.meta.dirname, 'iris');
const setosa = { sepalLength: 5.1, sepalWidth: 3.5, petalLength: 1.4, petalWidth: 0.2 };
const patience = { timeout: 30_000, interval: 50 };
const options = { signal: new AbortController().signal };
const iris = async () => DecisionServiceDefinition.parse(JSON.parse(await readFile(join(folder, 'service.json'), 'utf8')));
/** The server keeps no file and tells no digest: ours stands for the model's name. */
const digestOf = (model: string) => createHash('sha256').update(model).digest('hex');
const modelNamed = (name: string, version: string) => ({ name, version, digest: digestOf(name) });

describe.skipIf(whyNoServers !== null)('with the real KServe model server', () => {
  let server: RealServer;
  beforeAll(async () => { server = await startRealServer('kserve'); }, 240_000);
  afterAll(async () => { await server?.stop(); });

  /** How many predictions the server itself says it made with this model. */
  async function predictionsMade(model: string): Promise<number> {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(new RegExp(`^request_predict_seconds_count\\{model_name="${model}"\\} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  }

  describe.each(['v1', 'v2'] as const)('the evaluation over %s', (protocol) => {
    async function evaluate(challenger: string, more: Partial<EvaluateOptions> = {}) {
      const definition = await iris();
      const usual = defaultWorkerSettings({ servingAddress: () => server.url }).serving;
      const inference = createInferenceClient({ ...usual, timeLimitMs: 1_000, firstPauseMs: 20 }, { now: () => Date.now() });
      return evaluateChallenger({
        service: { definition: { ...definition, model: { ...definition.model, protocol } }, version: 1 },
        challenger: { model: modelNamed(challenger, '2'), inference },
        champion: { model: modelNamed('iris', '1'), inference, releaseId: 'rel-1' },
        dataFolder: folder,
        now: 1_000,
        steadyClock: () => performance.now(),
        signal: options.signal,
        ...more,
      });
    }

    it('compares iris-v2 with iris on all 150 rows and certifies it', async () => {
      const before = await predictionsMade('iris-v2');
      const report = await evaluate('iris-v2');
      // 150 rows and 20 to warm up; a busy machine may need a second try.
      expect((await predictionsMade('iris-v2')) - before).toBeGreaterThanOrEqual(170);
      expect(report).toMatchObject({ comparedRows: 150, failures: { champion: 0, challenger: 0 }, certificate: { certified: true } });
      const accuracy = report.measures.find(({ id }) => id === 'accuracy');
      expect(accuracy?.champion).toBeGreaterThan(0.95);
      expect(accuracy?.challenger).toBeGreaterThan(accuracy?.champion ?? 1);
    });

    it('finds nothing to compare where the challenger raises, and no answer where it is too slow', async () => {
      // The server closes the connection behind an error without saying so: one row at a time, so that a second try has a new one.
      const failed = await evaluate('faulty', { champion: null, parallel: 1 }).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(EvaluationFailure);
      expect(failed).toMatchObject({ reason: 'NO_ANSWERS' });
      const late = await evaluate('slow').catch((error: unknown) => error);
      expect(late).toBeInstanceOf(ServingError);
      expect(late).toMatchObject({ kind: 'unavailable' });
    });
  });

  describe('a promotion', () => {
    const namespace = newNamespace();
    let rig: Rig;
    let ingress: KServeIngress;
    let hand: KubernetesHand;
    let kserve: KServeStandIn;
    let endFollowing: () => Promise<void>;
    let product: Product;
    let platform: Platform;
    let people: Record<'approver' | 'owner' | 'engineer', Hand>;

    beforeAll(async () => {
      rig = await startRig();
      hand = rig.kubernetes(namespace);
      ingress = await startKServeIngress({ modelServer: server.url, service: 'iris', modelOf: (revision) => /^s3:\/\/models\/(.+)$/.exec(kserve.storageUriOf(revision) ?? '')?.[1] ?? null });
      kserve = createKServeStandIn(hand, ingress.urlOf);
      endFollowing = kserve.follow('iris');
      product = await startProduct({
        env: {
          KSERVE_NAMESPACE: namespace,
          KUBECONFIG: rig.kubeconfig,
          MODEL_REGISTRY_URL: rig.registryUrl,
          // Whatever is asked elsewhere than at its own revision fails.
          STELLWERK_MODEL_SERVER_URL: 'http://127.0.0.1:1',
          STELLWERK_EVALUATION_DATA: folder,
          STELLWERK_UI: 'skip',
          STELLWERK_DEMO: 'none',
        },
        workerSettings: (usual) => ({ ...usual, promotion: { ...usual.promotion, checkEveryMs: 200, retryAfterMs: 300 } }),
      });
      platform = rig.platform({ namespace });
      people = { approver: await product.as('approver'), owner: await product.as('process-owner'), engineer: await product.as('ml-engineer') };
      await openChampion();
    }, 180_000);
    afterAll(async () => {
      await product?.close();
      await endFollowing?.();
      await ingress?.stop();
      await rig?.stop();
    });

    async function openChampion(): Promise<void> {
      const { ledger, clock } = product.stellwerk;
      await putService(ledger, await iris(), 'system:test');
      await putRoutingTable(ledger, { service: 'iris', digest: routingTableDigest(await readFile('processes/anomaly-routing/routing.dmn', 'utf8')), by: 'system:test' });
      await platform.deployment.deploy({ service: 'iris', name: 'iris', storageUri: 's3://models/iris', format: { name: 'sklearn' }, digest: digestOf('iris'), protocol: 'v2' }, options);
      const opened = await openRelease(ledger, { service: 'iris', mode: 'pilot', model: modelNamed('iris', '1'), certificate: null, validUntil: clock.now() + 30 * 86_400_000, openedBy: 'system:test' });
      if (opened.kind !== 'opened') throw new Error(opened.message);
    }

    async function propose(name: string): Promise<string> {
      const model = modelNamed(name, '2');
      // Names are the registry's for good, and other runs may use the same one.
      const version = await platform.registry.registerVersion(
        { model: { name: `${name}-${namespace}` }, version: { name: '2', author: 'cleo', description: `# ${name}, of scikit-learn` }, artifact: { uri: `s3://models/${name}`, format: { name: 'sklearn' }, digest: model.digest } },
        options,
      );
      const { release } = await people.engineer.post<ReleaseDetail>('/api/releases', { service: 'iris', model, source: 'registry', reference: version.id, trainedBy: 'cleo' });
      return release;
    }

    const detail = (release: string) => people.owner.get<ReleaseDetail>(`/api/releases/${release}`);

    const reaches = (release: string, state: ReleaseState) => inState(detail, release, state, patience);

    async function approve(release: string): Promise<void> {
      const evidenceDigest = await openBundle(detail, release, patience);
      for (const person of [people.approver, people.owner]) await person.post(`/api/releases/${release}/votes`, { answer: 'approve', evidenceDigest, validUntil: null });
    }

    const stepOn = (release: string) =>
      vi.waitFor(async () => {
        const answer = await people.owner.call('POST', `/api/releases/${release}/step`);
        if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      }, patience);

    it('refuses a candidate whose model raises', async () => {
      const found = await reaches(await propose('faulty'), 'rejected');
      expect(found.moves.at(-1)).toMatchObject({ to: 'rejected', code: 'EVALUATION_FAILED' });
    });

    it('opens no vote on a candidate that answers too slowly, until people stop it', async () => {
      const before = await predictionsMade('slow');
      const release = await propose('slow');
      await vi.waitFor(async () => { expect(await predictionsMade('slow')).toBeGreaterThan(before); }, patience);
      const found = await detail(release);
      expect(found).toMatchObject({ state: 'proposed', gate: null });
      await people.owner.post(`/api/releases/${release}/stop`, { reason: 'too slow' });
      expect((await reaches(release, 'rejected')).moves.at(-1)).toMatchObject({ code: 'STOPPED' });
    });

    it('takes iris-v2 live: evaluated at its own revision, two votes, shadow, canary 10 and 100', async () => {
      const release = await propose('iris-v2');
      await approve(release);
      await reaches(release, 'shadow');
      await stepOn(release);
      for (const share of [10, 100]) {
        await vi.waitFor(async () => { expect(await detail(release)).toMatchObject({ state: 'canary', share }); }, patience);
        await stepOn(release);
      }
      await reaches(release, 'live');
      await vi.waitFor(async () => {
        expect(await platform.deployment.readiness({ service: 'iris', name: 'iris-v2' }, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100 });
      }, patience);
    });

    /** By an application whose key is for this service. */
    async function decide(key: string): Promise<CaseView> {
      const { ledger, url } = product.stellwerk;
      const { secret } = await createApiKey(ledger, { name: key, scopes: { engine: false, services: ['iris'], processes: [] }, createdBy: 'system:test' });
      const answer = await fetch(`${url}/api/decision-services/iris/cases`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': key, prefer: 'wait=20' },
        body: JSON.stringify({ input: setosa }),
      });
      expect(answer.status).toBeLessThan(300);
      return (await answer.json()) as CaseView;
    }

    it('decides cases with what the real server predicts', async () => {
      const before = await predictionsMade('iris-v2');
      // Of several, as one may be drawn for the audit sample and goes to people.
      const cases = await Promise.all(['key-1', 'key-2', 'key-3', 'key-4', 'key-5'].map(decide));
      for (const { caseId } of cases) {
        const [kept] = await listPredictions(product.stellwerk.ledger, caseId);
        expect(kept).toMatchObject({ model: modelNamed('iris-v2', '2'), class: 'setosa' });
      }
      expect(await predictionsMade('iris-v2')).toBeGreaterThanOrEqual(before + cases.length);
      expect(cases.map(({ status }) => status)).toContain('decided');
    });
  });
});
