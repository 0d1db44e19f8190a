// Every worker of a release's life ends after its effect and before its report, once per job; and runs twice. Nothing happens twice.
import { afterEach, describe, expect, it } from 'vitest';
import { activeRelease, answerReassessment, listLifecycles, releaseHistory } from '../../../ledger/index.ts';
import { workers } from '../../../workers/index.ts';
import type { AnyWorker } from '../../../workers/runtime/worker-definition.ts';
import { openReleaseScenario, type ReleaseScenario } from './scenario.ts';
import { addVersion } from './stand-in-platform.ts';

const opened: ReleaseScenario[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((scenario) => scenario.close()));
});

/** The effect is done, the report never comes; the engine hands the job out again. */
function killedOnce(worker: AnyWorker, killed: Set<string>): AnyWorker {
  return {
    ...worker,
    backOff: { firstMs: 0, factor: 1, maxMs: 0 },
    async handle(input, tools) {
      const result = await worker.handle(input, tools).catch((error: unknown) => ({ error }));
      if (!killed.has(tools.job.jobKey)) {
        killed.add(tools.job.jobKey);
        throw new Error('killed between the effect and the report');
      }
      if ('error' in result) throw result.error;
      return result;
    },
  };
}

/** Two runs at the very same time, as after a lock that ran out. */
function runTwice(worker: AnyWorker, ran: Set<string>): AnyWorker {
  return {
    ...worker,
    async handle(input, tools) {
      ran.add(tools.job.jobKey);
      const [first] = await Promise.allSettled([worker.handle(input, tools), worker.handle(input, tools)]);
      if (first.status === 'rejected') throw first.reason;
      return first.value;
    },
  };
}

const retraining = { pipelineId: 'p', pipelineVersionId: 'v', parameters: {}, maxHours: 6 };

describe.each([
  ['killed once between effect and report', killedOnce],
  ['run twice at the same time', runTwice],
])('with every worker %s', (_name, wrap) => {
  async function open(): Promise<ReleaseScenario & { hit: Set<string> }> {
    const hit = new Set<string>();
    const scenario = await openReleaseScenario({ workers: workers.map((worker) => wrap(worker, hit)), service: { retraining } });
    opened.push(scenario);
    return { ...scenario, hit };
  }

  async function toLive(scenario: ReleaseScenario): Promise<string> {
    const releaseId = await scenario.propose();
    await scenario.approve(releaseId);
    await scenario.stepNow(releaseId, 'shadow-waits');
    await scenario.canaryOver(releaseId);
    await scenario.state(releaseId, 'live');
    await scenario.trace('model-promotion');
    return releaseId;
  }

  it('a promotion moves, serves and tells the registry once', { timeout: 120_000 }, async () => {
    const scenario = await open();
    const releaseId = await toLive(scenario);
    expect(await scenario.codes(releaseId)).toEqual(expect.arrayContaining(['proposed PROPOSED', 'evaluated EVALUATED', 'approved VOTED', 'shadow DEPLOYED', 'canary SHADOW_OVER', 'live CANARY_OVER']));
    expect(new Set(await scenario.codes(releaseId)).size).toBe((await scenario.codes(releaseId)).length - 1);
    expect(scenario.platform.changes).toEqual(['deploy risk-v2', 'share risk-v2 10', 'share risk-v2 50', 'share risk-v2 100', 'promote risk-v2', 'registry 2 live']);
    const evidence = (await releaseHistory(scenario.ledger, releaseId))?.evidence ?? [];
    const count = (kind: string) => evidence.filter((entry) => entry.kind === kind).length;
    expect([count('registry'), count('gate'), count('model-card'), count('lineage')]).toEqual([1, 1, 1, 1]);
    expect(scenario.hit.size).toBeGreaterThan(12);
  });

  it('a roll-back restores once and leaves one live release', { timeout: 120_000 }, async () => {
    const scenario = await open();
    const releaseId = await toLive(scenario);
    await answerReassessment(scenario.ledger, { releaseId, answer: 'roll-back', by: scenario.people.approver.userId, reason: 'because' });
    await scenario.ended(releaseId, 'rolled-back');
    await scenario.trace('model-rollback');
    expect(scenario.platform.changes.filter((change) => change.startsWith('restore'))).toEqual(['restore risk-v1']);
    const live = await listLifecycles(scenario.ledger, { services: ['risk'], states: ['live'] });
    expect(live.kind === 'page' ? live.items.map(({ kind }) => kind) : []).toEqual(['rollback']);
  });

  it('a retraining starts one run and proposes once', { timeout: 120_000 }, async () => {
    const scenario = await open();
    const active = await activeRelease(scenario.ledger, 'risk');
    const live = active.state === 'live' ? active.release.releaseId : '';
    await scenario.waitsAt('release-watch', 'what-comes-first');
    await answerReassessment(scenario.ledger, { releaseId: live, answer: 'retrain', by: scenario.people.approver.userId, reason: 'because' });
    await scenario.waitsAt('model-retraining', 'wait-for-run');
    const [run] = scenario.platform.runs;
    if (run === undefined) throw new Error('no run was started');
    run.state = 'succeeded';
    addVersion(scenario.platform, { id: '3', name: '3', model: 'risk', digest: '9'.repeat(64), properties: { 'pipeline-run': run.runId } });
    scenario.pass(61_000);
    await scenario.trace('model-retraining');
    expect(scenario.platform.runs).toHaveLength(1);
    const proposed = await listLifecycles(scenario.ledger, { services: ['risk'] });
    expect(proposed.kind === 'page' ? proposed.items.filter(({ source }) => source === 'pipeline') : []).toHaveLength(1);
  });
});
