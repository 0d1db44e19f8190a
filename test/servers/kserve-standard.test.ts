// The serving port on a real Kubernetes API server in Standard mode: the candidate is an entry of `spec.canary`.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServingDeployment } from '../../workers/kubeflow/ports.ts';
import { createKServeStandIn, type KServeStandIn } from './kserve-stand-in.ts';
import type { KubernetesHand } from './kubernetes-hand.ts';
import { newNamespace, startRig, whyNoServers, type Rig } from './rig.ts';

const versionOf = (name: string, digit: string) => ({ service: 'iris', name, storageUri: `s3://models/${name}`, format: { name: 'sklearn' }, digest: digit.repeat(64) });
const [one, two, three] = [versionOf('iris-1', '1'), versionOf('iris-2', '2'), versionOf('iris-3', '3')];

describe.skipIf(whyNoServers !== null)('KServe in Standard mode, on a real Kubernetes API server', () => {
  const options = { signal: new AbortController().signal };
  let rig: Rig;
  let hand: KubernetesHand;
  let kserve: KServeStandIn;
  let deployment: ServingDeployment;
  beforeAll(async () => { rig = await startRig(); });
  afterAll(async () => { await rig?.stop(); });
  beforeEach(() => {
    const namespace = newNamespace();
    hand = rig.kubernetes(namespace);
    kserve = createKServeStandIn(hand);
    deployment = rig.platform({ namespace, mode: 'Standard' }).deployment;
  });

  const generation = async () => (await hand.get('iris'))?.metadata.generation;
  const spec = async () => (await hand.get('iris'))?.spec;

  async function withCandidate(): Promise<void> {
    await deployment.deploy(one, options);
    await kserve.reconcile('iris');
    await deployment.deploy(two, options);
    await kserve.reconcile('iris');
  }

  it('promotes a version: an entry beside the predictor, 0, 10, 50, 100 percent, then the predictor itself under its own name', async () => {
    await withCandidate();
    expect(await spec()).toMatchObject({ predictor: { name: 'iris-1' }, canary: [{ trafficPercent: 0, predictor: { name: 'iris-2' } }] });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready', role: 'candidate', trafficPercent: 0, digest: two.digest });
    for (const percent of [10, 50, 100]) {
      await deployment.setCanaryShare(two, percent, options);
      await kserve.reconcile('iris');
      expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready', trafficPercent: percent });
      expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', trafficPercent: 100 - percent });
    }
    await deployment.promote(two, options);
    expect(await spec()).not.toHaveProperty('canary');
    expect(await spec()).toMatchObject({ predictor: { name: 'iris-2', model: { storageUri: two.storageUri } } });
    await kserve.reconcile('iris');
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100, endpoint: { url: 'http://iris.models.example', model: 'iris' } });
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'absent' });
  });

  it('does nothing a second time', async () => {
    const twice = async (change: () => Promise<unknown>) => {
      await change();
      const after = await generation();
      await change();
      expect(await generation()).toBe(after);
      await kserve.reconcile('iris');
    };
    await twice(() => deployment.deploy(one, options));
    await twice(() => deployment.deploy(two, options));
    await twice(() => deployment.setCanaryShare(two, 50, options));
    await twice(() => deployment.promote(two, options));
    await twice(() => deployment.deploy(three, options));
    await twice(() => deployment.remove(three, options));
  });

  it('goes back from 100 percent to less, which Standard mode can', async () => {
    await withCandidate();
    await deployment.setCanaryShare(two, 100, options);
    await kserve.reconcile('iris');
    await deployment.setCanaryShare(two, 0, options);
    expect((await spec())?.canary?.[0]?.trafficPercent).toBe(0);
  });

  it('takes back a candidate that fails, and the stable version is ready throughout', async () => {
    await withCandidate();
    await kserve.reconcile('iris', { failed: 'out of memory' });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'failed', message: expect.stringContaining('out of memory') });
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready' });
    await expect(deployment.promote(two, options)).rejects.toMatchObject({ kind: 'conflict' });
    await deployment.remove(two, options);
    expect(await spec()).not.toHaveProperty('canary');
    expect(await spec()).toMatchObject({ predictor: { name: 'iris-1' } });
  });

  it('restores the predecessor in one action after a promotion, whatever stands beside it', async () => {
    await withCandidate();
    await deployment.promote(two, options);
    await kserve.reconcile('iris');
    await deployment.deploy(three, options);
    await deployment.restore(one, options);
    expect(await spec()).toMatchObject({ predictor: { name: 'iris-1', model: { storageUri: one.storageUri } } });
    expect(await spec()).not.toHaveProperty('canary');
    await kserve.reconcile('iris');
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 100 });
  });

  it('finds and takes back an edit of the split, and a split that somebody added', async () => {
    await withCandidate();
    const added = [{ trafficPercent: 90, predictor: { name: 'iris-2', model: { name: 'kserve-container', modelFormat: { name: 'sklearn' }, storageUri: 's3://x' } } }];
    await hand.edit('iris', { spec: { canary: added } });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'edited-by-hand', message: expect.stringContaining('spec.canary[0].trafficPercent') });
    await expect(deployment.promote(two, options)).rejects.toMatchObject({ kind: 'edited-by-hand' });
    await deployment.remove(two, { ...options, takeOver: true });
    expect(await spec()).not.toHaveProperty('canary');
    await hand.edit('iris', { spec: { canary: added } });
    expect(await deployment.readiness(one, options)).toMatchObject({ state: 'edited-by-hand', message: expect.stringContaining('spec.canary') });
    await deployment.deploy(one, { ...options, takeOver: true });
    expect(await spec()).not.toHaveProperty('canary');
  });
});
