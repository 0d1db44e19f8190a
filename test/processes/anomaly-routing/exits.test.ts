// A scenario per exit of the diagram, and per way to it, each with its golden trace in `golden/`.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getPrediction, readExplanation, stopService, type ReasonCode } from '../../../ledger/index.ts';
import { granted, openScenario, says, table, traceOf, type Scenario, type ScenarioOptions } from './scenario.ts';

const opened: Scenario[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((scenario) => scenario.close()));
});

async function open(options: ScenarioOptions = {}): Promise<Scenario> {
  const scenario = await openScenario(options);
  opened.push(scenario);
  return scenario;
}

const golden = (name: string) => `golden/${name}.txt`;

describe('decided by the model', () => {
  it('where no reason holds and the gate is open', async () => {
    const scenario = await open();
    const { caseId } = await scenario.send();
    expect(await scenario.decided(caseId)).toMatchObject({ decision: { decidedBy: 'model', class: 'grant', confidence: 0.9, threshold: 0.8, reasons: [] } });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('decided-by-model'));
  });

  it('with a low novelty score beside the prediction', async () => {
    const anomaly = { model: 'novelty', mediumFrom: 1, highFrom: 2 };
    const scenario = await open({ service: { anomaly }, model: ({ path }) => (path.includes('novelty') ? { body: { predictions: [0.2] } } : granted) });
    const { caseId } = await scenario.send();
    expect((await scenario.decided(caseId)).decision?.decidedBy).toBe('model');
    expect(await getPrediction(scenario.ledger, caseId)).toMatchObject({ novelty: { score: 0.2, band: 'low' } });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('decided-by-model-after-novelty'));
  });
});

describe('decided by an expert', () => {
  const ways: [string, ScenarioOptions, ReasonCode[], { objection?: boolean; explained: boolean; stop?: true }][] = [
    ['in a pilot', { release: 'pilot' }, ['PILOT'], { explained: true }],
    ['without a release', { release: 'none' }, ['NO_RELEASE'], { explained: false }],
    ['after an objection', {}, ['OBJECTION'], { objection: true, explained: false }],
    ['when drawn for the audit', { auditShare: 0.999_999 }, ['AUDIT_SAMPLE'], { explained: true }],
    ['below the threshold', { model: () => says(0.79) }, ['LOW_CONFIDENCE'], { explained: true }],
    ['for a class that is kept to people', { model: () => says(0.05) }, ['BUSINESS_RULE'], { explained: true }],
    ['when the model is unavailable', { model: () => ({ cut: true }) }, ['MODEL_UNAVAILABLE'], { explained: false }],
    ['when the model is overloaded', { model: () => ({ status: 503, body: { error: 'busy' } }) }, ['MODEL_UNAVAILABLE'], { explained: false }],
    ['when the model is slow', { model: () => ({ never: true }) }, ['MODEL_UNAVAILABLE'], { explained: false }],
    ['when the model answers nonsense', { model: () => ({ body: { predictions: [{ label: 'cat', probabilities: { cat: 1 } }] } }) }, ['MODEL_ERROR'], { explained: false }],
    ['when the model answers 500', { model: () => ({ status: 500, body: { error: 'RuntimeError : boom' } }) }, ['MODEL_ERROR'], { explained: false }],
    ['when stopped', {}, ['STOPPED'], { explained: false, stop: true }],
  ];

  it.each(ways)('%s', async (name, options, reasons, { objection = false, explained, stop }) => {
    const scenario = await open(options);
    if (stop) await stopService(scenario.ledger, { service: 'risk', by: 'officer' });
    const { caseId } = await scenario.send({ objection });
    const task = await scenario.task(caseId, 'review');
    expect(task.candidateGroups).toEqual(['experts']);
    const suggestion = await getPrediction(scenario.ledger, caseId);
    const verdict = suggestion?.class ?? 'grant';
    await scenario.answer(caseId, task, { class: verdict });
    expect(await scenario.decided(caseId)).toMatchObject({ decision: { decidedBy: 'expert', class: verdict, reasons, reviewers: ['expert-1'] } });
    expect((await readExplanation(scenario.ledger, caseId)) !== null).toBe(explained && verdict === 'grant');
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden(`decided-by-expert-${name.replaceAll(' ', '-')}`));
  });

  it.each([
    [1.5, 'medium'],
    [9, 'high'],
  ])('for the novelty score %f, band %s', async (score, band) => {
    const anomaly = { model: 'novelty', mediumFrom: 1, highFrom: 2 };
    const scenario = await open({ service: { anomaly }, model: ({ path }) => (path.includes('novelty') ? { body: { predictions: [score] } } : granted) });
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'grant' });
    expect((await scenario.decided(caseId)).decision?.reasons).toEqual(['ANOMALY']);
    expect(await getPrediction(scenario.ledger, caseId)).toMatchObject({ novelty: { band } });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden(`decided-by-expert-novelty-${band}`));
  });

  it('when the release runs out', async () => {
    const scenario = await open();
    scenario.pass(91 * 86_400_000);
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'decline' });
    expect((await scenario.decided(caseId)).decision).toMatchObject({ class: 'decline', reasons: ['RELEASE_EXPIRED'] });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('decided-by-expert-release-expired'));
  });

  it('who stays with an own verdict against the suggestion', async () => {
    const scenario = await open({ release: 'pilot' });
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'decline', finally: 'decline' });
    expect((await scenario.decided(caseId)).decision).toMatchObject({ class: 'decline', provenance: 'after-seeing-model-kept' });
  });

  it('when the gate refuses: the table was edited behind the ledger', async () => {
    const scenario = await open();
    await scenario.deploy(table.replace('&gt; 25000', '&gt; 24000'));
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'grant' });
    expect((await scenario.decided(caseId)).decision).toMatchObject({ decidedBy: 'expert', reasons: ['NO_RELEASE'] });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('decided-by-expert-refused-by-the-gate'));
  });

  it('when the explainer fails: the review goes on without it', async () => {
    const scenario = await open({ release: 'pilot', model: ({ path }) => (path.endsWith(':explain') ? { status: 500, body: { error: 'boom' } } : granted) });
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'grant' });
    expect((await scenario.decided(caseId)).decision?.class).toBe('grant');
    expect(await readExplanation(scenario.ledger, caseId)).toBeNull();
  });
});

