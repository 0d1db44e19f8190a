// A scenario per exit of `model-promotion` and `serve-candidate`, and per way to it, each with its golden trace in `golden/`.
import { afterEach, describe, expect, it } from 'vitest';
import { answerQuestion, changeUser, getLifecycle, getRelease, releaseHistory, rollBack, stopRelease } from '../../../ledger/index.ts';
import { answerAs, candidate, dayMs, openReleaseScenario, type ReleaseScenario, type ReleaseScenarioOptions } from './scenario.ts';
import { addVersion, refused, unavailable } from './stand-in-platform.ts';

const opened: ReleaseScenario[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((scenario) => scenario.close()));
});

async function open(options: ReleaseScenarioOptions = {}): Promise<ReleaseScenario> {
  const scenario = await openReleaseScenario(options);
  opened.push(scenario);
  return scenario;
}

const golden = (name: string) => `golden/${name}.txt`;
const minuteMs = 60_000;

/** From its proposal into the canary's first step. */
async function intoCanary(scenario: ReleaseScenario): Promise<string> {
  const releaseId = await scenario.propose();
  await scenario.approve(releaseId);
  await scenario.stepNow(releaseId, 'shadow-waits');
  await scenario.waitsAt('model-promotion', 'canary-waits');
  return releaseId;
}

describe('live', () => {
  it('after two votes, a shadow that a person ends and three canary steps, under a certificate of its own', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await intoCanary(scenario);
    expect(await scenario.state(releaseId, 'canary')).toMatchObject({ share: 10, terms: { mode: 'automatic', threshold: 0.9 } });
    await scenario.canaryOver(releaseId, [10]);
    await scenario.shareIs(releaseId, 50);
    await scenario.stepNow(releaseId, 'canary-waits');
    await scenario.canaryOver(releaseId, [100]);
    await scenario.state(releaseId, 'live');
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden('promotion-live'));
    expect(scenario.platform.changes).toEqual(['deploy risk-v2', 'share risk-v2 10', 'share risk-v2 50', 'share risk-v2 100', 'promote risk-v2', 'registry 2 live']);
    const kinds = (await releaseHistory(scenario.ledger, releaseId))?.evidence.filter(({ current }) => current).map(({ kind }) => kind);
    expect(kinds?.sort()).toEqual(['artefact', 'canary-report', 'evaluation', 'gate', 'lineage', 'model-card', 'registry']);
    expect(await getRelease(scenario.ledger, releaseId)).toMatchObject({ mode: 'automatic', certificate: { certified: true }, approvedBy: [scenario.people.approver.userId, scenario.people.owner.userId] });
  });

  it('where the platform is down at each step for a while', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const { failing } = scenario.platform;
    failing.set('registry', unavailable());
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'wait-for-platform');
    failing.clear();
    failing.set('deploy', unavailable());
    await scenario.passAt('wait-for-platform', minuteMs);
    await scenario.waitsAt('serve-candidate', 'wait-for-deployment');
    failing.clear();
    scenario.pass(2_000);
    await scenario.approve(releaseId);
    failing.set('share', unavailable());
    await scenario.stepNow(releaseId, 'shadow-waits');
    await scenario.waitsAt('model-promotion', 'wait-for-share');
    // The ledger is first: the candidate has its share before the platform knows.
    expect(await getLifecycle(scenario.ledger, releaseId)).toMatchObject({ state: 'canary', share: 10 });
    failing.clear();
    scenario.pass(minuteMs);
    await scenario.canaryOver(releaseId, [10, 50]);
    await scenario.shareIs(releaseId, 100);
    failing.set('promote', unavailable());
    scenario.pass(dayMs);
    await scenario.waitsAt('model-promotion', 'wait-for-go-live');
    expect(await getLifecycle(scenario.ledger, releaseId)).toMatchObject({ state: 'live' });
    failing.clear();
    scenario.pass(minuteMs);
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden('promotion-live-after-outages'));
    expect(scenario.platform.changes.filter((change) => change.startsWith('promote'))).toEqual(['promote risk-v2']);
  });

  it('after a question that the requester answered: evidence is collected anew', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await scenario.vote(releaseId, scenario.people.approver, 'ask-back');
    await scenario.waitsAt('model-promotion', 'await-answer');
    const answered = await answerQuestion(scenario.ledger, { releaseId, by: scenario.people.requester.userId, text: 'Because of the new data.' });
    expect(answered.kind).toBe('answered');
    await scenario.approve(releaseId);
    await scenario.stepNow(releaseId, 'shadow-waits');
    await scenario.canaryOver(releaseId);
    await scenario.state(releaseId, 'live');
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden('promotion-live-after-a-question'));
  });

  it('after a shadow without enough audits: people go on at its end, reminded of it', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.approve(releaseId);
    await scenario.passAt('shadow-waits', 11 * dayMs);
    await scenario.passAt('await-people-after-shadow', dayMs);
    await scenario.reminded(releaseId);
    await scenario.stepNow(releaseId, 'await-people-after-shadow');
    await scenario.canaryOver(releaseId);
    await scenario.state(releaseId, 'live');
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden('promotion-live-after-an-undecided-shadow'));
    expect((await releaseHistory(scenario.ledger, releaseId))?.alarms.map(({ kind, facts }) => [kind, facts['waitsFor']])).toEqual([['overdue', 'after-shadow']]);
  });
});

