// `score-case`: the released model's prediction, stored once; every failure is one of the two that the diagram knows.
import { afterEach, describe, expect, it } from 'vitest';
import { eraseSubject, listPredictions, type Ledger } from '../../ledger/index.ts';
import { scoreCase } from '../../workers/score-case.ts';
import { model, newCase, openTestLedger, toolsFor } from './ledger-fixture.ts';
import { startFakeModelServer, type Call, type FakeModelServer, type Reply } from './serving/fake-model-server.ts';

const opened: FakeModelServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const release = { state: 'live' as const, mode: 'automatic' as const, id: 'rel-1', model, threshold: 0.8, policyInForce: true };
const granted: Reply = { body: { predictions: [{ label: 'grant', probabilities: { grant: 0.9, decline: 0.1 } }] } };
const noMetadata: Reply = { status: 404, body: { detail: 'Not Found' } };

async function setUp(answer: (call: Call) => Reply) {
  const server = await startFakeModelServer(answer);
  opened.push(server);
  const { ledger } = await openTestLedger();
  return { server, ledger };
}

const predictOnly = (reply: Reply) => (call: Call) => (call.method === 'GET' ? noMetadata : reply);

function score(ledger: Ledger, caseId: string, servingUrl: string) {
  return scoreCase.handle({ caseId, service: 'risk', serviceVersion: 1, release, novelty: null }, toolsFor(ledger, { servingUrl }));
}

describe('score-case', () => {
  it('sends the row of features, stores the prediction with model and digest, and says whether the class may be automatic', async () => {
    const { server, ledger } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger);
    expect(await score(ledger, caseId, server.url)).toEqual({ prediction: { class: 'grant', confidence: 0.9, mayBeAutomatic: true } });
    expect(server.calls.at(-1)).toMatchObject({ path: '/v1/models/risk-v1:predict', body: { instances: [[1_234, 1]] } });
    expect(await listPredictions(ledger, caseId)).toMatchObject([{ role: 'decider', releaseId: 'rel-1', model, class: 'grant', confidence: 0.9 }]);
  });

  it('keeps the first prediction when it runs twice, whatever the model says by then', async () => {
    const { server, ledger } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger);
    const first = await score(ledger, caseId, server.url);
    server.answer = predictOnly({ body: { predictions: [{ label: 'decline', probabilities: { grant: 0.2, decline: 0.8 } }] } });
    expect(await score(ledger, caseId, server.url)).toEqual(first);
    expect(await listPredictions(ledger, caseId)).toHaveLength(1);
  });

  it('says that a class may not be automatic where the service keeps it to people', async () => {
    const { server, ledger } = await setUp(predictOnly({ body: { predictions: [[0.1, 0.9]] } }));
    const { caseId } = await newCase(ledger);
    expect(await score(ledger, caseId, server.url)).toMatchObject({ prediction: { class: 'decline', mayBeAutomatic: false } });
  });

  it('takes the row that the model itself asks for, where the server tells it', async () => {
    const { server, ledger } = await setUp((call) => (call.method === 'GET' ? { body: { name: 'risk-v1', parameters: { features: [{ field: 'amount' }], sha256: model.digest } } } : granted));
    const { caseId } = await newCase(ledger);
    await score(ledger, caseId, server.url);
    expect(server.calls.at(-1)?.body).toEqual({ instances: [[1_234]] });
  });

  it('throws MODEL_ERROR when the server holds another file than the one released', async () => {
    const { server, ledger } = await setUp((call) => (call.method === 'GET' ? { body: { name: 'risk-v1', parameters: { sha256: 'other' } } } : granted));
    const { caseId } = await newCase(ledger);
    await expect(score(ledger, caseId, server.url)).rejects.toMatchObject({ name: 'BpmnError', code: 'MODEL_ERROR' });
  });

  it.each<[string, Reply, string]>([
    ['a 4xx', { status: 400, body: { error: 'got 1234' } }, 'MODEL_ERROR'],
    ['a permanent 500', { status: 500, body: { error: 'RuntimeError : boom' } }, 'MODEL_ERROR'],
    ['nonsense', { body: { predictions: ['?'] } }, 'MODEL_ERROR'],
    ['overload', { status: 503, body: { error: 'busy' } }, 'MODEL_UNAVAILABLE'],
    ['a cut connection', { cut: true }, 'MODEL_UNAVAILABLE'],
  ])('turns %s into the modelled error, and quotes neither the server nor the input', async (_, reply, code) => {
    const { server, ledger } = await setUp(predictOnly(reply));
    const { caseId } = await newCase(ledger);
    const failure: unknown = await score(ledger, caseId, server.url).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'BpmnError', code });
    expect((failure as Error).message).not.toMatch(/1234|boom|busy/);
    expect(await listPredictions(ledger, caseId)).toEqual([]);
  });

  it.each([
    ['missing', { amount: 5 }],
    ['of an unknown code', { amount: 5, purpose: 'boat' }],
    ['of the wrong type', { amount: 'much', purpose: 'car' }],
  ])('sends a case to people when a field is %s, without asking the model', async (_, input) => {
    const { server, ledger } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger, { input });
    await expect(score(ledger, caseId, server.url)).rejects.toMatchObject({ code: 'MODEL_ERROR' });
    expect(server.calls.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('sends a case to people when its input was erased', async () => {
    const { server, ledger } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger, { subject: 'person-1' });
    await eraseSubject(ledger, { subject: 'person-1', by: 'officer' });
    await expect(score(ledger, caseId, server.url)).rejects.toMatchObject({ code: 'MODEL_ERROR' });
  });

  it.each([
    ['answers', granted, true],
    ['fails', { status: 500, body: { error: 'boom' } }, false],
  ])('hands the case over to the shadow once the decider %s', async (_, reply, answered) => {
    const { server, ledger } = await setUp(predictOnly(reply));
    const { caseId } = await newCase(ledger);
    const offered: unknown[] = [];
    const tools = toolsFor(ledger, { servingUrl: server.url, shadow: { offer: (shadowed) => offered.push({ ...shadowed, asked: server.calls.length }) } });
    const scored = scoreCase.handle({ caseId, service: 'risk', serviceVersion: 1, release, novelty: null }, tools);
    expect((await Promise.allSettled([scored]))[0].status).toBe(answered ? 'fulfilled' : 'rejected');
    expect(offered).toEqual([{ caseId, service: 'risk', serviceVersion: 1, decidedUnder: 'rel-1', asked: 2 }]);
  });

  it('stores the novelty of the case with the prediction', async () => {
    const { server, ledger } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger);
    await scoreCase.handle({ caseId, service: 'risk', serviceVersion: 1, release, novelty: { score: 3.5, band: 'high' } }, toolsFor(ledger, { servingUrl: server.url }));
    expect(await listPredictions(ledger, caseId)).toMatchObject([{ novelty: { score: 3.5, band: 'high' } }]);
  });
});
