/** The demo's local model server serves what releases name, and nothing else, also after it was killed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemoReleases } from '../../api/demo/open-demo-releases.ts';
import { listReleases, proposeRelease } from '../../ledger/index.ts';
import { CertificateDocument } from '../../ledger/releases/evaluation-report.ts';
import { startProduct, type Product } from '../api/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({
    env: { STELLWERK_UI: 'skip' },
    beforeFirstRun: ({ ledger, inference, clock, modelServer }) => openDemoReleases({ ledger, inference, now: () => clock.now(), ...(modelServer === null ? {} : { modelServerUrl: modelServer.address() }) }),
  });
}, 120_000);
afterAll(() => product.close());

const modelServer = () => {
  const running = product.stellwerk.modelServer;
  if (running === null) throw new Error('no local model server runs');
  return running;
};

async function loaded(): Promise<string[]> {
  const response = await fetch(`${modelServer().address()}/v2/repository/index`, { method: 'POST', body: '{"ready":true}' });
  const entries = (await response.json()) as { name: string }[];
  return entries.map(({ name }) => name);
}

async function killAndAwait(): Promise<void> {
  const before = modelServer().pid();
  if (before === undefined) throw new Error('no model server runs');
  process.kill(before, 'SIGKILL');
  const isBack = (): boolean => modelServer().isUp() && modelServer().pid() !== before;
  while (!isBack()) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('the local model server', () => {
  it('serves the released versions alone, each under the certificate computed through it', async () => {
    expect(await loaded()).toEqual(['credit-risk-v1', 'digits-v1']);
    const releases = await listReleases(product.stellwerk.ledger);
    expect(Object.fromEntries(releases.map(({ service, mode, model }) => [service, [mode, model.name]]))).toEqual({ digits: ['automatic', 'digits-v1'], 'credit-risk': ['pilot', 'credit-risk-v1'] });
    for (const { certificate, evidence } of releases) {
      const document = CertificateDocument.parse(certificate);
      expect(document.data).toMatchObject(evidence[0] ?? {});
      expect(document).toMatchObject({ errorReference: 'historical-outcome', look: { index: 1, of: 1 } });
    }
  });

  it('serves the same again after it was killed, and a version that was proposed meanwhile', async () => {
    await proposeRelease(product.stellwerk.ledger, { service: 'credit-risk', kind: 'promotion', model: { name: 'credit-risk-v2', version: '2', digest: 'e'.repeat(64) }, source: 'hand', reference: null, proposedBy: 'test', trainedBy: null });
    await killAndAwait();
    expect(await loaded()).toEqual(['credit-risk-v1', 'credit-risk-v2', 'digits-v1']);
  }, 60_000);
});