describe('live in the ledger and refused by the platform', () => {
  it('stays live, and an alarm tells people why the platform does not follow', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await intoCanary(scenario);
    await scenario.canaryOver(releaseId, [10, 50]);
    await scenario.shareIs(releaseId, 100);
    scenario.platform.failing.set('promote', refused());
    scenario.pass(dayMs);
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden('promotion-live-but-refused-by-the-platform'));
    expect(await getLifecycle(scenario.ledger, releaseId)).toMatchObject({ state: 'live' });
    expect((await releaseHistory(scenario.ledger, releaseId))?.alarms).toMatchObject([{ kind: 'deployment', window: 'PLATFORM_REFUSED', facts: { version: candidate.name } }]);
    expect(scenario.platform.served.has(candidate.name)).toBe(true);
  });
});

describe('taken back', () => {
  const isTakenBack = async (scenario: ReleaseScenario, name: string) => {
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden(name));
    expect(scenario.platform.served.has(candidate.name)).toBe(false);
    expect([...scenario.platform.served.keys()]).toEqual(['risk-v1']);
  };

  it('when the gate blocks it: it leaves a sixth of the rows unanswered', { timeout: 60_000 }, async () => {
    const scenario = await open({ model: (name, amount) => (name === 'risk-v2' && amount > 5_000 ? { status: 400, body: { error: 'no' } } : answerAs(name, amount)) });
    const releaseId = await scenario.propose();
    await scenario.state(releaseId, 'rejected');
    await isTakenBack(scenario, 'promotion-blocked-by-the-gate');
    expect((await scenario.codes(releaseId)).at(-1)).toBe('rejected BLOCKED_BY_GATE');
  });

  it('when a person rejects it', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    scenario.pass(dayMs);
    await scenario.reminded(releaseId);
    await scenario.vote(releaseId, scenario.people.owner, 'reject');
    await scenario.state(releaseId, 'rejected');
    await isTakenBack(scenario, 'promotion-rejected-by-people');
  });

  it('when the registry does not know it', { timeout: 60_000 }, async () => {
    const scenario = await open();
    scenario.platform.versions.delete('2');
    const releaseId = await scenario.propose();
    await scenario.state(releaseId, 'rejected');
    await isTakenBack(scenario, 'promotion-without-evidence');
    expect((await scenario.codes(releaseId)).at(-1)).toBe('rejected EVIDENCE_MISSING');
  });

  it('when the registry is down for longer than the evaluation may take', { timeout: 60_000 }, async () => {
    const scenario = await open();
    scenario.platform.failing.set('registry', unavailable());
    const releaseId = await scenario.propose();
    await scenario.passAt('wait-for-platform', 3 * dayMs);
    await scenario.state(releaseId, 'rejected');
    expect(await scenario.trace('model-promotion')).toMatch(/evaluation-timer completed.*taken-back completed/s);
    expect((await scenario.codes(releaseId)).at(-1)).toBe('rejected NOT_EVALUATED');
  });

  it('when its artefact changed after the approval: blocked, with an alarm', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    addVersion(scenario.platform, { id: '2', name: '2', model: 'risk', digest: 'f'.repeat(64) });
    await scenario.approve(releaseId);
    await scenario.state(releaseId, 'withdrawn');
    await isTakenBack(scenario, 'promotion-artefact-changed');
    expect((await scenario.codes(releaseId)).at(-1)).toBe('withdrawn EVIDENCE_CHANGED');
    expect((await releaseHistory(scenario.ledger, releaseId))?.alarms.map(({ kind }) => kind)).toEqual(['evidence-changed']);
  });

  it('when the endpoint serves another artefact', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    const served = scenario.platform.served.get(candidate.name);
    if (served !== undefined) served.digest = 'f'.repeat(64);
    await scenario.approve(releaseId);
    await scenario.state(releaseId, 'withdrawn');
    await isTakenBack(scenario, 'promotion-other-artefact-served');
  });

  it('when it never gets ready', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    const served = scenario.platform.served.get(candidate.name);
    if (served !== undefined) served.state = 'not-ready';
    await scenario.approve(releaseId);
    await scenario.passAt('wait-for-deployment', 16 * minuteMs, 'serve-candidate');
    await scenario.state(releaseId, 'withdrawn');
    await isTakenBack(scenario, 'promotion-never-ready');
    expect((await scenario.codes(releaseId)).at(-1)).toBe('withdrawn NOT_SERVED');
  });

  it('when it cannot be served at all', { timeout: 60_000 }, async () => {
    const scenario = await open();
    scenario.platform.becomes = 'failed';
    const releaseId = await scenario.propose();
    await scenario.state(releaseId, 'rejected');
    await isTakenBack(scenario, 'promotion-cannot-be-served');
  });

  it('when somebody edited the deployment by hand and nobody mends it', { timeout: 60_000 }, async () => {
    const scenario = await open();
    scenario.platform.becomes = 'edited-by-hand';
    const releaseId = await scenario.propose();
    await scenario.passAt('wait-for-deployment', 16 * minuteMs, 'serve-candidate');
    await scenario.state(releaseId, 'rejected');
    expect(await scenario.trace('model-promotion')).toContain('taken-back completed (end event)');
    expect((await releaseHistory(scenario.ledger, releaseId))?.alarms.map(({ kind, facts }) => [kind, facts['state']])).toEqual([['deployment', 'edited-by-hand']]);
  });

  it('when a message says that the shadow is over and no person said so', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.approve(releaseId);
    await scenario.waitsAt('model-promotion', 'shadow-waits');
    await scenario.client.publishMessage({ name: 'step-now', correlationKey: `${releaseId}:shadow:0`, timeToLive: 0, variables: {} });
    await scenario.state(releaseId, 'withdrawn');
    await isTakenBack(scenario, 'promotion-forged-step');
  });

  it('when the platform refuses it for good', { timeout: 60_000 }, async () => {
    const scenario = await open();
    scenario.platform.failing.set('deploy', refused());
    const releaseId = await scenario.propose();
    await scenario.state(releaseId, 'rejected');
    await isTakenBack(scenario, 'promotion-refused-by-the-platform');
    expect((await scenario.codes(releaseId)).at(-1)).toBe('rejected PLATFORM_REFUSED');
  });

  it('when its canary serves another artefact', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await intoCanary(scenario);
    const served = scenario.platform.served.get(candidate.name);
    if (served !== undefined) served.digest = 'f'.repeat(64);
    scenario.pass(dayMs);
    await scenario.state(releaseId, 'withdrawn');
    await isTakenBack(scenario, 'promotion-worse-in-canary');
    expect((await scenario.codes(releaseId)).at(-1)).toBe('withdrawn WORSE_IN_CANARY');
  });
});

