/** No release, an expired one, a pressed stop, an edited routing table: the service's cases go to people, for that reason, until somebody puts it right. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getCase, resumeService, stopService, withdrawRelease, type ReasonCode } from '../../ledger/index.ts';
import { creditInput } from '../api/open-api.ts';
import { startTestCase } from '../api/product.ts';
import { sendDigit, startProductWithModels, type ProductWithModels } from './product-with-models.ts';

let product: ProductWithModels;
beforeAll(async () => { product = await startProductWithModels(); }, 60_000);
afterEach(() => { product.stellwerk.clock.reset(); });
afterAll(() => product.close());

const tableFile = join(import.meta.dirname, '../../processes/anomaly-routing/routing.dmn');

async function expectPeople(reason: ReasonCode): Promise<void> {
  const { view, reasons } = await sendDigit(product);
  expect(view).toMatchObject({ status: 'in-review', decidedBy: null, reasons: null });
  expect(reasons).toContain(reason);
}

async function expectAutomatic(): Promise<void> {
  expect((await sendDigit(product)).view).toMatchObject({ status: 'decided', decidedBy: 'model', decision: '3' });
}

describe('a service', () => {
  it('without a release sends its cases to people; the model is not asked', async () => {
    const { caseId } = await startTestCase(product, 'credit-risk', creditInput);
    expect((await getCase(product.stellwerk.ledger, caseId))?.review?.reasons).toEqual(['NO_RELEASE']);
    expect(product.models.calls).toEqual([]);
  });

  it('in a pilot sends its cases to people', async () => {
    await product.release('digits-v1', { mode: 'pilot' });
    await expectPeople('PILOT');
  });

  it('whose release has expired sends its cases to people from that moment on', async () => {
    const { clock } = product.stellwerk;
    await product.release('digits-v1', { validForMs: 3_600_000 });
    await expectAutomatic();
    clock.pin(clock.now() + 3_600_001);
    await expectPeople('RELEASE_EXPIRED');
  });

  it('that was stopped sends its cases to people, and decides again once somebody resumes it', async () => {
    const { ledger } = product.stellwerk;
    await product.release('digits-v1');
    await expectAutomatic();
    await stopService(ledger, { service: 'digits', by: 'owner', reason: 'A smudged camera.' });
    await expectPeople('STOPPED');
    await resumeService(ledger, { service: 'digits', by: 'owner' });
    await expectAutomatic();
  });

  it('whose release was withdrawn sends its cases to people', async () => {
    const releaseId = await product.release('digits-v1');
    await expectAutomatic();
    await withdrawRelease(product.stellwerk.ledger, { releaseId, by: 'owner' });
    await expectPeople('NO_RELEASE');
  });

  it('whose routing table was edited behind the product sends its cases to people, until the certified table is back', async () => {
    await product.release('digits-v1');
    await expectAutomatic();
    const table = await readFile(tableFile, 'utf8');
    // Not even a stricter rule: it changes which cases remain, and the certificate was for those that remained before.
    await deploy(table.replace('</definitions>', '<!-- edited --></definitions>'));
    await expectPeople('NO_RELEASE');
    await deploy(table);
    await expectAutomatic();
  });
});

async function deploy(table: string): Promise<void> {
  const form = new FormData();
  form.append('resources', new File([table], 'routing.dmn'));
  const answer = await fetch(`${product.stellwerk.url}/v2/deployments`, { method: 'POST', headers: product.engineClient.headers, body: form });
  expect(answer.status, await answer.text()).toBe(200);
}
