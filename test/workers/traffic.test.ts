// Who is asked about a case while a candidate is on its way: in shadow about all, in the canary about its share, by case.
import { afterEach, describe, expect, it } from 'vitest';
import { canaryBucket, caseRecord, listPredictions, type Ledger } from '../../ledger/index.ts';
import { silentLog } from '../../workers/log.ts';
import { noPlatform } from '../../workers/kubeflow/no-platform.ts';
import { drawAuditSample } from '../../workers/draw-audit-sample.ts';
import { openReview } from '../../workers/open-review.ts';
import { scoreCase } from '../../workers/score-case.ts';
import { createShadowLane, type ShadowLane } from '../../workers/serving/shadow-lane.ts';
import { defaultWorkerSettings } from '../../workers/settings.ts';
import { candidate, lifeBench, move, upTo } from '../ledger/lifecycle-fixture.ts';
import { receive } from '../ledger/fixture.ts';
import { toolsFor } from './ledger-fixture.ts';
import { startFakeModelServer, type Call, type FakeModelServer, type Reply } from './serving/fake-model-server.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const says: Record<string, Reply> = {
  'loans-v1': { body: { predictions: [[0.9, 0.05, 0.05]] } },
  'loans-v2': { body: { predictions: [[0.1, 0.85, 0.05]] } },
};
const healthy = ({ method, path }: Call): Reply => {
  const model = /models\/([^:/]+)/.exec(path)?.[1] ?? '';
  return method === 'GET' ? { status: 404, body: { detail: 'Not Found' } } : (says[model] ?? { status: 404, body: { error: 'unknown' } });
};

async function setUp() {
  const bench = await lifeBench();
  const server: FakeModelServer = await startFakeModelServer(healthy);
  const { serving, shadow: limits } = defaultWorkerSettings({ servingAddress: () => server.url });
  const lane = createShadowLane({ ledger: bench.ledger, serving, limits, deployment: noPlatform.deployment, log: silentLog });
  undo.push(() => bench.ledger.close(), () => server.close(), () => lane.close());
  return { bench, server, lane };
}

/** The case's way as far as the models are asked. */
async function pass(ledger: Ledger, lane: ShadowLane, server: FakeModelServer, more: { key: string; objection?: boolean }) {
  const { caseId } = await receive(ledger, { idempotencyKey: more.key, input: { amount: 1_000 }, objection: more.objection ?? false });
  const tools = toolsFor(ledger, { servingUrl: server.url, shadow: lane, job: { processInstanceKey: `i-${more.key}` } });
  const names = { caseId, service: 'loans', serviceVersion: 1 };
  const drawn = await drawAuditSample.handle(names, tools);
  const asked = drawn.release.state === 'live' && more.objection !== true;
  const prediction = asked ? (await scoreCase.handle({ ...names, release: drawn.release, novelty: null }, tools)).prediction : null;
  if (!asked) await openReview.handle({ ...names, prediction, route: { route: 'review', reasons: ['NO_RELEASE'] }, refusal: null }, tools);
  await lane.idle();
  const predictions = await listPredictions(ledger, caseId);
  return { caseId, releaseId: drawn.release.id, prediction, said: predictions.map(({ role, releaseId, model }) => [role, releaseId, model.name]) };
}

