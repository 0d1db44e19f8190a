// The serving port on a real Kubernetes API server in Knative mode: each change, repeated and disturbed; a stand-in is KServe's controller.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServingDeployment } from '../../workers/kubeflow/ports.ts';
import { createKServeStandIn, type KServeStandIn } from './kserve-stand-in.ts';
import type { KubernetesHand } from './kubernetes-hand.ts';
import { newNamespace, startRig, whyNoServers, type Rig } from './rig.ts';

const versionOf = (name: string) => ({ service: 'iris', name, storageUri: `s3://models/${name}`, format: { name: 'sklearn', version: '1' }, digest: name.at(-1)!.repeat(64).replace(/[^0-9a-f]/g, 'a') });
const [one, two, three] = [versionOf('iris-1'), versionOf('iris-2'), versionOf('iris-3')];

describe.skipIf(whyNoServers !== null)('KServe in Knative mode, on a real Kubernetes API server', () => {
  const options = { signal: new AbortController().signal };
  let rig: Rig;
  let hand: KubernetesHand;
  let kserve: KServeStandIn;
  let deployment: ServingDeployment;
  let namespace: string;
  beforeAll(async () => { rig = await startRig(); });
  afterAll(async () => { await rig?.stop(); });
  beforeEach(() => {
    namespace = newNamespace();
    hand = rig.kubernetes(namespace);
    kserve = createKServeStandIn(hand);
    deployment = rig.platform({ namespace }).deployment;
  });

  const generation = async () => (await hand.get('iris'))?.metadata.generation;
  const spec = async () => (await hand.get('iris'))?.spec;

  /** `iris-1` serves, `iris-2` stands beside it and is up. */
  async function withCandidate(): Promise<void> {
    await deployment.deploy(one, options);
    await kserve.reconcile('iris');
    await deployment.deploy(two, options);
    await kserve.reconcile('iris');
  }

  it('promotes a version: 0, 10, 50, 100 percent, then alone', async () => {
    expect(await deployment.deploy(one, options)).toMatchObject({ state: 'not-ready', role: 'stable', digest: one.digest });
    await kserve.reconcile('iris');
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100, endpoint: { model: 'iris' } });

    expect(await deployment.deploy(two, options)).toMatchObject({ state: 'not-ready', role: 'candidate', digest: two.digest });
    await kserve.reconcile('iris');
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready', trafficPercent: 0, endpoint: { url: 'http://iris-predictor-00002.models.example' } });
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', trafficPercent: 100, endpoint: { url: 'http://iris-predictor-00001.models.example' } });

    for (const percent of [10, 50, 100]) {
      expect(await deployment.setCanaryShare(two, percent, options)).toMatchObject({ state: 'not-ready', role: 'candidate' });
      expect((await spec())?.predictor.canaryTrafficPercent).toBe(percent);
      await kserve.reconcile('iris');
      expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready', trafficPercent: percent });
    }
    await deployment.promote(two, options);
    expect((await spec())?.predictor).not.toHaveProperty('canaryTrafficPercent');
    await kserve.reconcile('iris');
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100 });
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'absent' });
  });

  it('does nothing a second time: each call repeated after its effect leaves the object as it is', async () => {
    const twice = async (change: () => Promise<unknown>) => {
      await change();
      const after = await generation();
      await change();
      expect(await generation()).toBe(after);
      await kserve.reconcile('iris');
    };
    await twice(() => deployment.deploy(one, options));
    await twice(() => deployment.deploy(two, options));
    await twice(() => deployment.setCanaryShare(two, 10, options));
    await twice(() => deployment.promote(two, options));
    await twice(() => deployment.deploy(three, options));
    await twice(() => deployment.remove(three, options));
    await deployment.remove(two, options);
    expect(await deployment.remove(two, options)).toMatchObject({ state: 'absent' });
    expect(await hand.get('iris')).toBeNull();
  });

  it('counts ready only once the newest declaration was looked at', async () => {
    await withCandidate();
    await deployment.setCanaryShare(two, 10, options);
    expect((await hand.get('iris'))?.status).toMatchObject({ conditions: expect.arrayContaining([{ type: 'Ready', status: 'True' }]) });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'not-ready', message: expect.stringContaining('not yet looked') });
  });

  it('takes back a candidate that never gets ready, and the stable version keeps all traffic throughout', async () => {
    await deployment.deploy(one, options);
    await kserve.reconcile('iris');
    await deployment.deploy(two, options);
    await kserve.reconcile('iris', { failed: 'no such bucket' });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'failed', message: expect.stringContaining('no such bucket'), endpoint: null });
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', trafficPercent: 100 });

    await deployment.remove(two, options);
    expect((await spec())?.predictor).toMatchObject({ canaryTrafficPercent: 0, model: { storageUri: one.storageUri } });
    await kserve.reconcile('iris', 'starting');
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', trafficPercent: 100, endpoint: { url: 'http://iris-predictor-00001.models.example' } });
    await kserve.reconcile('iris');
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100 });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'absent' });

    await deployment.deploy(three, options);
    await kserve.reconcile('iris');
    expect(await deployment.readiness(three, options)).toMatchObject({ state: 'ready', role: 'candidate', trafficPercent: 0 });
  });

  it('takes back a candidate at 100 percent too, where KServe has forgotten the other revision', async () => {
    await withCandidate();
    await deployment.setCanaryShare(two, 100, options);
    await kserve.reconcile('iris');
    await expect(deployment.setCanaryShare(two, 50, options)).rejects.toMatchObject({ kind: 'conflict' });
    await deployment.remove(two, options);
    expect((await spec())?.predictor).not.toHaveProperty('canaryTrafficPercent');
    await kserve.reconcile('iris');
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100 });
  });

  it('restores the predecessor in one action, after a promotion and from a candidate that never gets ready', async () => {
    await withCandidate();
    await deployment.promote(two, options);
    await kserve.reconcile('iris');
    await deployment.deploy(three, options);
    await kserve.reconcile('iris', { failed: 'no memory' });

    const before = (await generation()) ?? 0;
    await deployment.restore(one, options);
    await deployment.restore(one, options);
    expect(await generation()).toBe(before + 1);
    expect((await spec())?.predictor).toMatchObject({ model: { storageUri: one.storageUri } });
    expect((await spec())?.predictor).not.toHaveProperty('canaryTrafficPercent');
    await kserve.reconcile('iris');
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100 });
    for (const gone of [two, three]) expect(await deployment.readiness(gone, options)).toMatchObject({ state: 'absent' });

    await deployment.deploy(two, options);
    await kserve.reconcile('iris');
    await deployment.restore(one, options);
    expect((await spec())?.predictor).toMatchObject({ canaryTrafficPercent: 0, model: { storageUri: one.storageUri } });
  });

  it('refuses a candidate before the stable version is rolled out: it would get all traffic', async () => {
    await deployment.deploy(one, options);
    await expect(deployment.deploy(two, options)).rejects.toMatchObject({ kind: 'transient' });
    await kserve.reconcile('iris', { failed: 'no memory' });
    await expect(deployment.deploy(two, options)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await spec())?.predictor.model).toMatchObject({ storageUri: one.storageUri });
  });

  it('refuses two promotions of one service at once, another artefact under the same name, and a promotion before readiness', async () => {
    await withCandidate();
    await expect(deployment.deploy(three, options)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('"iris-2" stands beside') });
    await expect(deployment.deploy({ ...two, digest: 'f'.repeat(64) }, options)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('another artefact') });
    await expect(deployment.remove(one, options)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(deployment.setCanaryShare(three, 10, options)).rejects.toMatchObject({ kind: 'not-found' });
    await deployment.setCanaryShare(two, 10, options);
    await expect(deployment.promote(two, options)).rejects.toMatchObject({ kind: 'transient' });
    await kserve.reconcile('iris', { failed: 'crashed' });
    await expect(deployment.promote(two, options)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it.each([1000, -1, 10.5, Number.NaN])('refuses a share of %s percent, which Kubernetes would take', async (percent) => {
    await withCandidate();
    const before = await generation();
    await expect(deployment.setCanaryShare(two, percent, options)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await generation()).toBe(before);
  });

  it('finds an edit by hand, changes nothing without being told, and takes the fields back when told', async () => {
    await withCandidate();
    await hand.edit('iris', { spec: { predictor: { model: { storageUri: 's3://elsewhere' }, canaryTrafficPercent: 80 } } });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'edited-by-hand', message: expect.stringContaining('spec.predictor.model.storageUri') });
    await expect(deployment.setCanaryShare(two, 10, options)).rejects.toMatchObject({ kind: 'edited-by-hand' });
    expect((await spec())?.predictor).toMatchObject({ canaryTrafficPercent: 80 });
    await deployment.setCanaryShare(two, 10, { ...options, takeOver: true });
    await kserve.reconcile('iris');
    expect((await spec())?.predictor).toMatchObject({ canaryTrafficPercent: 10, model: { storageUri: two.storageUri } });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready', trafficPercent: 10 });
  });

  it('takes a split away that somebody added where there was none', async () => {
    await deployment.deploy(one, options);
    await kserve.reconcile('iris');
    await hand.edit('iris', { spec: { predictor: { canaryTrafficPercent: 5 } } });
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'edited-by-hand', message: expect.stringContaining('canaryTrafficPercent') });
    await deployment.deploy(one, { ...options, takeOver: true });
    expect((await spec())?.predictor).not.toHaveProperty('canaryTrafficPercent');
    await kserve.reconcile('iris');
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready' });
  });

  it('leaves alone what others may set: replicas are no edit', async () => {
    await withCandidate();
    await hand.edit('iris', { spec: { predictor: { minReplicas: 3 } } });
    await kserve.reconcile('iris');
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready' });
    await deployment.setCanaryShare(two, 10, options);
    expect((await spec())?.predictor).toMatchObject({ minReplicas: 3, canaryTrafficPercent: 10 });
  });

  it('sees that somebody deleted the object, and deploys it anew', async () => {
    await withCandidate();
    await hand.remove('iris');
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'absent' });
    expect(await deployment.remove(two, options)).toMatchObject({ state: 'absent' });
    expect(await deployment.deploy(one, options)).toMatchObject({ role: 'stable' });
  });

  it('lets several writers change one object: each change is made on a fresh state', async () => {
    await withCandidate();
    const others = Array.from({ length: 4 }, () => rig.platform({ namespace }).deployment);
    const edits = Array.from({ length: 8 }, (_, index) => hand.edit('iris', { metadata: { labels: { touched: String(index) } } }));
    await Promise.all([...edits, ...others.map((other, index) => other.setCanaryShare(two, 10 * (index + 1), options))]);
    expect([10, 20, 30, 40]).toContain((await spec())?.predictor.canaryTrafficPercent);
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'not-ready' });
  });

  it('waits for readiness over a watch', async () => {
    await deployment.deploy(one, options);
    const waiting = deployment.awaitReadiness(one, { ...options, timeoutMs: 20_000 });
    await kserve.reconcile('iris', 'starting');
    await kserve.reconcile('iris');
    expect(await waiting).toMatchObject({ state: 'ready' });
    expect(await deployment.awaitReadiness(two, { ...options, timeoutMs: 5_000 })).toMatchObject({ state: 'absent' });
    await deployment.deploy(two, options);
    expect(await deployment.awaitReadiness(two, { ...options, timeoutMs: 100 })).toMatchObject({ state: 'not-ready' });
  });

  it('says what a reader may not do, and that a token is not accepted', async () => {
    const reader = rig.platform({ namespace, kubeconfig: rig.readerKubeconfig }).deployment;
    expect(await reader.readiness(one, options)).toMatchObject({ state: 'absent' });
    await expect(reader.deploy(one, options)).rejects.toMatchObject({ kind: 'forbidden', status: 403 });
    const { deployment: stranger } = rig.platform({ namespace, kubeconfig: await rig.kubeconfigWith('wrong-token') });
    await expect(stranger.readiness(one, options)).rejects.toMatchObject({ kind: 'unauthorized', status: 401 });
  });

  it('refuses names and digests that Kubernetes or KServe could not carry', async () => {
    await expect(deployment.deploy({ ...one, service: 'Iris' }, options)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(deployment.deploy({ ...one, name: 'x'.repeat(50) }, options)).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('63') });
    await expect(deployment.deploy({ ...one, digest: 'abc' }, options)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(deployment.deploy({ ...one, storageUri: 'somewhere' }, options)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await hand.get('iris')).toBeNull();
  });
});
