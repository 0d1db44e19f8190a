// The shadow's lane: candidates are asked apart from everything that decides; what does not fit is dropped and counted.
import { afterEach, describe, expect, it } from 'vitest';
import { eraseSubject, listPredictions, storePrediction, type CandidateRelease, type Ledger } from '../../../ledger/index.ts';
import { noPlatform } from '../../../workers/kubeflow/no-platform.ts';
import { silentLog } from '../../../workers/log.ts';
import { createShadowLane, type ShadowLane } from '../../../workers/serving/shadow-lane.ts';
import { defaultWorkerSettings, type ShadowSettings } from '../../../workers/settings.ts';
import { model, newCase, openTestLedger } from '../ledger-fixture.ts';
import { startFakeModelServer, type Call, type FakeModelServer, type Reply } from './fake-model-server.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const candidate = (name: string, releaseId = `rel-${name}`): CandidateRelease => ({ releaseId, state: 'shadow', model: { name, version: '2', digest: 'e'.repeat(64) }, share: 0, since: 0 });
const granted: Reply = { body: { predictions: [[0.9, 0.1]] } };
const noMetadata: Reply = { status: 404, body: { detail: 'Not Found' } };
const predictOnly = (reply: Reply | ((call: Call) => Reply)) => (call: Call) => (call.method === 'GET' ? noMetadata : typeof reply === 'function' ? reply(call) : reply);

async function setUp(answer: (call: Call) => Reply, options: { candidates?: CandidateRelease[]; limits?: Partial<ShadowSettings> } = {}): Promise<{ server: FakeModelServer; ledger: Ledger; lane: ShadowLane }> {
  const server = await startFakeModelServer(answer);
  const { ledger } = await openTestLedger();
  const { serving, shadow } = defaultWorkerSettings({ servingAddress: () => server.url });
  const lane = createShadowLane({ ledger, serving, limits: { ...shadow, ...options.limits }, deployment: noPlatform.deployment, log: silentLog, candidatesOf: async () => options.candidates ?? [candidate('risk-v2')] });
  undo.push(() => server.close(), () => lane.close());
  return { server, ledger, lane };
}

const offer = (lane: ShadowLane, caseId: string, decidedUnder: string | null = 'rel-1') => lane.offer({ caseId, service: 'risk', serviceVersion: 1, decidedUnder });

