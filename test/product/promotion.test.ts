// The whole life of a release on the local default, through the HTTP API, with a moved clock: promote, decide, stop, expire, roll back, renew, retrain.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReleaseDetail } from '../../api/contract/releases.ts';
import { startStellwerk } from '../../api/start.ts';
import { activeRelease, getCase, getLifecycle, listPredictions } from '../../ledger/index.ts';
import { dayMs, heldOut, startJourney, type Journey } from './promotion-journey.ts';

const opened: Journey[] = [];
const open = async (options: Parameters<typeof startJourney>[0] = {}): Promise<Journey> => {
  const journey = await startJourney(options);
  opened.push(journey);
  return journey;
};
afterAll(async () => {
  for (const { product } of opened) await product.close();
});

describe('credit-risk v2, from its proposal to its end', () => {
  let journey: Journey;
  let release: string;
  beforeAll(async () => { journey = await open(); }, 60_000);

  it('is evaluated beside v1 through the real model server, with card, lineage and findings before the voters', { timeout: 120_000 }, async () => {
    release = await journey.propose();
    await vi.waitFor(async () => { expect((await journey.read(release)).gate).not.toBeNull(); }, { timeout: 60_000, interval: 100 });
    const found = await journey.inState(release, 'evaluated');
    expect(found.evidence.filter(({ current }) => current).map(({ kind }) => kind).sort()).toEqual(expect.arrayContaining(['artefact', 'evaluation', 'gate', 'model-card', 'registry']));
    expect(found.gate?.result).toBe('findings');
    expect(found.decision).toMatchObject({ outcome: 'open', needed: [{ by: null }, { by: null }] });
  });

  it('asks v2 beside v1 once two people approved: it is predicted, and decides nothing', { timeout: 120_000 }, async () => {
    await journey.approve(release);
    await journey.inState(release, 'shadow');
    const view = await journey.decide(heldOut[0]?.input);
    expect(view.status).toBe('in-review');
    await vi.waitFor(async () => {
      const asked = await listPredictions(journey.product.stellwerk.ledger, view.caseId);
      expect(asked.map(({ role, model }) => [role, model.name]).sort()).toEqual([['decider', 'credit-risk-v1'], ['shadow', 'credit-risk-v2']]);
    }, { timeout: 10_000, interval: 50 });
  });

  it('goes through the canary by time or by hand, and live under a certificate of its own', { timeout: 120_000 }, async () => {
    await journey.step(release);
    expect(await journey.read(release)).toMatchObject({ state: 'canary', share: 10, terms: { mode: 'automatic' } });
    await vi.waitFor(async () => {
      journey.pass(40_000);
      expect((await journey.read(release)).share).toBe(50);
    }, { timeout: 20_000, interval: 200 });
    await journey.step(release);
    await journey.step(release);
    const live = await journey.inState(release, 'live');
    expect(live.terms).toMatchObject({ mode: 'automatic', policyInForce: true, certificate: { certified: true } });
    expect((await journey.read(journey.champion)).state).toBe('superseded');
  });

  it('decides cases alone, and every record names the version', { timeout: 120_000 }, async () => {
    const { ledger } = journey.product.stellwerk;
    const automatic: string[] = [];
    for (const { input } of heldOut.slice(0, 20)) {
      const view = await journey.decide(input);
      if (view.status === 'decided') automatic.push(view.caseId);
    }
    expect(automatic.length).toBeGreaterThan(0);
    for (const caseId of automatic) expect((await getCase(ledger, caseId))?.decision).toMatchObject({ decidedBy: 'model', releaseId: release, class: 'grant' });
  });

  it('is stopped from the next case on, and its watch asks people', { timeout: 120_000 }, async () => {
    await journey.post('approver', `/api/releases/${release}/stop`, { reason: 'odd decisions' });
    for (const { input } of heldOut.slice(0, 20)) expect((await journey.decide(input)).status).toBe('in-review');
    await vi.waitFor(async () => { expect((await journey.read(release)).moves.some(({ code }) => code === 'REASSESSMENT_STOPPED')).toBe(true); }, { timeout: 20_000, interval: 50 });
  });

  it('expires by itself at its date, and v1, which is still valid, decides again', { timeout: 120_000 }, async () => {
    journey.pass(91 * dayMs);
    expect(await activeRelease(journey.product.stellwerk.ledger, 'credit-risk')).not.toMatchObject({ state: 'live', release: { releaseId: release } });
    await journey.inState(release, 'expired');
    const after = await journey.newest();
    expect(after).toMatchObject({ kind: 'rollback', state: 'live', modelName: 'credit-risk-v1' });
  });
});

