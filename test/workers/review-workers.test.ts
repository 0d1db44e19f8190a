// `open-review`, `explain-prediction`, `score-novelty`, `notify-caller`, `record-decision`: each run twice, each with its ways to fail.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { activeRelease, countOutbox, getCase, readExplanation, storeBlindVerdict, storePrediction, waitForCase, type Ledger } from '../../ledger/index.ts';
import type { EngineClient } from '../../workers/client.ts';
import { drawAuditSample } from '../../workers/draw-audit-sample.ts';
import { escalateReview } from '../../workers/escalate-review.ts';
import { explainPrediction } from '../../workers/explain-prediction.ts';
import { notifyCaller } from '../../workers/notify-caller.ts';
import { openReview } from '../../workers/open-review.ts';
import { recordDecision } from '../../workers/record-decision.ts';
import { scoreNovelty } from '../../workers/score-novelty.ts';
import { routingTableDigest } from '../../workers/deployed-routing-table.ts';
import { model, newCase, openTestLedger, toolsFor, type LedgerOptions } from './ledger-fixture.ts';
import { startFakeModelServer, type FakeModelServer, type Reply } from './serving/fake-model-server.ts';

const opened: FakeModelServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function serve(reply: Reply): Promise<string> {
  const server = await startFakeModelServer(({ method }) => (method === 'GET' ? { status: 404, body: {} } : reply));
  opened.push(server);
  return server.url;
}

const named = (caseId: string) => ({ caseId, service: 'risk', serviceVersion: 1 });

/** A case that was drawn, and predicted under the release in force. */
async function predictedCase(ledger: Ledger, confidence = 0.9, predicted = 'grant'): Promise<string> {
  const { caseId } = await newCase(ledger);
  await drawAuditSample.handle(named(caseId), toolsFor(ledger));
  const active = await activeRelease(ledger, 'risk');
  const releaseId = active.state === 'live' ? active.release.releaseId : null;
  const other = predicted === 'grant' ? 'decline' : 'grant';
  await storePrediction(ledger, { caseId, role: 'decider', releaseId, model, class: predicted, confidence, probabilities: { [predicted]: confidence, [other]: 1 - confidence } });
  return caseId;
}

describe('open-review', () => {
  const open = (ledger: Ledger, caseId: string, more: Partial<Parameters<typeof openReview.handle>[0]> = {}) =>
    openReview.handle({ ...named(caseId), prediction: null, route: { route: 'review', reasons: ['PILOT'] }, refusal: null, ...more }, toolsFor(ledger));

  it('puts the case into review until its due date; a second run later says the same', async () => {
    const { ledger, clock } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    const first = await open(ledger, caseId);
    expect(first).toEqual({ reviewGroup: 'experts', adjudicatorGroup: 'adjudicators', reviewForm: 'review-risk', secondReviewer: false, dueAt: '2026-11-23T17:00:00.000Z', explain: false });
    clock.time += 60_000;
    expect(await open(ledger, caseId, { route: { route: 'review', reasons: ['STOPPED'] } })).toEqual(first);
    expect(await getCase(ledger, caseId)).toMatchObject({ status: 'in-review', review: { reasons: ['PILOT'] } });
  });

  it.each<[string, string[], 'POLICY' | null, string[]]>([
    ['its own codes as a business rule', ['VIP', 'PILOT'], null, ['PILOT', 'BUSINESS_RULE']],
    ['no reason as a business rule', [], null, ['BUSINESS_RULE']],
    ['doubles once, in the order of the catalogue', ['OBJECTION', 'PILOT', 'PILOT'], null, ['PILOT', 'OBJECTION']],
  ])('reports %s', async (_, reasons, _refusal, expected) => {
    const { ledger } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    await open(ledger, caseId, { route: { route: 'review', reasons } });
    expect((await getCase(ledger, caseId))?.review?.reasons).toEqual(expected);
  });

  it('adds the reason of the gate that refused', async () => {
    const { ledger } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    await open(ledger, caseId, { route: { route: 'automatic', reasons: [] }, refusal: 'STOPPED' });
    expect((await getCase(ledger, caseId))?.review?.reasons).toEqual(['STOPPED']);
  });

  it('opens the review whatever the table said', async () => {
    const parsed = openReview.input.parse({ ...named('c'), prediction: null, route: 'nonsense', refusal: null });
    expect(parsed.route).toBeNull();
  });

  it('asks for an explanation where there is a prediction, whether it is an audit or not: nothing may tell the two apart', async () => {
    const { ledger } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    const prediction = { class: 'grant', confidence: 0.5, mayBeAutomatic: true };
    expect(await open(ledger, caseId, { prediction })).toMatchObject({ explain: true });
  });
});