describe('decided by several people', () => {
  const twoReviewers: ScenarioOptions = { release: 'none', service: { review: { candidateGroup: 'experts', adjudicatorGroup: 'adjudicators', dueAfter: 'PT8H', secondReviewer: true, reasonCodes: [], formId: 'review-risk' } } };

  it('when two verdicts agree', async () => {
    const scenario = await open(twoReviewers);
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'decline' });
    await scenario.answer(caseId, await scenario.task(caseId, 'second-review'), { class: 'decline' }, 'expert-2');
    expect((await scenario.decided(caseId)).decision).toMatchObject({ class: 'decline', reviewers: ['expert-1', 'expert-2'] });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('two-verdicts-agree'));
  });

  it('when they differ and an adjudicator decides', async () => {
    const scenario = await open(twoReviewers);
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'decline' });
    await scenario.answer(caseId, await scenario.task(caseId, 'second-review'), { class: 'grant' }, 'expert-2');
    const adjudication = await scenario.task(caseId, 'adjudication');
    expect(adjudication.candidateGroups).toEqual(['adjudicators']);
    await scenario.answer(caseId, adjudication, { class: 'grant' }, 'adjudicator');
    expect((await scenario.decided(caseId)).decision).toMatchObject({ class: 'grant' });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('adjudicated'));
  });

  it('when the second reviewer cannot judge', async () => {
    const scenario = await open(twoReviewers);
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), { class: 'decline' });
    await scenario.answer(caseId, await scenario.task(caseId, 'second-review'), 'cannot-judge', 'expert-2');
    await scenario.answer(caseId, await scenario.task(caseId, 'adjudication'), { class: 'decline' }, 'adjudicator');
    expect((await scenario.decided(caseId)).decision).toMatchObject({ class: 'decline' });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('second-reviewer-cannot-judge'));
  });

  it('when neither the reviewer nor the first adjudicator can judge: the task stays with the adjudicators', async () => {
    const scenario = await open({ release: 'none' });
    const { caseId } = await scenario.send();
    await scenario.answer(caseId, await scenario.task(caseId, 'review'), 'cannot-judge');
    const first = await scenario.task(caseId, 'adjudication');
    await scenario.answer(caseId, first, 'cannot-judge', 'adjudicator-1');
    await scenario.answer(caseId, await scenario.task(caseId, 'adjudication', first), { class: 'decline' }, 'adjudicator-2');
    expect((await scenario.decided(caseId)).decision).toMatchObject({ class: 'decline' });
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('adjudicated-after-cannot-judge'));
  });
});

describe('beside the decision', () => {
  it('a review that is overdue is offered to the adjudicators too, and goes on', async () => {
    const scenario = await open({ release: 'none' });
    const { caseId } = await scenario.send();
    await scenario.task(caseId, 'review');
    scenario.pass(8 * 3_600_000);
    const escalated = await vi.waitFor(async () => {
      const task = await scenario.task(caseId, 'review');
      expect(task).toMatchObject({ candidateGroups: ['experts', 'adjudicators'], priority: 80 });
      return task;
    }, { interval: 10, timeout: 5_000 });
    await scenario.answer(caseId, escalated, { class: 'decline' });
    await scenario.decided(caseId);
    await expect(await scenario.trace(caseId)).toMatchFileSnapshot(golden('review-escalated'));
  });

  it('a second instance for the same case ends quietly', async () => {
    const scenario = await open();
    const { caseId, service, serviceVersion } = await scenario.send();
    await scenario.decided(caseId);
    await scenario.trace(caseId);
    await scenario.client.publishMessage({ name: 'case-received', correlationKey: `${caseId}-again`, timeToLive: 0, variables: { caseId, service, serviceVersion, objection: false, routing: {} } });
    const second = await vi.waitFor(async () => {
      const found = await scenario.client.searchProcessInstances({ filter: { processDefinitionId: 'anomaly-routing', state: 'COMPLETED' } }, { consistency: { waitUpToMs: 0 } });
      const keys = (found.items ?? []).map(({ processInstanceKey }) => processInstanceKey).toSorted();
      expect(keys).toHaveLength(2);
      return keys.at(-1)!;
    }, { interval: 10, timeout: 5_000 });
    await expect(await traceOf(scenario.client, second)).toMatchFileSnapshot(golden('duplicate-dropped'));
  });
});
