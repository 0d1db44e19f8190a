// The pipelines port on a real Kubeflow Pipelines API server; `kfp_report.py` is Argo and the persistence agent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PinnedPipeline, Pipelines } from '../../workers/kubeflow/ports.ts';
import { newNamespace, pipelineYaml, startRig, whyNoServers, type Rig } from './rig.ts';

describe.skipIf(whyNoServers !== null)('Kubeflow Pipelines, on a real API server', () => {
  const options = { signal: new AbortController().signal };
  const unique = newNamespace();
  let rig: Rig;
  let pipelines: Pipelines;
  let pipeline: PinnedPipeline;
  beforeAll(async () => {
    rig = await startRig();
    pipelines = rig.platform().pipelines;
    pipeline = await pipelines.uploadPipeline({ name: `train-${unique}`, yaml: await pipelineYaml() }, options);
  });
  afterAll(async () => { await rig?.stop(); });

  const start = (key: string, more: Record<string, unknown> = {}) => pipelines.startRun({ key: `${key}-${unique}`, pipeline, parameters: { n_estimators: 5 }, ...more }, options);

  it('uploads a pipeline and versions of it once each, and finds them by name', async () => {
    const yaml = await pipelineYaml();
    expect(await pipelines.uploadPipeline({ name: `train-${unique}`, yaml }, options)).toEqual(pipeline);
    expect(await pipelines.findPipeline(`nope-${unique}`, options)).toBeNull();
    const other = await pipelines.uploadPipeline({ name: `other-${unique}`, yaml }, options);
    const second = await pipelines.uploadVersion({ pipelineId: other.pipelineId, name: 'two', yaml }, options);
    expect(second).not.toEqual(other);
    expect(await pipelines.uploadVersion({ pipelineId: other.pipelineId, name: 'two', yaml }, options)).toEqual(second);
    await expect(pipelines.uploadPipeline({ name: `bad-${unique}`, yaml: 'a: 1\n' }, options)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(pipelines.uploadVersion({ pipelineId: 'nope', name: 'two', yaml }, options)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('starts a run under a key once, pinned to the version, and finds it again', async () => {
    const run = await start('once');
    expect(run).toMatchObject({ state: 'running', pipeline, parameters: { n_estimators: 5 }, finishedAt: null });
    expect((await start('once')).runId).toBe(run.runId);
    expect(await pipelines.findRun(`once-${unique}`, options)).toMatchObject({ runId: run.runId });
    expect(await pipelines.findRun(`never-${unique}`, options)).toBeNull();
    await start('another');
    const pages = [await pipelines.listRuns({ pageSize: 1 }, options)];
    for (let token = pages[0]?.nextPageToken ?? null; token !== null; token = pages.at(-1)?.nextPageToken ?? null) pages.push(await pipelines.listRuns({ pageSize: 1, pageToken: token }, options));
    expect(pages.flatMap(({ runs }) => runs.map(({ runId }) => runId)).filter((runId) => runId === run.runId)).toHaveLength(1);
    expect(pages.length).toBeGreaterThan(1);
  });

  it('refuses the key of another pipeline version', async () => {
    await start('taken');
    const other = await pipelines.uploadVersion({ pipelineId: pipeline.pipelineId, name: 'next', yaml: await pipelineYaml() }, options);
    await expect(start('taken', { pipeline: other })).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('agrees on one run where two start it at once', async () => {
    const runs = await Promise.all(Array.from({ length: 4 }, () => start('race')));
    const again = await start('race');
    const { runs: all } = await pipelines.listRuns({ pageSize: 100 }, options);
    const working = await Promise.all(all.filter(({ key }) => key === `race-${unique}`).map(({ runId }) => fetch(`${rig.pipelinesUrl}/apis/v2beta1/runs/${runId}`).then((answer) => answer.json())));
    expect(working.filter(({ state }) => state === 'PENDING').map(({ run_id: id }) => id as string)).toEqual([again.runId]);
    expect(runs.map(({ runId }) => runId)).toContain(again.runId);
  });

  it('follows a run to success', async () => {
    const { runId } = await start('good');
    await rig.reportRun(runId, 'Running');
    expect(await pipelines.getRun(runId, options)).toMatchObject({ state: 'running', message: 'The pipeline run is running.' });
    await rig.reportRun(runId, 'Succeeded');
    expect(await pipelines.getRun(runId, options)).toMatchObject({ state: 'succeeded', finishedAt: expect.stringMatching(/^20\d\d-/) });
    await expect(pipelines.retryRun(runId, options)).rejects.toMatchObject({ kind: 'conflict' });
    await pipelines.terminateRun(runId, options);
    expect(await pipelines.getRun(runId, { ...options, terminationAsked: true })).toMatchObject({ state: 'succeeded' });
  });

  it('names the task of a run that failed; a failed run may go on', async () => {
    const { runId } = await start('bad');
    await rig.reportRun(runId, 'Failed', 'boom');
    expect(await pipelines.getRun(runId, options)).toMatchObject({ state: 'failed', message: expect.stringContaining('"train"') });
    await pipelines.retryRun(runId, options);
    expect(await pipelines.getRun(runId, options)).toMatchObject({ state: 'running' });
    await pipelines.retryRun(runId, options);
  });

  it('remembers with the caller that it asked to end a run, which then says FAILED', async () => {
    const { runId } = await start('ended');
    await pipelines.terminateRun(runId, options);
    await pipelines.terminateRun(runId, options);
    expect(await pipelines.getRun(runId, { ...options, terminationAsked: true })).toMatchObject({ state: 'running', message: 'The pipeline run is being ended.' });
    await rig.reportRun(runId, 'Failed');
    expect(await pipelines.getRun(runId, { ...options, terminationAsked: true })).toMatchObject({ state: 'canceled' });
    expect(await pipelines.getRun(runId, options)).toMatchObject({ state: 'failed' });
  });

  it('says of a run that does not exist that nothing is known', async () => {
    expect(await pipelines.getRun('nope', options)).toMatchObject({ state: 'unknown', key: null });
    await expect(pipelines.terminateRun('nope', options)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(pipelines.retryRun('nope', options)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it.each([
    ['an unknown pipeline version, a 500', { pipeline: { pipelineId: 'nope', pipelineVersionId: 'nope' } }, 'not-found'],
    ['an unknown parameter', { parameters: { bogus: 1 } }, 'invalid'],
    ['a parameter of the wrong type', { parameters: { n_estimators: 'many' } }, 'invalid'],
    ['an unknown experiment', { experimentId: 'nope' }, 'not-found'],
  ])('takes %s for the permanent fault that it is', async (_, more, kind) => {
    await expect(start(`fault-${kind}`, more)).rejects.toMatchObject({ name: 'PlatformError', system: 'pipelines', kind });
  });

  it('refuses an empty key before the server answers 500 to it', async () => {
    await expect(pipelines.startRun({ key: ' ', pipeline, parameters: {} }, options)).rejects.toMatchObject({ kind: 'invalid', status: null });
  });
});
