// `score-case` and `explain-prediction` against the real KServe model server: V1, V2, explanations, and each way it fails a case.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPredictions, readExplanation, type Ledger, type Model } from '../../ledger/index.ts';
import { explainPrediction } from '../../workers/explain-prediction.ts';
import { scoreCase } from '../../workers/score-case.ts';
import { defaultWorkerSettings } from '../../workers/settings.ts';
import { newCase, openTestLedger, toolsFor } from '../workers/ledger-fixture.ts';
import { startRealServer, whyNoServers, type RealServer } from './shared-servers.ts';

if (whyNoServers !== null) console.log(whyNoServers);

/** Measures of one setosa, in the order in which scikit-learn's data set has them. */
const setosa = { sepalLength: 5.1, sepalWidth: 3.5, petalLength: 1.4, petalWidth: 0.2 };
const classes = ['setosa', 'versicolor', 'virginica'].map((id, index) => ({ id, label: { de: id, en: id }, key: String(index + 1), automatic: true }));
const modelNamed = (name: string): Model => ({ name, version: '1', digest: 'd'.repeat(64) });

describe.skipIf(whyNoServers !== null)('the real KServe server', () => {
  let kserve: RealServer;
  beforeAll(async () => { kserve = await startRealServer('kserve'); }, 240_000);
  afterAll(async () => { await kserve.stop(); });

  async function openIris(protocol: 'v1' | 'v2', fields: string[] = Object.keys(setosa)) {
    const { ledger } = await openTestLedger({ service: { classes, model: { name: 'iris', protocol, features: fields.map((field) => ({ field })) } } });
    const { caseId } = await newCase(ledger, { input: setosa });
    return { ledger, caseId };
  }

  const tools = (ledger: Ledger, timeLimitMs = 5_000) => {
    const usual = defaultWorkerSettings({ servingAddress: () => kserve.url });
    return toolsFor(ledger, { settings: { ...usual, serving: { ...usual.serving, timeLimitMs, attempts: 2, firstPauseMs: 1 } } });
  };

  const score = (ledger: Ledger, caseId: string, model: string, timeLimitMs?: number) =>
    scoreCase.handle(
      { caseId, service: 'risk', serviceVersion: 1, novelty: null, release: { state: 'live', mode: 'automatic', id: 'rel-1', model: modelNamed(model), threshold: 0.8, policyInForce: true } },
      tools(ledger, timeLimitMs),
    );

  it.each(['v1', 'v2'] as const)('predicts over %s, with two versions of the model', async (protocol) => {
    for (const model of ['iris', 'iris-v2']) {
      const { ledger, caseId } = await openIris(protocol);
      const { prediction } = await score(ledger, caseId, model);
      expect(prediction).toMatchObject({ class: 'setosa', mayBeAutomatic: true });
      expect(prediction.confidence).toBeGreaterThan(0.9);
      const [kept] = await listPredictions(ledger, caseId);
      expect(kept).toMatchObject({ model: modelNamed(model), class: 'setosa' });
    }
  });

  it('says the same over V1 and V2', async () => {
    const one = await openIris('v1');
    const two = await openIris('v2');
    const first = (await score(one.ledger, one.caseId, 'iris')).prediction.confidence;
    expect((await score(two.ledger, two.caseId, 'iris')).prediction.confidence).toBeCloseTo(first, 5);
  });

  it('explains a prediction with a contribution per input', async () => {
    const { ledger, caseId } = await openIris('v2');
    const { prediction } = await score(ledger, caseId, 'iris');
    expect(await explainPrediction.handle({ caseId, service: 'risk', serviceVersion: 1 }, tools(ledger))).toEqual({ explained: true });
    const explanation = await readExplanation(ledger, caseId);
    expect(explanation).toMatchObject({ method: 'occlusion-to-mean', class: 'setosa', prediction: prediction.confidence, attributions: { 'petal length (cm)': expect.any(Number) } });
  });

  it.each(['v1', 'v2'] as const)('over %s a model that raises, one that does not exist and a row of the wrong width are MODEL_ERROR', async (protocol) => {
    const { ledger, caseId } = await openIris(protocol);
    await expect(score(ledger, caseId, 'faulty')).rejects.toMatchObject({ name: 'BpmnError', code: 'MODEL_ERROR' });
    await expect(score(ledger, caseId, 'nope')).rejects.toMatchObject({ name: 'BpmnError', code: 'MODEL_ERROR' });
    const narrow = await openIris(protocol, ['sepalLength', 'sepalWidth']);
    await expect(score(narrow.ledger, narrow.caseId, 'iris')).rejects.toMatchObject({ name: 'BpmnError', code: 'MODEL_ERROR' });
    expect(await listPredictions(ledger, caseId)).toEqual([]);
  });

  it.each(['v1', 'v2'] as const)('over %s a model that is slower than the time limit is MODEL_UNAVAILABLE', async (protocol) => {
    const { ledger, caseId } = await openIris(protocol);
    await expect(score(ledger, caseId, 'slow', 700)).rejects.toMatchObject({ name: 'BpmnError', code: 'MODEL_UNAVAILABLE' });
  });
});