describe('explain-prediction', () => {
  const explanation = { method: 'shapley-sampling', class: 'grant', base_value: 0.7, prediction: 0.9, attributions: { amount: 0.15, purpose: 0.05 }, tolerance: 1e-6 };

  it('stores the contributions once', async () => {
    const { ledger } = await openTestLedger();
    const caseId = await predictedCase(ledger);
    const servingUrl = await serve({ body: { predictions: [0], explanations: [explanation] } });
    for (let run = 0; run < 2; run += 1) expect(await explainPrediction.handle(named(caseId), toolsFor(ledger, { servingUrl }))).toEqual({ explained: true });
    expect(await readExplanation(ledger, caseId)).toMatchObject({ class: 'grant', baseValue: 0.7, attributions: { amount: 0.15 } });
  });

  it.each<[string, Reply]>([
    ['fails', { status: 500, body: { error: 'boom' } }],
    ['cannot be reached', { cut: true }],
    ['answers another shape', { body: { predictions: [0] } }],
    ['explains another class', { body: { explanations: [{ ...explanation, class: 'decline' }] } }],
    ['does not add up', { body: { explanations: [{ ...explanation, base_value: 0.1 }] } }],
  ])('lets the case go on when the explainer %s', async (_, reply) => {
    const { ledger } = await openTestLedger();
    const caseId = await predictedCase(ledger);
    expect(await explainPrediction.handle(named(caseId), toolsFor(ledger, { servingUrl: await serve(reply) }))).toEqual({ explained: false });
    expect(await readExplanation(ledger, caseId)).toBeNull();
  });
});

describe('score-novelty', () => {
  const anomaly = { model: 'novelty', mediumFrom: 1, highFrom: 2 };

  it.each([
    [0.5, 'low'],
    [1, 'medium'],
    [2, 'high'],
  ])('sorts the score %f into the band %s', async (score, band) => {
    const { ledger } = await openTestLedger({ service: { anomaly } });
    const { caseId } = await newCase(ledger);
    const servingUrl = await serve({ body: { predictions: [score] } });
    for (let run = 0; run < 2; run += 1) expect(await scoreNovelty.handle(named(caseId), toolsFor(ledger, { servingUrl }))).toEqual({ novelty: { score, band } });
  });

  it('throws MODEL_UNAVAILABLE when the novelty model does not answer', async () => {
    const { ledger } = await openTestLedger({ service: { anomaly } });
    const { caseId } = await newCase(ledger);
    await expect(scoreNovelty.handle(named(caseId), toolsFor(ledger, { servingUrl: await serve({ cut: true }) }))).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });
});

describe('notify-caller', () => {
  it('owes one webhook however often it runs, and none without an address', async () => {
    const { ledger } = await openTestLedger();
    const withAddress = await predictedCaseWithCallback(ledger);
    for (let run = 0; run < 2; run += 1) await notifyCaller.handle({ caseId: withAddress }, toolsFor(ledger));
    expect((await countOutbox(ledger)).webhook).toBe(1);
    const without = await newCase(ledger, { key: 'other' });
    await notifyCaller.handle({ caseId: without.caseId }, toolsFor(ledger));
    expect((await countOutbox(ledger)).webhook).toBe(1);
  });
});

async function predictedCaseWithCallback(ledger: Ledger): Promise<string> {
  const { caseId } = await newCase(ledger, { callbackUrl: 'https://caller.example/hook' });
  return caseId;
}

const xml = '<definitions id="table" />';

function clientWithTable(deployed: string | null): EngineClient {
  return {
    searchDecisionDefinitions: async () => ({ items: deployed === null ? [] : [{ decisionRequirementsKey: '77' }] }),
    getDecisionRequirementsXml: async () => deployed,
  } as unknown as EngineClient;
}