describe('votes', () => {
  it('of an approver who leaves before the decision count no more: the process goes on waiting', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const { ledger, people } = scenario;
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await scenario.vote(releaseId, people.approver);
    await changeUser(ledger, { userId: people.approver.userId, roles: [], groups: [], by: 'test' });
    await scenario.vote(releaseId, people.owner);
    expect((await releaseHistory(ledger, releaseId))?.decision).toMatchObject({ outcome: 'open' });
    await scenario.vote(releaseId, people.other);
    await scenario.state(releaseId, 'shadow');
  });

  it('takes votes again after a reminder where who asked back has left with the question', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const { ledger, people } = scenario;
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await scenario.vote(releaseId, people.approver, 'ask-back');
    await scenario.waitsAt('model-promotion', 'await-answer');
    await changeUser(ledger, { userId: people.approver.userId, roles: [], groups: [], by: 'test' });
    scenario.pass(dayMs);
    await scenario.reminded(releaseId);
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await scenario.vote(releaseId, people.other);
    await scenario.vote(releaseId, people.owner);
    await scenario.state(releaseId, 'shadow');
  });

  it('that a message or a variable claims count nothing', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    await scenario.client.publishMessage({ name: 'go-live-decided', correlationKey: releaseId, timeToLive: 0, variables: { decision: 'approved', outcome: 'approved' } });
    await scenario.twice('model-promotion', 'read-go-live-decision');
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    expect((await getLifecycle(scenario.ledger, releaseId))?.state).toBe('evaluated');
  });

  it('leave no reason and no name in the engine', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.approve(releaseId);
    await scenario.waitsAt('model-promotion', 'shadow-waits');
    const { items = [] } = await scenario.client.searchVariables({ page: { limit: 500 } }, { consistency: { waitUpToMs: 0 } });
    const values = items.map(({ value }) => String(value)).join('\n');
    expect(values).toContain(releaseId);
    for (const mark of ['because', scenario.people.approver.userId, scenario.people.owner.userId, '"anna"', '"paula"', '"rita"', '"tom"']) expect(values).not.toContain(mark);
  });
});

