// A scenario per exit of `release-watch`, `model-retraining` and `model-rollback`, each with its golden trace in `golden/`.
import { afterEach, describe, expect, it } from 'vitest';
import { activeRelease, answerReassessment, listLifecycles, openRelease, raiseAlarm, releaseHistory, rollBack, stopRelease, type ReassessmentAnswer } from '../../../ledger/index.ts';
import { model } from '../../workers/ledger-fixture.ts';
import { candidate, dayMs, openReleaseScenario, type ReleaseScenario, type ReleaseScenarioOptions } from './scenario.ts';
import { addVersion, refused, unavailable } from './stand-in-platform.ts';

const opened: ReleaseScenario[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((scenario) => scenario.close()));
});

const golden = (name: string) => `golden/${name}.txt`;
const hourMs = 3_600_000;
const retraining = { pipelineId: 'p', pipelineVersionId: 'v', parameters: {}, maxHours: 6 };

async function open(options: ReleaseScenarioOptions = {}): Promise<ReleaseScenario & { live: string }> {
  const scenario = await openReleaseScenario(options);
  opened.push(scenario);
  const active = await activeRelease(scenario.ledger, 'risk');
  if (active.state !== 'live') throw new Error('no release is live');
  await scenario.waitsAt('release-watch', 'what-comes-first');
  return { ...scenario, live: active.release.releaseId };
}

/** The live release has another before it that is still valid. */
async function openWithPredecessor(): Promise<ReleaseScenario & { live: string; before: string }> {
  const scenario = await open();
  const { live: before } = scenario;
  const releaseId = await scenario.propose();
  await scenario.approve(releaseId);
  await scenario.stepNow(releaseId, 'shadow-waits');
  await scenario.canaryOver(releaseId);
  await scenario.state(releaseId, 'live');
  await scenario.trace('model-promotion');
  await scenario.waitsAt('release-watch', 'what-comes-first');
  return { ...scenario, before, live: releaseId };
}

async function answer(scenario: ReleaseScenario & { live: string }, given: ReassessmentAnswer): Promise<void> {
  const answered = await answerReassessment(scenario.ledger, { releaseId: scenario.live, answer: given, by: scenario.people.approver.userId, reason: 'because' });
  if (answered.kind === 'refused') throw new Error(answered.message);
}

