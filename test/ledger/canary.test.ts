// The canary: which cases meet it, that a case keeps its release, and that the gate takes no other release's certificate.
import { describe, expect, test } from 'vitest';
import { activeRelease, beginCase, candidateReleases, canaryBucket, drawAuditSample, getCase, listShadowEvidence, moveRelease, openReview, recordDecision, stopRelease, stopService, storePrediction, withdrawRelease, type Model } from '../../ledger/index.ts';
import { judge, model, receive, release } from './fixture.ts';
import { canaryReport, candidate, evidence, lifeBench, move, upTo, type LifeBench } from './lifecycle-fixture.ts';

async function canaryBench(share: number): Promise<LifeBench & { canary: string }> {
  const bench = await lifeBench();
  return { ...bench, canary: (await upTo(bench, 'canary', { share })).releaseId };
}

/** Received and drawn until one case of each side is there. */
async function caseOf({ ledger }: LifeBench, releaseId: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { caseId } = await receive(ledger);
    if ((await drawAuditSample(ledger, caseId))?.releaseId === releaseId) return caseId;
  }
  throw new Error(`No case was drawn for ${releaseId}.`);
}

const predict = ({ ledger }: LifeBench, caseId: string, releaseId: string, by: Model) =>
  storePrediction(ledger, { caseId, role: 'decider', releaseId, model: by, class: 'grant', confidence: 0.9, probabilities: { grant: 0.9 } });

const decide = ({ ledger }: LifeBench, caseId: string) => recordDecision(ledger, { caseId, proposed: { by: 'model' } });

describe('the share of the canary', () => {
  test('is a hash of release and case: the same each time, growing without losing anybody', () => {
    const cases = Array.from({ length: 2000 }, (_, index) => `case-${index}`);
    const inside = (share: number) => new Set(cases.filter((id) => canaryBucket('release-1', id) < share));
    expect(canaryBucket('release-1', 'case-7')).toBe(canaryBucket('release-1', 'case-7'));
    expect([...inside(0.1)].every((id) => inside(0.5).has(id))).toBe(true);
    // 2,000 draws of 10 %: within five standard deviations.
    expect(Math.abs(inside(0.1).size - 200)).toBeLessThan(67);
    expect(inside(1).size).toBe(2000);
    expect(inside(0).size).toBe(0);
  });

  test('decides which release a case is drawn for, as the hash says', async () => {
    const bench = await canaryBench(40);
    for (let index = 0; index < 30; index += 1) {
      const { caseId } = await receive(bench.ledger);
      const expected = canaryBucket(bench.canary, caseId) < 0.4 ? bench.canary : bench.champion;
      expect(await activeRelease(bench.ledger, 'loans', undefined, caseId)).toMatchObject({ state: 'live', release: { releaseId: expected } });
      expect(await drawAuditSample(bench.ledger, caseId)).toMatchObject({ releaseId: expected });
    }
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live', release: { releaseId: bench.champion } });
  });

  test('is told to the first worker of a case in the one unit of work that draws', async () => {
    const bench = await canaryBench(100);
    const { caseId } = await receive(bench.ledger);
    const begun = await beginCase(bench.ledger, { caseId, processInstanceKey: '1', processDefinitionId: 'anomaly-routing', processDefinitionVersion: 1 });
    expect(begun).toMatchObject({ kind: 'begun', draw: { releaseId: bench.canary }, release: { state: 'live', release: { releaseId: bench.canary, model: candidate } } });
  });

  test('takes no new cases once its end date has come; the live release does', async () => {
    const bench = await canaryBench(100);
    const before = await caseOf(bench, bench.canary);
    // The champion ends first in this test, so that a later end date of the canary is what counts.
    bench.clock.move(29 * 86_400_000);
    expect(await activeRelease(bench.ledger, 'loans', bench.clock.now() + 90 * 86_400_000, before)).toMatchObject({ state: 'expired', release: { releaseId: bench.canary } });
    const { caseId } = await receive(bench.ledger);
    expect(await activeRelease(bench.ledger, 'loans', bench.clock.now() + 90 * 86_400_000, caseId)).toMatchObject({ state: 'expired', release: { releaseId: bench.champion } });
  });
});