describe('stopped by people', () => {
  it.each([
    ['while votes are awaited', 'await-go-live-decision'],
    ['in the shadow', 'shadow-waits'],
    ['in the canary', 'canary-waits'],
  ])('%s', { timeout: 60_000 }, async (name, element) => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    if (element !== 'await-go-live-decision') await scenario.approve(releaseId);
    if (element === 'canary-waits') await scenario.stepNow(releaseId, 'shadow-waits');
    await scenario.waitsAt('model-promotion', element);
    await stopRelease(scenario.ledger, { releaseId, by: scenario.people.approver.userId, reason: 'no' });
    // From the next case on, whatever the process does.
    expect((await getLifecycle(scenario.ledger, releaseId))?.share).toBe(0);
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden(`promotion-stopped-${name.replaceAll(' ', '-')}`));
    expect((await scenario.codes(releaseId)).at(-1)).toMatch(/^(rejected|withdrawn) STOPPED$/);
    expect([...scenario.platform.served.keys()]).toEqual(['risk-v1']);
  });

  it('by a roll-back of the candidate in one action, also when it never got ready', { timeout: 60_000 }, async () => {
    const scenario = await open();
    const releaseId = await scenario.propose();
    await scenario.waitsAt('model-promotion', 'await-go-live-decision');
    const served = scenario.platform.served.get(candidate.name);
    if (served !== undefined) served.state = 'not-ready';
    await scenario.approve(releaseId);
    await scenario.waitsAt('serve-candidate', 'wait-for-deployment');
    const done = await rollBack(scenario.ledger, { service: 'risk', by: scenario.people.approver.userId, why: { code: 'HAND', text: 'too slow' } });
    expect(done).toMatchObject({ kind: 'candidate-withdrawn', ended: releaseId });
    await expect(await scenario.trace('model-promotion')).toMatchFileSnapshot(golden('promotion-rolled-back-before-ready'));
    expect([...scenario.platform.served.keys()]).toEqual(['risk-v1']);
  });
});