describe('record-decision', () => {
  const byModel = { headers: { decidedBy: 'model', routingDecision: 'route' } };
  const certified: LedgerOptions = { routingTableDigest: routingTableDigest(xml) };
  const record = (ledger: Ledger, caseId: string, deployed: string | null = xml) => recordDecision.handle({ caseId }, toolsFor(ledger, { client: clientWithTable(deployed), job: byModel }));

  it("records the model's outcome once", async () => {
    const { ledger } = await openTestLedger(certified);
    const caseId = await predictedCase(ledger);
    for (let run = 0; run < 2; run += 1) expect(await record(ledger, caseId)).toEqual({ decidedBy: 'model', finalClass: 'grant' });
    expect(await getCase(ledger, caseId)).toMatchObject({ status: 'decided', decision: { decidedBy: 'model', class: 'grant' } });
  });

  it('lets the caller who waits for the decision have it before the job ends', async () => {
    const { ledger } = await openTestLedger(certified);
    const caseId = await predictedCase(ledger);
    const order: string[] = [];
    const answered = waitForCase(ledger, caseId, { until: 'decided', timeoutMs: 10_000 }).then(() => order.push('answer'));
    await Promise.all([answered, record(ledger, caseId).then(() => order.push('end of the job'))]);
    expect(order).toEqual(['answer', 'end of the job']);
  });

  it.each<[string, LedgerOptions, { confidence?: number; predicted?: string; deployed?: string; later?: number }, string]>([
    ['the score is below the threshold', certified, { confidence: 0.79 }, 'LOW_CONFIDENCE'],
    ['the class is kept to people', certified, { predicted: 'decline' }, 'BUSINESS_RULE'],
    ['the release is a pilot', { ...certified, release: 'pilot' }, {}, 'PILOT'],
    ['there is no release', { ...certified, release: 'none' }, {}, 'NO_RELEASE'],
    ['the release is over', certified, { later: 91 * 86_400_000 }, 'RELEASE_EXPIRED'],
    ['the case was drawn for the audit', { ...certified, auditShare: 0.999_999 }, {}, 'AUDIT_SAMPLE'],
    ['another table was deployed behind the ledger', certified, { deployed: '<definitions id="edited" />' }, 'NO_RELEASE'],
  ])('throws AUTOMATIC_NOT_PERMITTED when %s', async (_, options, { confidence, predicted, deployed, later }, refusal) => {
    const { ledger, clock } = await openTestLedger(options);
    const caseId = await predictedCase(ledger, confidence, predicted);
    clock.time += later ?? 0;
    await expect(record(ledger, caseId, deployed)).rejects.toMatchObject({ code: 'AUTOMATIC_NOT_PERMITTED', variables: { refusal } });
    expect((await getCase(ledger, caseId))?.decision).toBeNull();
  });

  it('throws AUTOMATIC_NOT_PERMITTED when the engine cannot show the deployed table, and tries again when it is only down', async () => {
    const { ledger } = await openTestLedger(certified);
    const caseId = await predictedCase(ledger);
    const failing = (status: number) => ({ searchDecisionDefinitions: async () => Promise.reject(Object.assign(new Error('x'), { status })) }) as unknown as EngineClient;
    const recordOn = (client: EngineClient) => recordDecision.handle({ caseId }, toolsFor(ledger, { client, job: byModel }));
    await expect(recordOn(failing(404))).rejects.toMatchObject({ code: 'AUTOMATIC_NOT_PERMITTED', variables: { refusal: 'NO_RELEASE' } });
    await expect(recordOn(failing(503))).rejects.toMatchObject({ status: 503 });
  });

  it("records the expert's verdict, not before it can no longer be taken back", async () => {
    const { ledger, clock } = await openTestLedger();
    const caseId = await predictedCase(ledger);
    await openReview.handle({ ...named(caseId), prediction: null, route: { route: 'review', reasons: ['PILOT'] }, refusal: null }, toolsFor(ledger));
    await storeBlindVerdict(ledger, { caseId, userTaskKey: '50', reviewer: 'expert', answer: { kind: 'class', class: 'grant' } });
    const byExpert = () => recordDecision.handle({ caseId }, toolsFor(ledger, { job: { headers: { decidedBy: 'expert' } } }));
    await expect(byExpert()).rejects.toMatchObject({ name: 'RetryableFailure' });
    clock.time += 5_001;
    for (let run = 0; run < 2; run += 1) expect(await byExpert()).toEqual({ decidedBy: 'expert', finalClass: 'grant' });
  });

  it('fails for good without a verdict, and without its header', async () => {
    const { ledger } = await openTestLedger();
    const caseId = await predictedCase(ledger);
    await expect(recordDecision.handle({ caseId }, toolsFor(ledger, { job: { headers: { decidedBy: 'expert' } } }))).rejects.toMatchObject({ name: 'TerminalFailure' });
    await expect(recordDecision.handle({ caseId }, toolsFor(ledger))).rejects.toMatchObject({ name: 'TerminalFailure' });
  });
});

describe('escalate-review', () => {
  it('offers the open tasks to the adjudicators too, and takes an answered one for done', async () => {
    const { ledger } = await openTestLedger();
    const updateUserTask = vi.fn(async ({ userTaskKey }: { userTaskKey: string }) => {
      if (userTaskKey === '2') throw Object.assign(new Error('gone'), { status: 404 });
    });
    const client = { searchUserTasks: async () => ({ items: [{ userTaskKey: '1' }, { userTaskKey: '2' }] }), updateUserTask } as unknown as EngineClient;
    await escalateReview.handle({ caseId: 'c', reviewGroup: 'experts', adjudicatorGroup: 'adjudicators' }, toolsFor(ledger, { client }));
    expect(updateUserTask).toHaveBeenCalledTimes(2);
    expect(updateUserTask.mock.calls[0]?.[0]).toMatchObject({ changeset: { candidateGroups: ['experts', 'adjudicators'], priority: 80 } });
  });
});
