// Releases: what may decide now, the stop, and the audit draw.
import { describe, expect, test } from 'vitest';
import { activeRelease, drawAuditSample, getRelease, getService, isAuditCase, listReleases, listServices, openRelease, policyDigest, putRoutingTable, putService, resumeService, stopService, withdrawRelease } from '../../ledger/index.ts';
import { digestOf, sha256 } from '../../ledger/chain/digest.ts';
import { seedOfRelease } from '../../ledger/releases/seed-of-release.ts';
import { definition, model, openBench, pilot, receive, release } from './fixture.ts';

describe('the active release', () => {
  test('is none, then live, then expired at its end date', async () => {
    const bench = await openBench();
    expect(await activeRelease(bench.ledger, 'loans')).toEqual({ state: 'none' });
    const live = await release(bench, { validForMs: 1000 });
    expect(await activeRelease(bench.ledger, 'loans')).toEqual({ state: 'live', release: live, policyInForce: true });
    bench.clock.move(1000);
    expect(await activeRelease(bench.ledger, 'loans')).toEqual({ state: 'expired', release: live });
    expect(await activeRelease(bench.ledger, 'loans', bench.clock.now() - 1)).toMatchObject({ state: 'live' });
  });

  test('is stopped while the stop is pressed, by whom and why', async () => {
    const bench = await openBench();
    const live = await release(bench);
    const stop = await stopService(bench.ledger, { service: 'loans', by: 'owner', reason: 'odd scores' });
    expect(await stopService(bench.ledger, { service: 'loans', by: 'other' })).toEqual(stop);
    expect(await activeRelease(bench.ledger, 'loans')).toEqual({ state: 'stopped', release: live, stop: { by: 'owner', at: bench.clock.now(), reason: 'odd scores' } });
    await resumeService(bench.ledger, { service: 'loans', by: 'owner' });
    await resumeService(bench.ledger, { service: 'loans', by: 'owner' });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live' });
  });

  test('says that its policy is no longer in force after the table or the rules changed', async () => {
    const bench = await openBench();
    await release(bench);
    await putRoutingTable(bench.ledger, { service: 'loans', digest: 'table-2', by: 'owner' });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live', policyInForce: false });
    await putRoutingTable(bench.ledger, { service: 'loans', digest: 'table-1', by: 'owner' });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ policyInForce: true });
    await putService(bench.ledger, { ...definition, routingFields: ['region', 'amount'] }, 'owner');
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ policyInForce: false });
  });

  test('is the newest one: opening supersedes the one before, and both stay listed', async () => {
    const bench = await openBench();
    const first = await pilot(bench);
    const second = await release(bench);
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ release: { releaseId: second.releaseId, mode: 'automatic' } });
    expect((await listReleases(bench.ledger, 'loans')).map(({ releaseId, end }) => [releaseId, end?.how ?? null])).toEqual([
      [second.releaseId, null],
      [first.releaseId, 'superseded'],
    ]);
    expect(await withdrawRelease(bench.ledger, { releaseId: second.releaseId, by: 'approver' })).toEqual({ kind: 'withdrawn' });
    expect(await withdrawRelease(bench.ledger, { releaseId: second.releaseId, by: 'approver' })).toEqual({ kind: 'already' });
    expect(await withdrawRelease(bench.ledger, { releaseId: 'none', by: 'approver' })).toEqual({ kind: 'unknown' });
    expect(await activeRelease(bench.ledger, 'loans')).toEqual({ state: 'none' });
  });

  test('cannot be opened for an unknown service, without a routing table, or for the past', async () => {
    const bench = await openBench();
    const request = { service: 'loans', mode: 'pilot' as const, model, certificate: null, openedBy: 'a', validUntil: bench.clock.now() };
    expect(await openRelease(bench.ledger, { ...request, service: 'none' })).toMatchObject({ reason: 'SERVICE_UNKNOWN' });
    expect(await openRelease(bench.ledger, request)).toMatchObject({ reason: 'ALREADY_OVER' });
    await putService(bench.ledger, { ...definition, id: 'other' }, 'owner');
    expect(await openRelease(bench.ledger, { ...request, service: 'other' })).toMatchObject({ reason: 'NO_ROUTING_TABLE' });
  });
});

