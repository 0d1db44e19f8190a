// How releases end: stop, roll-back in every state, expiry, renewal; and what the processes are told of it.
import { describe, expect, test } from 'vitest';
import { activeRelease, answerReassessment, askNextStep, changeUser, claimOutbox, drawAuditSample, expireRelease, getLifecycle, getRelease, noteReassessment, putRoutingTable, raiseAlarm, releaseHistory, resumeService, rollBack, stopRelease, stopService, verifyChain, withdrawRelease, type Ledger } from '../../ledger/index.ts';
import { model, receive, release as openLive } from './fixture.ts';
import { artefact, automatic, canaryReport, candidate, evidence, lifeBench, move, propose, shadowReport, upTo, vote, type LifeBench } from './lifecycle-fixture.ts';

const dayMs = 86_400_000;

async function messages(ledger: Ledger, name?: string): Promise<{ name: string; messageId: string; correlationKey: string; variables: Record<string, unknown> }[]> {
  const rows = await claimOutbox(ledger, { limit: 200, kinds: ['publish-message'], leaseMs: 0 });
  return rows.flatMap(({ effect }) => (effect.kind === 'publish-message' && (name === undefined || effect.name === name) ? [effect] : []));
}

const person = (bench: LifeBench) => bench.people.owner.userId;

describe('stopping a release', () => {
  test.each(['proposed', 'evaluated', 'approved', 'shadow', 'canary'] as const)('on its way (%s) wakes its promotion once and keeps what is live', async (state) => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, state);
    const stop = () => stopRelease(bench.ledger, { releaseId, by: person(bench), reason: 'complaints' });
    expect(await stop()).toMatchObject({ kind: 'stopped', release: { state, share: 0, stopAsked: { by: person(bench) } } });
    expect(await stop()).toMatchObject({ kind: 'already' });
    expect(await messages(bench.ledger, 'promotion-stopped')).toMatchObject([{ messageId: `${releaseId}:stopped`, correlationKey: releaseId }]);
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live', release: { releaseId: bench.champion } });
  });

  test('that is live stops the service from the next case on, tells its watch, and can be lifted', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'live');
    const drawn = await receive(bench.ledger);
    await drawAuditSample(bench.ledger, drawn.caseId);
    expect(await stopRelease(bench.ledger, { releaseId, by: person(bench), reason: 'odd' })).toMatchObject({ kind: 'stopped', release: { state: 'live' } });
    expect(await stopRelease(bench.ledger, { releaseId, by: person(bench), reason: 'odd' })).toMatchObject({ kind: 'already' });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'stopped', stop: { reason: 'odd' } });
    expect(await messages(bench.ledger, 'release-stopped')).toMatchObject([{ messageId: `${releaseId}:stop:${bench.clock.now()}`, correlationKey: releaseId }]);
    await resumeService(bench.ledger, { service: 'loans', by: person(bench) });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live' });
    bench.clock.move(1);
    await stopService(bench.ledger, { service: 'loans', by: 'owner' });
    expect(await messages(bench.ledger, 'release-stopped')).toHaveLength(2);
  });

  test('that has ended is refused', async () => {
    const bench = await lifeBench();
    const { releaseId } = await propose(bench);
    await withdrawRelease(bench.ledger, { releaseId, by: person(bench) });
    expect(await stopRelease(bench.ledger, { releaseId, by: person(bench), reason: 'x' })).toMatchObject({ reason: 'RELEASE_OVER' });
    expect(await stopRelease(bench.ledger, { releaseId: 'none', by: person(bench), reason: 'x' })).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });
});