describe('the watch', () => {
  it('ends when a newer release takes over', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const openedNewer = await openRelease(scenario.ledger, { service: 'risk', model: candidate, validUntil: scenario.clock.now() + 90 * dayMs, openedBy: 'test', certificate: null, mode: 'pilot' });
    expect(openedNewer.kind).toBe('opened');
    const { items = [] } = await scenario.client.searchProcessInstances({ filter: { processDefinitionId: 'release-watch' } }, { consistency: { waitUpToMs: 0 } });
    expect(items.length).toBeGreaterThan(0);
    await scenario.ended(scenario.live, 'ended-otherwise');
  });

  it('expires by itself without an answer: people are reminded, then every case goes to them', { timeout: 60_000 }, async () => {
    const scenario = await open();
    scenario.pass(60 * dayMs + hourMs);
    await scenario.passAt('await-reassessment', 8 * dayMs, 'release-watch');
    await scenario.reminded(scenario.live);
    scenario.pass(30 * dayMs);
    await scenario.state(scenario.live, 'expired');
    expect((await scenario.steps('release-watch', 'expired')).at(-1)).toBe('expired completed (end event)');
    expect((await activeRelease(scenario.ledger, 'risk')).state).not.toBe('live');
    expect((await scenario.codes(scenario.live)).slice(-2)).toEqual(['live REASSESSMENT_LEAD_TIME', 'expired END_DATE']);
  });

  it('asks people after an alarm, and withdraws as they say', { timeout: 60_000 }, async () => {
    const scenario = await open();
    await raiseAlarm(scenario.ledger, { releaseId: scenario.live, kind: 'error-above-alpha', window: 'w', facts: {} });
    await scenario.waitsAt('release-watch', 'await-reassessment');
    await answer(scenario, 'withdraw');
    await expect(await scenario.trace('release-watch')).toMatchFileSnapshot(golden('watch-withdrawn-after-an-alarm'));
    expect(await activeRelease(scenario.ledger, 'risk')).toMatchObject({ state: 'none' });
  });

  it('asks people after a stop; an answer before they were asked counts too', { timeout: 60_000 }, async () => {
    const stopped = await open();
    await stopRelease(stopped.ledger, { releaseId: stopped.live, by: stopped.people.approver.userId, reason: 'odd' });
    await stopped.waitsAt('release-watch', 'await-reassessment');
    await answer(stopped, 'withdraw');
    await expect(await stopped.trace('release-watch')).toMatchFileSnapshot(golden('watch-withdrawn-after-a-stop'));
    const unasked = await open();
    await answer(unasked, 'withdraw');
    await expect(await unasked.trace('release-watch')).toMatchFileSnapshot(golden('watch-withdrawn-unasked'));
  });

  it('renews: the same version with new evidence and new votes, without another canary', { timeout: 60_000 }, async () => {
    const scenario = await open();
    await answer(scenario, 'renew');
    await scenario.waitsAt('release-watch', 'successor-waits');
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    const renewal = await scenario.newestRelease();
    expect(renewal).toMatchObject({ kind: 'renewal', state: 'evaluated', predecessor: scenario.live });
    await scenario.vote(renewal.releaseId, scenario.people.other);
    await scenario.vote(renewal.releaseId, scenario.people.owner);
    await scenario.state(renewal.releaseId, 'live');
    await scenario.state(scenario.live, 'renewed');
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden('promotion-renewed'));
    await scenario.ended(scenario.live, 'followed');
    expect(scenario.platform.changes).not.toContain('promote risk-v1');
    expect(scenario.platform.served.has('risk-v1')).toBe(true);
  });

  it('asks again when the renewal was rejected', { timeout: 60_000 }, async () => {
    const scenario = await open();
    await answer(scenario, 'renew');
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await scenario.waitsAt('release-watch', 'successor-waits');
    const renewal = await scenario.newestRelease();
    await scenario.vote(renewal.releaseId, scenario.people.other, 'reject');
    await scenario.waitsAt('release-watch', 'await-reassessment');
    expect((await scenario.codes(scenario.live)).at(-1)).toBe('live REASSESSMENT_SUCCESSOR_FAILED');
    // The version that decides stays where it is.
    expect(scenario.platform.served.has('risk-v1')).toBe(true);
    await answer(scenario, 'withdraw');
    await expect(await scenario.trace('release-watch')).toMatchFileSnapshot(golden('watch-renewal-rejected'));
  });

  it('asks again when an alarm is raised while it waits for a successor', { timeout: 60_000 }, async () => {
    const scenario = await open();
    await answer(scenario, 'renew');
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await scenario.waitsAt('release-watch', 'successor-waits');
    await raiseAlarm(scenario.ledger, { releaseId: scenario.live, kind: 'error-above-alpha', window: 'w', facts: {} });
    await scenario.waitsAt('release-watch', 'await-reassessment');
    expect((await scenario.codes(scenario.live)).at(-1)).toBe('live REASSESSMENT_ALARM');
    await answer(scenario, 'withdraw');
    await expect(await scenario.trace('release-watch')).toMatchFileSnapshot(golden('watch-alarm-while-a-successor-is-awaited'));
  });

  it('asks once more after an alarm that came while people were asked', { timeout: 60_000 }, async () => {
    const scenario = await open();
    await raiseAlarm(scenario.ledger, { releaseId: scenario.live, kind: 'error-above-alpha', window: 'w', facts: {} });
    await scenario.waitsAt('release-watch', 'await-reassessment');
    await raiseAlarm(scenario.ledger, { releaseId: scenario.live, kind: 'drift', window: 'w', facts: {} });
    await answer(scenario, 'renew');
    const steps = await scenario.steps('release-watch', 'alarm-came-meanwhile');
    expect(steps).toContain('alarm-came-meanwhile completed (intermediate catch event)');
    await scenario.waitsAt('release-watch', 'await-reassessment');
  });

  it('asks again when a renewal cannot be proposed: another promotion is on its way', { timeout: 60_000 }, async () => {
    const scenario = await open();
    await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await answer(scenario, 'renew');
    await scenario.waitsAt('release-watch', 'await-reassessment');
    expect((await scenario.codes(scenario.live)).at(-1)).toBe('live REASSESSMENT_REFUSED');
    await answer(scenario, 'withdraw');
    await expect(await scenario.trace('release-watch')).toMatchFileSnapshot(golden('watch-renewal-not-possible'));
  });

  it('rolls back to the predecessor, whose version is served again', { timeout: 60_000 }, async () => {
    const scenario = await openWithPredecessor();
    await answer(scenario, 'roll-back');
    await scenario.ended(scenario.live, 'rolled-back');
    expect(await activeRelease(scenario.ledger, 'risk')).toMatchObject({ state: 'live', release: { model } });
    await expect(await scenario.trace('model-rollback')).toMatchFileSnapshot(golden('rollback-to-predecessor'));
    expect(scenario.platform.changes).toContain('restore risk-v1');
  });

  it('expires to the predecessor where that is still valid', { timeout: 60_000 }, async () => {
    const scenario = await open({ evaluation: { validDays: 20, leadDays: 5 } });
    const releaseId = await scenario.propose();
    await scenario.approve(releaseId);
    await scenario.stepNow(releaseId, 'shadow-waits');
    await scenario.canaryOver(releaseId);
    await scenario.state(releaseId, 'live');
    await scenario.trace('model-promotion');
    await scenario.waitsAt('release-watch', 'what-comes-first');
    scenario.pass(21 * dayMs);
    await scenario.state(releaseId, 'expired');
    expect(await activeRelease(scenario.ledger, 'risk')).toMatchObject({ state: 'live', release: { model } });
    await scenario.trace('model-rollback');
  });
});