describe('a case of the canary', () => {
  test('is decided by it, under its own certificate', async () => {
    const bench = await canaryBench(50);
    const caseId = await caseOf(bench, bench.canary);
    await predict(bench, caseId, bench.canary, candidate);
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'recorded', decision: { releaseId: bench.canary, modelVersion: '2', threshold: 0.8 } });
    const other = await caseOf(bench, bench.champion);
    await predict(bench, other, bench.champion, model);
    expect(await decide(bench, other)).toMatchObject({ kind: 'recorded', decision: { releaseId: bench.champion, modelVersion: '1' } });
  });

  test.each([['the champion', 'champion'], ['another artefact', 'artefact']] as const)('goes to people where the prediction is of %s', async (_, which) => {
    const bench = await canaryBench(50);
    const caseId = await caseOf(bench, bench.canary);
    if (which === 'champion') await predict(bench, caseId, bench.champion, model);
    else await predict(bench, caseId, bench.canary, { ...candidate, digest: 'other' });
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'refused', reason: 'RELEASE_CHANGED' });
  });

  test('and one of the champion do not pass for each other', async () => {
    const bench = await canaryBench(50);
    const caseId = await caseOf(bench, bench.champion);
    await predict(bench, caseId, bench.canary, candidate);
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'refused', reason: 'RELEASE_CHANGED' });
  });

  test('keeps its release when the share grows and when it goes live', async () => {
    const bench = await canaryBench(50);
    const mine = await caseOf(bench, bench.canary);
    const champions = await caseOf(bench, bench.champion);
    await move(bench, bench.canary, 'canary', { share: 100 });
    expect(await activeRelease(bench.ledger, 'loans', undefined, champions)).toMatchObject({ release: { releaseId: bench.champion } });
    expect((await drawAuditSample(bench.ledger, champions))?.releaseId).toBe(bench.champion);
    await evidence(bench, bench.canary, canaryReport(bench.canary));
    await move(bench, bench.canary, 'live');
    await predict(bench, mine, bench.canary, candidate);
    expect(await decide(bench, mine)).toMatchObject({ kind: 'recorded', decision: { releaseId: bench.canary } });
    // Its release has ended under it: people decide.
    await predict(bench, champions, bench.champion, model);
    expect(await decide(bench, champions)).toMatchObject({ kind: 'refused', reason: 'RELEASE_CHANGED' });
  });

  test('goes to people when the canary is taken back or stopped, and the next one to the champion', async () => {
    const bench = await canaryBench(100);
    const [first, second] = [await caseOf(bench, bench.canary), await caseOf(bench, bench.canary)];
    for (const caseId of [first, second]) await predict(bench, caseId, bench.canary, candidate);
    await stopRelease(bench.ledger, { releaseId: bench.canary, by: bench.people.owner.userId, reason: 'wait' });
    expect(await decide(bench, first)).toMatchObject({ kind: 'refused', reason: 'STOPPED' });
    const next = await receive(bench.ledger);
    expect(await drawAuditSample(bench.ledger, next.caseId)).toMatchObject({ releaseId: bench.champion });
    await withdrawRelease(bench.ledger, { releaseId: bench.canary, by: 'system:promotion' });
    expect(await decide(bench, second)).toMatchObject({ kind: 'refused', reason: 'RELEASE_CHANGED' });
    expect((await getCase(bench.ledger, second))?.draw?.releaseId).toBe(bench.canary);
  });

  test('is stopped with the service, as the champion is', async () => {
    const bench = await canaryBench(50);
    const mine = await caseOf(bench, bench.canary);
    const champions = await caseOf(bench, bench.champion);
    await predict(bench, mine, bench.canary, candidate);
    await predict(bench, champions, bench.champion, model);
    await stopService(bench.ledger, { service: 'loans', by: 'owner' });
    for (const caseId of [mine, champions]) expect(await decide(bench, caseId)).toMatchObject({ kind: 'refused', reason: 'STOPPED' });
  });
});