describe('the audit draw', () => {
  test('is made once per case and kept, also when another release comes', async () => {
    const bench = await openBench();
    const all = await release(bench, { auditShare: 1 });
    const { caseId } = await receive(bench.ledger);
    const draw = await drawAuditSample(bench.ledger, caseId);
    expect(draw).toMatchObject({ audit: true, releaseId: all.releaseId });
    await release(bench);
    expect(await drawAuditSample(bench.ledger, caseId)).toEqual(draw);
    expect(await drawAuditSample(bench.ledger, 'nobody')).toBeNull();
  });

  test('draws nobody without a release or in a pilot', async () => {
    const bench = await openBench();
    expect(await drawAuditSample(bench.ledger, (await receive(bench.ledger)).caseId)).toMatchObject({ audit: false, releaseId: null });
    const active = await pilot(bench);
    expect(await drawAuditSample(bench.ledger, (await receive(bench.ledger)).caseId)).toMatchObject({ audit: false, releaseId: active.releaseId });
  });

  test('draws the declared share of cases', () => {
    const draw = { seed: sha256('fixed'), auditShare: 0.1 };
    const drawn = Array.from({ length: 20_000 }, (_, index) => isAuditCase(draw, `case-${index}`)).filter(Boolean).length;
    // Five standard deviations of Bin(20000, 0.1) are 212.
    expect(Math.abs(drawn - 2000)).toBeLessThan(212);
  });

  test('publishes the hash of its seed at once and the seed at the end, so that every draw can be checked', async () => {
    const bench = await openBench();
    const live = await release(bench, { auditShare: 0.5 });
    const { caseId } = await receive(bench.ledger);
    const draw = await drawAuditSample(bench.ledger, caseId);
    expect(live.end).toBeNull();
    await withdrawRelease(bench.ledger, { releaseId: live.releaseId, by: 'approver' });
    const seed = (await getRelease(bench.ledger, live.releaseId))?.end?.seed ?? '';
    expect(sha256(seed)).toBe(live.seedHash);
    expect(isAuditCase({ seed, auditShare: 0.5 }, caseId)).toBe(draw?.audit);
    expect(await seedOfRelease(bench.ledger, live.releaseId)).toBe(seed);
  });
});

describe('decision services', () => {
  test('get a new version only where their definition changed', async () => {
    const { ledger } = await openBench();
    expect(await putService(ledger, definition, 'someone')).toMatchObject({ version: 1, putBy: 'owner', digest: digestOf(definition) });
    expect(await putService(ledger, { ...definition, riskTier: 'low' }, 'someone')).toMatchObject({ version: 2, putBy: 'someone' });
    expect(await getService(ledger, 'loans')).toMatchObject({ version: 2 });
    expect(await getService(ledger, 'loans', 1)).toMatchObject({ definition: { riskTier: 'high' } });
    expect(await getService(ledger, 'loans', 3)).toBeNull();
    expect(await getService(ledger, 'none')).toBeNull();
    expect((await listServices(ledger)).map(({ definition: { id }, version }) => [id, version])).toEqual([['loans', 2]]);
  });

  test('are refused where the definition is not one', async () => {
    const { ledger } = await openBench();
    await expect(putService(ledger, { ...definition, auditShare: 2 }, 'someone')).rejects.toThrow('auditShare');
  });

  test('have one digest per policy: it changes with everything that decides what is automatic, and with nothing else', () => {
    const policy = { definition, routingTableDigest: 't', threshold: 0.8, modelDigest: 'm' };
    const digest = policyDigest(policy);
    const { classes } = definition;
    for (const other of [
      { ...policy, routingTableDigest: 'u' },
      { ...policy, threshold: 0.9 },
      { ...policy, modelDigest: 'n' },
      { ...policy, definition: { ...definition, classes: classes.map((outcome) => ({ ...outcome, automatic: true })) } },
      { ...policy, definition: { ...definition, consentRequired: true } },
      { ...policy, definition: { ...definition, anomaly: { model: 'x', mediumFrom: 1, highFrom: 2 } } },
    ])
      expect(policyDigest(other)).not.toBe(digest);
    expect(policyDigest({ ...policy, definition: { ...definition, retentionDays: 900, name: { de: 'x', en: 'y' } } })).toBe(digest);
  });
});