describe('the shadow lane', () => {
  it('stores what each candidate says under its own release, beside the decider', async () => {
    const { ledger, lane } = await setUp(predictOnly(({ path }) => (path.includes('risk-v2') ? { body: { predictions: [[0.3, 0.7]] } } : granted)), { candidates: [candidate('risk-v2'), candidate('risk-v3')] });
    const { caseId } = await newCase(ledger);
    await storePrediction(ledger, { caseId, role: 'decider', releaseId: 'rel-1', model, class: 'grant', confidence: 0.8, probabilities: { grant: 0.8, decline: 0.2 } });
    offer(lane, caseId);
    await lane.idle();
    const stored = await listPredictions(ledger, caseId);
    expect(stored.map(({ role, releaseId, model: { name }, class: said }) => [role, releaseId, name, said])).toEqual([
      ['decider', 'rel-1', 'risk-v1', 'grant'],
      ['shadow', 'rel-risk-v2', 'risk-v2', 'decline'],
      ['shadow', 'rel-risk-v3', 'risk-v3', 'grant'],
    ]);
    expect(lane.metrics()).toEqual({ stored: 2, failed: 0, dropped: 0, waiting: 0 });
  });

  it('returns before anything is asked', async () => {
    const { server, ledger, lane } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger);
    offer(lane, caseId);
    expect(server.calls).toEqual([]);
    expect(lane.metrics().waiting).toBe(1);
    await lane.idle();
    expect(server.calls).not.toEqual([]);
  });

  it('does not ask the version again under whose release the case was decided', async () => {
    const { server, ledger, lane } = await setUp(predictOnly(granted), { candidates: [candidate('risk-v2', 'rel-canary')] });
    const { caseId } = await newCase(ledger);
    offer(lane, caseId, 'rel-canary');
    await lane.idle();
    expect(server.calls).toEqual([]);
  });

  it('keeps one prediction per candidate and case, however often the case is offered', async () => {
    const { ledger, lane } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger);
    for (let time = 0; time < 3; time += 1) offer(lane, caseId);
    await lane.idle();
    expect(await listPredictions(ledger, caseId)).toHaveLength(1);
  });

  it('counts what fails, asks once only, and goes on with the other candidates', async () => {
    const { server, ledger, lane } = await setUp(predictOnly(({ path }) => (path.includes('risk-v2') ? { status: 503, body: { error: 'busy' } } : granted)), { candidates: [candidate('risk-v2'), candidate('risk-v3')] });
    const { caseId } = await newCase(ledger);
    offer(lane, caseId);
    await lane.idle();
    expect(server.calls.filter(({ method, path }) => method === 'POST' && path.includes('risk-v2'))).toHaveLength(1);
    expect(lane.metrics()).toMatchObject({ stored: 1, failed: 1 });
  });

  it('drops and counts what does not fit while a candidate hangs, and lets it go after its own time limit', async () => {
    const { ledger, lane } = await setUp(predictOnly({ never: true }), { limits: { waiting: 2, parallel: 1, timeLimitMs: 30, breaker: { failures: 99, openMs: 1 } } });
    const cases = await Promise.all(['a', 'b', 'c', 'd'].map((key) => newCase(ledger, { key })));
    for (const { caseId } of cases) offer(lane, caseId);
    expect(lane.metrics()).toMatchObject({ waiting: 2, dropped: 2 });
    await lane.idle();
    expect(lane.metrics()).toEqual({ stored: 0, failed: 2, dropped: 2, waiting: 0 });
  });

  it('stops calling a dead candidate by a breaker of its own', async () => {
    const { server, ledger, lane } = await setUp(predictOnly({ cut: true }), { limits: { parallel: 1, breaker: { failures: 2, openMs: 60_000 } } });
    for (const key of ['a', 'b', 'c', 'd', 'e']) offer(lane, (await newCase(ledger, { key })).caseId);
    await lane.idle();
    expect(server.calls.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(2);
    expect(lane.metrics()).toMatchObject({ failed: 5, stored: 0 });
  });

  it('asks nothing about a case whose input was erased', async () => {
    const { server, ledger, lane } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger, { subject: 'person-1' });
    await eraseSubject(ledger, { subject: 'person-1', by: 'officer' });
    offer(lane, caseId);
    await lane.idle();
    expect(server.calls).toEqual([]);
  });

  it('asks nothing where the served file is another than the release names', async () => {
    const { ledger, lane } = await setUp((call) => (call.method === 'GET' ? { body: { name: 'risk-v2', parameters: { sha256: 'other' } } } : granted));
    const { caseId } = await newCase(ledger);
    offer(lane, caseId);
    await lane.idle();
    expect(await listPredictions(ledger, caseId)).toEqual([]);
    expect(lane.metrics().failed).toBe(1);
  });

  it('ends at once when closed: what waits is dropped, what comes later too', async () => {
    const { ledger, lane } = await setUp(predictOnly({ never: true }), { limits: { parallel: 1 } });
    const cases = await Promise.all(['a', 'b', 'c'].map((key) => newCase(ledger, { key })));
    for (const { caseId } of cases) offer(lane, caseId);
    await new Promise((resolve) => setImmediate(resolve));
    await lane.close();
    offer(lane, cases[0]?.caseId ?? '');
    expect(lane.metrics()).toMatchObject({ stored: 0, dropped: 3, waiting: 0 });
  });

  it('survives a ledger that fails, and counts it', async () => {
    const { ledger, lane } = await setUp(predictOnly(granted));
    const { caseId } = await newCase(ledger);
    await ledger.close();
    offer(lane, caseId);
    await lane.idle();
    expect(lane.metrics().failed).toBe(1);
  });
});