describe('the candidates of a service', () => {
  test('are those in shadow and canary, until they are stopped', async () => {
    const bench = await lifeBench();
    const candidates = () => candidateReleases(bench.ledger, 'loans');
    const { releaseId } = await upTo(bench, 'approved');
    expect(await candidates()).toEqual([]);
    await move(bench, releaseId, 'shadow');
    const since = bench.clock.now();
    expect(await candidates()).toEqual([{ releaseId, state: 'shadow', model: candidate, share: 0, since }]);
    bench.clock.move(1000);
    await stopRelease(bench.ledger, { releaseId, by: bench.people.owner.userId, reason: 'x' });
    expect(await candidates()).toEqual([]);
    const second = await canaryBench(10);
    second.clock.move(1000);
    await move(second, second.canary, 'canary', { share: 50 });
    expect(await candidateReleases(second.ledger, 'loans')).toEqual([{ releaseId: second.canary, state: 'canary', model: candidate, share: 50, since: second.clock.now() - 1000 }]);
  });
});

describe('the evidence of a shadow', () => {
  test('is each audited case since it began, with both predictions and the first blind verdict', async () => {
    const bench = await lifeBench();
    const { ledger } = bench;
    // A champion that audits everything.
    await withdrawRelease(ledger, { releaseId: bench.champion, by: 'system:test' });
    const champion = await release(bench, { auditShare: 1 });
    const inShadow = { ...bench, champion: champion.releaseId };
    const before = await receive(ledger);
    await drawAuditSample(ledger, before.caseId);
    const { releaseId } = await upTo(inShadow, 'shadow');
    const [answered, silent] = [await receive(ledger), await receive(ledger)];
    for (const { caseId } of [answered, silent]) {
      await drawAuditSample(ledger, caseId);
      await predict(bench, caseId, champion.releaseId, model);
    }
    await storePrediction(ledger, { caseId: answered.caseId, role: 'shadow', releaseId, model: candidate, class: 'decline', confidence: 0.7, probabilities: { decline: 0.7 } });
    expect(await listShadowEvidence(ledger, releaseId)).toEqual([]);
    for (const { caseId } of [before, answered, silent]) {
      await openReview(ledger, { caseId, reasons: ['AUDIT_SAMPLE'] });
      await judge(bench, caseId, 'decline');
    }
    const said = { model, class: 'grant', confidence: 0.9, releaseId: champion.releaseId };
    expect(await listShadowEvidence(ledger, releaseId)).toEqual([
      { caseId: answered.caseId, champion: said, candidate: { model: candidate, class: 'decline', confidence: 0.7 }, verdict: 'decline', givenAt: expect.any(Number) },
      { caseId: silent.caseId, champion: said, candidate: null, verdict: 'decline', givenAt: expect.any(Number) },
    ]);
  });

  test('leaves out cases that the routing sent to people', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'shadow');
    const { caseId } = await receive(bench.ledger);
    await drawAuditSample(bench.ledger, caseId);
    await openReview(bench.ledger, { caseId, reasons: ['LOW_CONFIDENCE'] });
    await judge(bench, caseId, 'decline');
    expect(await listShadowEvidence(bench.ledger, releaseId)).toEqual([]);
    expect(await listShadowEvidence(bench.ledger, 'none')).toEqual([]);
    expect(await moveRelease(bench.ledger, { releaseId, to: 'withdrawn', by: 'system:promotion', why: { code: 'X' } })).toMatchObject({ kind: 'moved' });
  });
});