describe('rolling back', () => {
  const back = (bench: LifeBench, releaseId?: string) => rollBack(bench.ledger, { service: 'loans', by: person(bench), why: { code: 'X', text: 'not good' }, ...(releaseId !== undefined && { releaseId }) });

  test.each(['approved', 'shadow', 'canary'] as const)('a candidate in %s withdraws it and leaves the champion alone', async (state) => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, state);
    expect(await back(bench)).toEqual({ kind: 'candidate-withdrawn', ended: releaseId });
    expect(await getLifecycle(bench.ledger, releaseId)).toMatchObject({ state: 'withdrawn', share: 0 });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live', release: { releaseId: bench.champion } });
    expect(await messages(bench.ledger, 'promotion-stopped')).toHaveLength(1);
    expect(await back(bench, releaseId)).toMatchObject({ kind: 'already', ended: releaseId, release: { releaseId: bench.champion } });
  });

  test.each(['proposed', 'evaluated'] as const)('what is only %s is refused: nothing of it is served', async (state) => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, state);
    expect(await back(bench, releaseId)).toMatchObject({ reason: 'NOTHING_TO_ROLL_BACK' });
  });

  test('a live release lets the predecessor decide in the same transaction, with its certificate, end date and a new seed', async () => {
    const bench = await lifeBench();
    const old = await getRelease(bench.ledger, bench.champion);
    const { releaseId } = await upTo(bench, 'live');
    const done = await back(bench);
    if (done.kind !== 'rolled-back') throw new Error(done.kind);
    expect(done).toMatchObject({ ended: releaseId, release: { kind: 'rollback', state: 'live', model, predecessor: bench.champion, proposedBy: person(bench), terms: { threshold: old?.threshold, certificate: old?.certificate, validUntil: old?.validUntil } } });
    expect(done.release.terms?.seedHash).not.toBe(old?.seedHash);
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live', release: { releaseId: done.release.releaseId }, policyInForce: true });
    expect(await getLifecycle(bench.ledger, releaseId)).toMatchObject({ state: 'withdrawn', terms: { end: { how: 'withdrawn' } } });
    const told = await messages(bench.ledger);
    expect(told).toContainEqual(expect.objectContaining({ name: 'rollback-asked', messageId: `${releaseId}:rollback`, correlationKey: releaseId, variables: { releaseId, service: 'loans' } }));
    expect(told).toContainEqual(expect.objectContaining({ name: 'release-superseded', correlationKey: releaseId }));
    expect(told).toContainEqual(expect.objectContaining({ name: 'release-live', correlationKey: done.release.releaseId }));
    expect((await releaseHistory(bench.ledger, done.release.releaseId))?.moves).toMatchObject([{ from: null, to: 'proposed' }, { from: 'proposed', to: 'live', code: 'ROLLED_BACK', text: 'not good' }]);
    expect(await verifyChain(bench.ledger)).toMatchObject({ ok: true });
  });

  test('twice at once ends one release, not two', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'live');
    const results = await Promise.all([back(bench, releaseId), back(bench, releaseId)]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['already', 'rolled-back']);
  });

  test.each(['over', 'policy changed', 'withdrawn before'] as const)('goes to people where the predecessor may not decide any more: %s', async (why) => {
    const bench = await lifeBench();
    if (why === 'withdrawn before') await withdrawRelease(bench.ledger, { releaseId: bench.champion, by: person(bench) });
    const { releaseId } = await upTo(bench, 'live');
    if (why === 'over') bench.clock.move(31 * dayMs);
    if (why === 'policy changed') await putRoutingTable(bench.ledger, { service: 'loans', digest: 'table-2', by: 'owner' });
    expect(await back(bench)).toEqual({ kind: 'to-people', ended: releaseId });
    expect(await activeRelease(bench.ledger, 'loans')).toEqual({ state: 'none' });
  });

  test('a renewal goes back behind the release that it renewed: that one has the same model', async () => {
    const bench = await lifeBench();
    const { releaseId: promoted } = await upTo(bench, 'live');
    const { releaseId: renewed } = await upTo(bench, 'live', { kind: 'renewal', predecessor: promoted, terms: automatic });
    expect(await getLifecycle(bench.ledger, promoted)).toMatchObject({ state: 'renewed' });
    expect(await back(bench)).toMatchObject({ kind: 'rolled-back', ended: renewed, release: { model, predecessor: bench.champion } });
    // Once more: behind the champion there is nothing.
    expect(await back(bench)).toMatchObject({ kind: 'to-people' });
    expect(await back(bench)).toMatchObject({ kind: 'refused', reason: 'NOTHING_TO_ROLL_BACK' });
  });

  test('of a release that is not there, or of another service, is refused', async () => {
    const bench = await lifeBench();
    expect(await back(bench, 'none')).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
    expect(await rollBack(bench.ledger, { service: 'other', releaseId: bench.champion, by: 'x', why: { code: 'X' } })).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });
});

