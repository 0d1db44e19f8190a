/** The anomaly-routing process with the product's own workers, outbox and inbox calls on the real Camunda broker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCase, verifyChain } from '../../ledger/index.ts';
import { creditInput } from '../api/open-api.ts';
import { startTestCase, taskOf, type CaseView, type TaskDetail, type VerdictResult } from '../api/product.ts';
import { sendDigit, startProductWithModels, type ProductWithModels } from '../product/product-with-models.ts';
import { prepareBroker, type PreparedBroker } from './broker/prepare-broker.ts';
import { startBroker, type RunningBroker } from './broker/start-broker.ts';
import { startTranslator, type Translator } from './translator/start-translator.ts';

const prepared = await prepareBroker(process.env);
if (prepared.kind === 'unavailable') console.log(`The real Camunda broker is left out: ${prepared.why}`);

describe.skipIf(prepared.kind === 'unavailable')('anomaly-routing on the real Camunda broker 8.6.0', () => {
  let folder: string;
  let broker: RunningBroker;
  let translator: Translator;
  let product: ProductWithModels;
  const distribution = (): PreparedBroker => {
    if (prepared.kind === 'unavailable') throw new Error(prepared.why);
    return prepared.broker;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stellwerk-broker-'));
    broker = await startBroker(distribution(), folder);
    translator = await startTranslator(broker);
    product = await startProductWithModels({ env: { CAMUNDA_REST_ADDRESS: translator.address } });
  });
  afterAll(async () => {
    await product.close();
    await translator.close();
    await broker.stop('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  it('takes the cluster and opens no engine of its own', () => {
    expect(product.stellwerk.engine).toBeNull();
  });

  it('decides a case by itself under a release', async () => {
    await product.release('digits-cluster');
    const { view } = await sendDigit(product);
    expect(view).toMatchObject({ status: 'decided', decision: '3', decidedBy: 'model' });
  });

  it('brings a case without a release to people, who judge it blind, and tells the caller', async () => {
    const view = await startTestCase(product, 'credit-risk', creditInput);
    expect(view.status).toBe('in-review');
    const expert = await product.as('expert');
    const { userTaskKey } = await taskOf(expert, view.caseId);
    expect((await expert.get<TaskDetail>(`/api/inbox/tasks/${userTaskKey}`)).step).toBe('blind');
    await expert.post(`/api/inbox/tasks/${userTaskKey}/claim`);
    await expert.post<VerdictResult>(`/api/inbox/tasks/${userTaskKey}/verdict`, { class: 'decline', durationMs: 900 });
    const decided = await product.application.get<CaseView>(`/api/cases/${view.caseId}?wait=30`);
    expect(decided).toMatchObject({ status: 'decided', decision: 'decline', decidedBy: 'expert', reasons: ['NO_RELEASE'] });
  });

  it('sends what nobody can judge to the adjudicators', async () => {
    const view = await startTestCase(product, 'credit-risk', { ...creditInput, amount: 1999 });
    const expert = await product.as('expert');
    const { userTaskKey } = await taskOf(expert, view.caseId);
    await expert.post(`/api/inbox/tasks/${userTaskKey}/verdict`, { answer: 'cannot-judge', durationMs: 900 });
    const adjudicator = await product.as('adjudicator');
    const second = await taskAfter(adjudicator, view.caseId, userTaskKey);
    await adjudicator.post(`/api/inbox/tasks/${second}/verdict`, { class: 'grant', durationMs: 900 });
    expect(await product.application.get<CaseView>(`/api/cases/${view.caseId}?wait=30`)).toMatchObject({ status: 'decided', decision: 'grant' });
  });

  it('keeps a case whose model is away for people', async () => {
    await product.release('digits-away');
    product.models.answer = () => ({ status: 503, body: { error: 'not ready' } });
    const { view, reasons } = await sendDigit(product);
    expect(view.status).toBe('in-review');
    expect(reasons).toEqual(['MODEL_UNAVAILABLE']);
  });

  it('honours back-pressure: refused starts are sent again, and each case is decided once', async () => {
    let refused = 0;
    translator.answerInstead((_method, path) => {
      if (path !== '/v2/messages/publication' || refused >= 6) return null;
      refused++;
      return { status: refused % 2 === 0 ? 429 : 503, headers: { 'retry-after': '1' }, body: { type: 'about:blank', title: 'RESOURCE_EXHAUSTED', status: 503, detail: 'Failed to publish: the broker is overloaded', instance: '/v2/messages/publication' } };
    });
    const started = await Promise.all([1, 2, 3].map((nth) => startTestCase(product, 'credit-risk', { ...creditInput, amount: 3000 + nth })));
    translator.answerInstead(null);
    expect(refused).toBe(6);
    const expert = await product.as('expert');
    for (const { caseId } of started) await taskOf(expert, caseId);
    expect((await tasksOf(product, started.map(({ caseId }) => caseId))).length).toBe(3);
  });

  it('loses nothing when the broker is killed: cases are taken meanwhile and go on when it is back', async () => {
    const before = await startTestCase(product, 'credit-risk', { ...creditInput, amount: 4100 });
    await broker.stop('SIGKILL');
    const meanwhile = await product.application.call('POST', '/api/decision-services/credit-risk/cases', { input: { ...creditInput, amount: 4200 } }, { 'idempotency-key': 'while-away' });
    expect(meanwhile.status).toBe(202);
    const { caseId } = meanwhile.body as CaseView;
    expect((await product.application.get<{ ready: boolean }>('/api/health/ready').catch(() => ({ ready: false }))).ready).toBe(false);
    broker = await startBroker(distribution(), folder, { port: broker.port });
    const expert = await product.as('expert');
    for (const waiting of [before.caseId, caseId]) {
      const { userTaskKey } = await taskOf(expert, waiting);
      await expert.post(`/api/inbox/tasks/${userTaskKey}/verdict`, { class: 'grant', durationMs: 900 });
    }
    for (const waiting of [before.caseId, caseId]) {
      expect(await product.application.get<CaseView>(`/api/cases/${waiting}?wait=30`)).toMatchObject({ status: 'decided', decision: 'grant' });
    }
    expect((await getCase(product.stellwerk.ledger, caseId))?.review?.reasons).toEqual(['NO_RELEASE']);
  });

  it('leaves a chain of records that verifies', async () => {
    expect(await verifyChain(product.stellwerk.ledger)).toMatchObject({ ok: true });
  });
});

/** The open tasks of these cases: a case with two would be decided twice. */
async function tasksOf(product: ProductWithModels, caseIds: string[]) {
  const expert = await product.as('expert');
  const { items } = await expert.get<{ items: { caseId: string }[] }>('/api/inbox/tasks?list=all&limit=200');
  return items.filter((item) => caseIds.includes(item.caseId));
}

/** The task that comes after another one of the same case. */
async function taskAfter(person: Awaited<ReturnType<ProductWithModels['as']>>, caseId: string, former: string): Promise<string> {
  for (;;) {
    const { userTaskKey } = await taskOf(person, caseId);
    if (userTaskKey !== former) return userTaskKey;
  }
}