describe('a candidate in shadow', () => {
  it('is asked about every case under its own release, and the version that decides stays the champion', async () => {
    const { bench, server, lane } = await setUp();
    const { releaseId } = await upTo(bench, 'shadow');
    const found = await pass(bench.ledger, lane, server, { key: 'a' });
    expect(found).toMatchObject({ releaseId: bench.champion, prediction: { class: 'grant' } });
    expect(found.said).toEqual([['decider', bench.champion, 'loans-v1'], ['shadow', releaseId, 'loans-v2']]);
  });

  it('is asked about cases that no model is asked to decide, but not where the person objects', async () => {
    const { bench, server, lane } = await setUp();
    const { releaseId } = await upTo(bench, 'shadow');
    bench.clock.move(31 * 86_400_000);
    const found = await pass(bench.ledger, lane, server, { key: 'a' });
    expect(found.said).toEqual([['shadow', releaseId, 'loans-v2']]);
    const before = server.calls.length;
    expect((await pass(bench.ledger, lane, server, { key: 'b', objection: true })).said).toEqual([]);
    expect(server.calls).toHaveLength(before);
  });

  it('changes nothing for the case when it hangs or fails', async () => {
    const { bench, server, lane } = await setUp();
    await upTo(bench, 'shadow');
    server.answer = (call) => (call.path.includes('loans-v2') && call.method === 'POST' ? { cut: true } : healthy(call));
    const found = await pass(bench.ledger, lane, server, { key: 'a' });
    expect(found.prediction).toMatchObject({ class: 'grant', confidence: 0.9 });
    expect(found.said).toHaveLength(1);
    expect(lane.metrics()).toMatchObject({ failed: 1 });
  });

  it('is not asked any more once it was withdrawn', async () => {
    const { bench, server, lane } = await setUp();
    const { releaseId } = await upTo(bench, 'shadow');
    await move(bench, releaseId, 'withdrawn');
    expect((await pass(bench.ledger, lane, server, { key: 'a' })).said).toEqual([['decider', bench.champion, 'loans-v1']]);
  });
});

describe('a canary', () => {
  it('decides under its own release about its share of the cases, the champion about the rest, each case by the same one again', async () => {
    const { bench, server, lane } = await setUp();
    const { releaseId } = await upTo(bench, 'canary', { share: 50 });
    const passed = [];
    for (let index = 0; index < 24; index += 1) passed.push(await pass(bench.ledger, lane, server, { key: `k${index}` }));
    for (const { caseId, releaseId: under, said } of passed) {
      const inCanary = canaryBucket(releaseId, caseId) < 0.5;
      expect(under).toBe(inCanary ? releaseId : bench.champion);
      expect(said).toEqual(inCanary ? [['decider', releaseId, 'loans-v2']] : [['decider', bench.champion, 'loans-v1'], ['shadow', releaseId, 'loans-v2']]);
    }
    expect(new Set(passed.map((one) => one.releaseId)).size).toBe(2);
    const [one] = passed.filter((other) => other.releaseId === releaseId);
    const again = await drawAuditSample.handle({ caseId: one?.caseId ?? '', service: 'loans', serviceVersion: 1 }, toolsFor(bench.ledger, { job: { processInstanceKey: `i-k${passed.indexOf(one ?? passed[0]!)}` } }));
    expect(again.release).toMatchObject({ id: releaseId, model: candidate, threshold: 0.8 });
  });

  it('gets all cases at 100 percent', async () => {
    const { bench, server, lane } = await setUp();
    const { releaseId } = await upTo(bench, 'canary', { share: 100 });
    for (const key of ['a', 'b', 'c']) expect((await pass(bench.ledger, lane, server, { key })).releaseId).toBe(releaseId);
  });

  it('is named in the case’s record beside the version that decided', async () => {
    const { bench, server, lane } = await setUp();
    const { releaseId } = await upTo(bench, 'shadow');
    const { caseId } = await pass(bench.ledger, lane, server, { key: 'a' });
    const record = await caseRecord(bench.ledger, caseId);
    expect(record?.predictions.map(({ role, releaseId: under, model }) => [role, under, model.name])).toEqual([['decider', bench.champion, 'loans-v1'], ['shadow', releaseId, 'loans-v2']]);
  });
});

describe('the bucket of a case', () => {
  it('spreads cases evenly and keeps who is in it as the share grows', () => {
    const buckets = Array.from({ length: 4_000 }, (_, index) => canaryBucket('release', `case-${index}`));
    for (const share of [0.1, 0.5, 0.9]) {
      const within = buckets.filter((bucket) => bucket < share).length / buckets.length;
      expect(Math.abs(within - share)).toBeLessThan(0.03);
    }
    expect(canaryBucket('release', 'case-1')).toBe(canaryBucket('release', 'case-1'));
    expect(canaryBucket('release', 'case-1')).not.toBe(canaryBucket('other', 'case-1'));
  });
});