describe('the rollback', () => {
  it('leaves people to decide where there is no predecessor', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const done = await rollBack(scenario.ledger, { service: 'risk', by: scenario.people.approver.userId, why: { code: 'HAND' } });
    expect(done.kind).toBe('to-people');
    await expect(await scenario.trace('model-rollback')).toMatchFileSnapshot(golden('rollback-to-people'));
  });

  it('waits for a platform that is down, and tells people where the predecessor cannot be served', { timeout: 60_000 }, async () => {
    const scenario = await openWithPredecessor();
    scenario.platform.failing.set('restore', unavailable());
    await rollBack(scenario.ledger, { service: 'risk', by: scenario.people.approver.userId, why: { code: 'HAND' } });
    // In the ledger at once, whatever the platform does.
    expect(await activeRelease(scenario.ledger, 'risk')).toMatchObject({ state: 'live', release: { model } });
    await scenario.waitsAt('model-rollback', 'wait-to-restore');
    scenario.platform.failing.clear();
    const served = scenario.platform.served.get('risk-v1');
    if (served !== undefined) served.state = 'failed';
    scenario.pass(61_000);
    await expect(await scenario.trace('model-rollback')).toMatchFileSnapshot(golden('rollback-predecessor-not-served'));
  });
});

describe('the retraining', () => {
  /** Into the run: the watch waits, the pipeline runs. */
  async function intoRun(options: ReleaseScenarioOptions = {}): Promise<ReleaseScenario & { live: string }> {
    const scenario = await open({ service: { retraining }, ...options });
    await answer(scenario, 'retrain');
    await scenario.waitsAt('model-retraining', 'wait-for-run');
    await scenario.waitsAt('release-watch', 'successor-waits');
    return scenario;
  }
  const failureOf = async (scenario: ReleaseScenario & { live: string }) => (await releaseHistory(scenario.ledger, scenario.live))?.alarms.map(({ kind, facts }) => [kind, facts['failure']]);

  it('proposes the version that the run wrote into the registry', { timeout: 60_000 }, async () => {
    const scenario = await intoRun();
    const [run] = scenario.platform.runs;
    if (run === undefined) throw new Error('no run was started');
    scenario.pass(61_000);
    await scenario.waitsAt('model-retraining', 'wait-for-run');
    run.state = 'succeeded';
    addVersion(scenario.platform, { id: '3', name: '3', model: 'risk', digest: '9'.repeat(64), author: 'pipeline', properties: { 'pipeline-run': run.runId } });
    scenario.pass(61_000);
    await expect(await scenario.trace('model-retraining')).toMatchFileSnapshot(golden('retraining-proposed'));
    expect(await scenario.newestRelease()).toMatchObject({ kind: 'promotion', source: 'pipeline', reference: '3', model: { name: 'risk-v3', version: '3' } });
    expect(scenario.platform.runs).toHaveLength(1);
  });

  it('registers what the run names in its parameters', { timeout: 60_000 }, async () => {
    const scenario = await intoRun();
    const [run] = scenario.platform.runs;
    if (run === undefined) throw new Error('no run was started');
    run.state = 'succeeded';
    run.parameters = { model_uri: 's3://models/3', model_sha256: '9'.repeat(64), model_format: 'onnx', model_version: '3' };
    scenario.pass(61_000);
    await scenario.trace('model-retraining');
    expect(scenario.platform.changes).toContain('register 3');
    expect(await scenario.newestRelease()).toMatchObject({ reference: '3' });
  });

  it.each([
    ['failed', 'RUN_FAILED'],
    ['canceled', 'RUN_CANCELED'],
    ['unknown', 'RUN_UNKNOWN'],
  ] as const)('asks people again when the run is %s', { timeout: 60_000 }, async (state, failure) => {
    const scenario = await intoRun();
    const [run] = scenario.platform.runs;
    if (run !== undefined) run.state = state;
    scenario.pass(61_000);
    await expect(await scenario.trace('model-retraining')).toMatchFileSnapshot(golden(`retraining-run-${state}`));
    expect(await failureOf(scenario)).toEqual([['retraining-failed', failure]]);
    await scenario.waitsAt('release-watch', 'await-reassessment');
  });

  it('ends a run that takes too long', { timeout: 60_000 }, async () => {
    const scenario = await intoRun();
    scenario.pass(7 * hourMs);
    expect(await scenario.trace('model-retraining')).toMatch(/run-too-long completed.*timed-out terminated.*failure-reported completed/s);
    expect(scenario.platform.changes).toContain('terminate run-1');
    expect(await failureOf(scenario)).toEqual([['retraining-failed', 'RUN_TIMED_OUT']]);
  });

  it('leaves a run that it cannot end, and says so', { timeout: 60_000 }, async () => {
    const scenario = await intoRun();
    scenario.platform.failing.set('terminateRun', unavailable());
    scenario.platform.failing.set('getRun', unavailable());
    scenario.pass(7 * hourMs);
    expect(await scenario.trace('model-retraining')).toMatch(/not-terminated-long terminated.*failure-reported completed/s);
  });

  it('is stopped by a message', { timeout: 60_000 }, async () => {
    const scenario = await intoRun();
    await scenario.client.publishMessage({ name: 'retraining-stopped', correlationKey: scenario.live, timeToLive: 0, variables: {} });
    await expect(await scenario.trace('model-retraining')).toMatchFileSnapshot(golden('retraining-stopped'));
    expect(await failureOf(scenario)).toEqual([['retraining-failed', 'STOPPED']]);
  });

  it('says that no pipeline is configured for the service', { timeout: 60_000 }, async () => {
    const scenario = await open();
    await answer(scenario, 'retrain');
    await expect(await scenario.trace('model-retraining')).toMatchFileSnapshot(golden('retraining-not-configured'));
    expect(await failureOf(scenario)).toEqual([['retraining-failed', 'NOT_CONFIGURED']]);
  });

  it('waits for pipelines that are down, and gives up what they refuse', { timeout: 60_000 }, async () => {
    const scenario = await open({ service: { retraining } });
    scenario.platform.failing.set('startRun', unavailable());
    await answer(scenario, 'retrain');
    await scenario.waitsAt('model-retraining', 'wait-to-start');
    scenario.platform.failing.set('startRun', refused());
    scenario.pass(61_000);
    await expect(await scenario.trace('model-retraining')).toMatchFileSnapshot(golden('retraining-refused'));
    expect(await failureOf(scenario)).toEqual([['retraining-failed', 'PLATFORM_REFUSED']]);
    expect((await listLifecycles(scenario.ledger, { services: ['risk'] })).kind).toBe('page');
  });
});