describe('a release that people end or follow up', () => {
  it('is rolled back to its predecessor in one action', { timeout: 180_000 }, async () => {
    const journey = await open();
    const release = await journey.propose();
    await journey.toLive(release);
    await journey.post('process-owner', `/api/releases/${release}/roll-back`, { reason: 'complaints' });
    expect((await journey.read(release)).state).toBe('withdrawn');
    expect(await journey.newest()).toMatchObject({ kind: 'rollback', state: 'live', modelName: 'credit-risk-v1' });
    expect((await journey.decide(heldOut[0]?.input)).status).toBe('in-review');
  });

  it('is renewed before its date with new evidence and new votes; without a pipeline a retraining says so', { timeout: 180_000 }, async () => {
    const journey = await open();
    const release = await journey.propose();
    await journey.toLive(release);
    journey.pass(61 * dayMs);
    await vi.waitFor(async () => { expect((await journey.read(release)).reassessment).toBe(true); }, { timeout: 20_000, interval: 50 });
    await journey.post('process-owner', `/api/releases/${release}/reassessment`, { answer: 'retrain', reason: 'drift' });
    await vi.waitFor(async () => { expect((await journey.read(release)).alarms).toMatchObject([{ kind: 'retraining-failed', facts: { failure: 'NOT_CONFIGURED' } }]); }, { timeout: 20_000, interval: 50 });
    await vi.waitFor(async () => { expect((await journey.read(release)).moves.map(({ code }) => code)).toContain('REASSESSMENT_SUCCESSOR_FAILED'); }, { timeout: 20_000, interval: 50 });
    await journey.post('approver', `/api/releases/${release}/reassessment`, { answer: 'renew', reason: 'still good' });
    const renewal = await vi.waitFor(async () => {
      const found = await journey.newest();
      expect(found.kind).toBe('renewal');
      return found;
    }, { timeout: 20_000, interval: 50 });
    await vi.waitFor(async () => { expect((await journey.read(renewal.release)).gate).not.toBeNull(); }, { timeout: 60_000, interval: 100 });
    // Who answered "renew" is the requester now: others vote.
    expect((await (await journey.as('approver')).get<ReleaseDetail>(`/api/releases/${renewal.release}`)).voting).toMatchObject({ allowed: false, why: 'IS_REQUESTER' });
    await journey.approve(renewal.release, {}, ['second-approver', 'process-owner']);
    await journey.inState(renewal.release, 'live');
    expect((await journey.read(release)).state).toBe('renewed');
  });

  it('is one at a time: a second promotion of the service is refused', { timeout: 120_000 }, async () => {
    const journey = await open();
    await journey.propose();
    const { manifest } = journey;
    const again = await (await journey.as('process-owner')).call('POST', '/api/releases', { service: 'credit-risk', model: { name: 'credit-risk-v3', version: '3', digest: 'f'.repeat(64) } });
    expect(again.status).toBe(409);
    const same = await (await journey.as('ml-engineer')).call('POST', '/api/releases', { service: 'credit-risk', model: { name: manifest.name, version: manifest.version, digest: manifest.sha256 }, reference: manifest.name, trainedBy: 'somebody' });
    expect(same.status).toBe(200);
  });

  it('takes up a timer that fired while the product was down', { timeout: 120_000 }, async () => {
    const journey = await open();
    await journey.inState(journey.champion, 'live');
    const { stellwerk } = journey.product;
    await stellwerk.close();
    stellwerk.clock.pin(stellwerk.clock.now() + 500 * dayMs);
    const again = await startStellwerk(stellwerk.settings, { clock: stellwerk.clock });
    try {
      await vi.waitFor(async () => {
        expect((await getLifecycle(again.ledger, journey.champion))?.state).toBe('expired');
      }, { timeout: 30_000, interval: 50 });
    } finally {
      await again.close();
    }
  });
});