describe('expiry', () => {
  const expire = (bench: LifeBench, releaseId: string) => expireRelease(bench.ledger, { releaseId, by: 'system:watch' });

  test('before its time is refused; at its time it acts by itself, and from then on the gate asks nobody', async () => {
    const bench = await lifeBench();
    expect(await expire(bench, bench.champion)).toMatchObject({ kind: 'refused', reason: 'NOT_OVER' });
    bench.clock.move(30 * dayMs);
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'expired' });
    expect(await expire(bench, bench.champion)).toMatchObject({ kind: 'expired', release: { state: 'expired', terms: { end: { how: 'expired' } } }, successor: null });
    expect(await expire(bench, bench.champion)).toMatchObject({ kind: 'already' });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'expired', release: { releaseId: bench.champion, end: { how: 'expired' } } });
    expect((await messages(bench.ledger)).map(({ name }) => name)).toEqual(['release-live', 'rollback-asked']);
  });

  test('lets the predecessor decide where that is still valid', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'approved');
    await move(bench, releaseId, 'shadow');
    await evidence(bench, releaseId, shadowReport(releaseId));
    const until = bench.clock.now() + 10 * dayMs;
    await move(bench, releaseId, 'canary', { share: 100, terms: { ...automatic, validUntil: until } });
    await evidence(bench, releaseId, canaryReport(releaseId));
    await move(bench, releaseId, 'live');
    bench.clock.move(10 * dayMs);
    expect(await expire(bench, releaseId)).toMatchObject({ kind: 'expired', successor: { kind: 'rollback', state: 'live', model, predecessor: bench.champion } });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live', release: { model } });
  });

  test('of a canary leaves what is live alone; what has no terms cannot run out', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'shadow');
    expect(await expire(bench, releaseId)).toMatchObject({ kind: 'refused', reason: 'NOT_ALLOWED' });
    await evidence(bench, releaseId, shadowReport(releaseId));
    await move(bench, releaseId, 'canary', { share: 50, terms: { ...automatic, validUntil: bench.clock.now() + dayMs } });
    bench.clock.move(dayMs);
    expect(await expire(bench, releaseId)).toMatchObject({ kind: 'expired', successor: null });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ release: { releaseId: bench.champion } });
    expect(await expire(bench, 'none')).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });
});

describe('withdrawing', () => {
  test('a live release leaves every case to people, and restores nothing', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'live');
    expect(await withdrawRelease(bench.ledger, { releaseId, by: person(bench) })).toEqual({ kind: 'withdrawn' });
    expect(await withdrawRelease(bench.ledger, { releaseId, by: person(bench) })).toEqual({ kind: 'already' });
    expect(await activeRelease(bench.ledger, 'loans')).toEqual({ state: 'none' });
  });

  test('by its own process tells no process; by a person it does', async () => {
    const bench = await lifeBench();
    const first = await propose(bench);
    await withdrawRelease(bench.ledger, { releaseId: first.releaseId, by: 'system:promotion' });
    expect(await messages(bench.ledger, 'promotion-stopped')).toEqual([]);
    const second = await propose(bench);
    await withdrawRelease(bench.ledger, { releaseId: second.releaseId, by: person(bench) });
    expect(await messages(bench.ledger, 'promotion-stopped')).toHaveLength(1);
  });
});

describe('a renewal', () => {
  test('goes live from its approval under new evidence, and ends the old one as renewed', async () => {
    const bench = await lifeBench();
    const { releaseId: old } = await upTo(bench, 'live');
    const renewal = await propose(bench, { kind: 'renewal', predecessor: old, source: 'watch' });
    await evidence(bench, renewal.releaseId, artefact(candidate.digest), shadowReport(renewal.releaseId));
    await move(bench, renewal.releaseId, 'evaluated');
    for (const voter of [bench.people.approver, bench.people.owner]) await vote(bench, renewal.releaseId, voter);
    await move(bench, renewal.releaseId, 'approved');
    expect(await move(bench, renewal.releaseId, 'live', { terms: automatic })).toMatchObject({ state: 'live', kind: 'renewal' });
    expect(await getLifecycle(bench.ledger, old)).toMatchObject({ state: 'renewed' });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ release: { releaseId: renewal.releaseId } });
  });
});

describe('the next step', () => {
  test('is asked for once per step, by people who may vote, and its message is keyed by the step', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'approved');
    const ask = (by = person(bench)) => askNextStep(bench.ledger, { releaseId, by });
    expect(await ask()).toMatchObject({ reason: 'NO_STEP' });
    await move(bench, releaseId, 'shadow');
    expect(await ask(bench.people.expert.userId)).toMatchObject({ reason: 'ROLE_MISSING' });
    expect(await ask()).toEqual({ kind: 'asked', stepKey: `${releaseId}:shadow:0` });
    expect(await ask()).toEqual({ kind: 'asked', stepKey: `${releaseId}:shadow:0` });
    await evidence(bench, releaseId, shadowReport(releaseId));
    for (const share of [10, 50]) {
      await move(bench, releaseId, 'canary', { share, terms: automatic });
      expect(await ask()).toEqual({ kind: 'asked', stepKey: `${releaseId}:canary:${share}` });
      expect(await getLifecycle(bench.ledger, releaseId)).toMatchObject({ share });
    }
    const steps = await messages(bench.ledger, 'step-now');
    expect(steps.map(({ messageId, correlationKey }) => [messageId, correlationKey])).toEqual(['shadow:0', 'canary:10', 'canary:50'].map((step) => [`${releaseId}:${step}`, `${releaseId}:${step}`]));
    await stopRelease(bench.ledger, { releaseId, by: person(bench), reason: 'x' });
    expect(await ask()).toMatchObject({ reason: 'STOPPED' });
    expect(await askNextStep(bench.ledger, { releaseId: 'none', by: person(bench) })).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });
});

describe('alarms and re-assessments', () => {
  test('an alarm is raised once per kind and window, and wakes the watch', async () => {
    const bench = await lifeBench();
    const raise = (window: string, kind: 'drift' | 'overdue' = 'drift') => raiseAlarm(bench.ledger, { releaseId: bench.champion, kind, window, facts: { psi: 0.4 } });
    const first = await raise('week 1');
    expect(first).toMatchObject({ kind: 'raised' });
    expect(await raise('week 1')).toEqual({ ...first, kind: 'already' });
    await raise('week 2');
    await raise('week 1', 'overdue');
    expect(await messages(bench.ledger, 'release-alarm')).toHaveLength(2);
    expect((await releaseHistory(bench.ledger, bench.champion))?.alarms.map(({ kind, window, facts }) => [kind, window, facts])).toEqual([['drift', 'week 1', { psi: 0.4 }], ['drift', 'week 2', { psi: 0.4 }], ['overdue', 'week 1', { psi: 0.4 }]]);
    expect(await raiseAlarm(bench.ledger, { releaseId: 'none', kind: 'drift', window: 'x', facts: {} })).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
    await withdrawRelease(bench.ledger, { releaseId: bench.champion, by: 'x' });
    expect(await raise('week 3')).toMatchObject({ reason: 'RELEASE_OVER' });
  });

  test('people are asked until they answer; the answer is theirs by role, with a sealed reason', async () => {
    const bench = await lifeBench();
    const { ledger, champion } = bench;
    const since = async () => (await getLifecycle(ledger, champion))?.reassessmentSince;
    expect(await since()).toBeNull();
    const note = () => noteReassessment(ledger, { releaseId: champion, by: 'system:watch', code: 'REASSESSMENT_ALARM' });
    expect(await note()).toEqual({ noted: true, askedAt: bench.clock.now() });
    bench.clock.move(1000);
    expect(await note()).toEqual({ noted: true, askedAt: bench.clock.now() - 1000 });
    expect(await since()).toBe(bench.clock.now() - 1000);
    const answer = (by: string, reason = 'Mrs Example agrees') => answerReassessment(ledger, { releaseId: champion, answer: 'renew', by, reason });
    expect(await answer(bench.people.expert.userId)).toMatchObject({ reason: 'ROLE_MISSING' });
    expect(await answer('system:watch')).toMatchObject({ reason: 'ROLE_MISSING' });
    expect(await answer(person(bench), ' ')).toMatchObject({ reason: 'REASON_MISSING' });
    const answered = await answer(person(bench));
    expect(answered).toMatchObject({ kind: 'answered', answer: { answer: 'renew' } });
    expect(await since()).toBeNull();
    expect(await messages(ledger, 'reassessment-answered')).toMatchObject([{ correlationKey: champion, messageId: answered.kind === 'answered' ? answered.answer.answerId : '' }]);
    expect((await releaseHistory(ledger, champion))?.reassessments).toMatchObject([{ answer: 'renew', reason: 'Mrs Example agrees' }]);
    expect(JSON.stringify(await ledger.db.selectFrom('records').select('facts').execute())).not.toContain('Example');
    await withdrawRelease(ledger, { releaseId: champion, by: 'x' });
    expect(await answer(person(bench))).toMatchObject({ reason: 'NOT_LIVE' });
    expect(await answerReassessment(ledger, { releaseId: 'none', answer: 'renew', by: person(bench), reason: 'x' })).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });

  test('a person who has left answers nothing', async () => {
    const bench = await lifeBench();
    await changeUser(bench.ledger, { userId: person(bench), roles: [], groups: [], by: 'admin' });
    expect(await answerReassessment(bench.ledger, { releaseId: bench.champion, answer: 'renew', by: person(bench), reason: 'x' })).toMatchObject({ reason: 'ROLE_MISSING' });
    expect(await changeUser(bench.ledger, { userId: 'none', roles: [], groups: [], by: 'admin' })).toEqual({ kind: 'unknown' });
  });

  test('a release that is opened by hand has a watch too', async () => {
    const bench = await lifeBench();
    const { releaseId, validUntil } = await openLive(bench);
    expect((await messages(bench.ledger, 'release-live')).find(({ correlationKey }) => correlationKey === releaseId)?.variables).toEqual({ releaseId, service: 'loans', validUntil: new Date(validUntil).toISOString() });
    expect(await messages(bench.ledger, 'release-superseded')).toMatchObject([{ correlationKey: bench.champion }]);
  });
});
