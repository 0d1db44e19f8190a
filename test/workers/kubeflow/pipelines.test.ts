// The pipelines client against a stand-in: one run per key, states, times, terminations, uploads.
import { describe, expect, it } from 'vitest';
import { options, platformOn, service, standIn } from './platform-fixture.ts';
import type { StandInCall, StandInReply } from './stand-in-server.ts';

const reference = { pipeline_id: 'p', pipeline_version_id: 'v' };
const pipeline = { pipelineId: 'p', pipelineVersionId: 'v' };
const runOf = (id: string, more: Record<string, unknown> = {}) => ({ run_id: id, display_name: 'key', state: 'PENDING', pipeline_version_reference: reference, created_at: '2026-11-22T12:00:00Z', finished_at: '1970-01-01T00:00:00Z', ...more });
const start = { key: 'key', pipeline, parameters: { n_estimators: 5 } };
const notFound = { status: 404, json: { code: 5, message: 'Run nope not found' } };

async function pipelinesOn(answer: (call: StandInCall, nth: number) => StandInReply) {
  const server = await standIn(answer);
  return { server, pipelines: platformOn({ pipelines: service(server.url) }).pipelines };
}

describe('starting a run', () => {
  it('looks for the key first, creates with the pipeline and its version pinned, and looks again', async () => {
    let made: unknown = null;
    const { server, pipelines } = await pipelinesOn(({ method, body }) => {
      if (method === 'GET') return { json: made === null ? {} : { runs: [made] } };
      made = { ...runOf('r-1'), runtime_config: (JSON.parse(body) as Record<string, unknown>)['runtime_config'] };
      return { json: made };
    });
    expect(await pipelines.startRun({ ...start, serviceAccount: 'trainer', experimentId: 'e' }, options)).toMatchObject({ runId: 'r-1', key: 'key', state: 'running', pipeline, parameters: { n_estimators: 5 } });
    expect(server.calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
    expect(JSON.parse(server.calls[0]?.query.get('filter') ?? '')).toEqual({ predicates: [{ key: 'display_name', operation: 'EQUALS', string_value: 'key' }] });
    expect(JSON.parse(server.calls[1]?.body ?? '')).toEqual({ display_name: 'key', experiment_id: 'e', service_account: 'trainer', pipeline_version_reference: reference, runtime_config: { parameters: { n_estimators: 5 } } });
  });

  it('creates none where one is there, also an archived one', async () => {
    const { server, pipelines } = await pipelinesOn(() => ({ json: { runs: [runOf('r-1', { storage_state: 'ARCHIVED', state: 'FAILED' })] } }));
    expect(await pipelines.startRun(start, options)).toMatchObject({ runId: 'r-1', state: 'failed' });
    expect(server.calls).toHaveLength(1);
  });

  it('is not sent twice when its answer is lost; the next try finds the run', async () => {
    let created = 0;
    const { pipelines } = await pipelinesOn(({ method }) => {
      if (method === 'GET') return { json: created === 0 ? {} : { runs: [runOf('r-1')] } };
      created += 1;
      return 'cut';
    });
    await expect(pipelines.startRun(start, options)).rejects.toMatchObject({ kind: 'transient' });
    expect(await pipelines.startRun(start, options)).toMatchObject({ runId: 'r-1' });
    expect(created).toBe(1);
  });

  it('ends its own run and takes the earlier one where two started at once', async () => {
    const calls: string[] = [];
    const { pipelines } = await pipelinesOn(({ method, path }, nth) => {
      calls.push(`${method} ${path}`);
      if (path.endsWith(':terminate')) return { json: {} };
      if (method === 'POST') return { json: runOf('mine', { created_at: '2026-11-22T12:00:01Z' }) };
      return { json: nth === 1 ? {} : { runs: [runOf('mine', { created_at: '2026-11-22T12:00:01Z' }), runOf('other')] } };
    });
    expect(await pipelines.startRun(start, options)).toMatchObject({ runId: 'other' });
    expect(calls.at(-1)).toBe('POST /apis/v2beta1/runs/mine:terminate');
  });

  it('ends what a killed process made twice, and takes the earliest', async () => {
    const ended: string[] = [];
    const { pipelines } = await pipelinesOn(({ path, method }) => {
      if (method === 'POST') { ended.push(path); return { json: {} }; }
      return { json: { runs: [runOf('b'), runOf('a'), runOf('done', { state: 'SUCCEEDED', created_at: '2026-11-22T12:00:09Z' })] } };
    });
    expect(await pipelines.startRun(start, options)).toMatchObject({ runId: 'a' });
    expect(ended).toEqual(['/apis/v2beta1/runs/b:terminate']);
  });

  it('refuses a key without text, one that is too long, and one that belongs to another pipeline version', async () => {
    const { server, pipelines } = await pipelinesOn(() => ({ json: { runs: [runOf('r-1')] } }));
    for (const key of ['', '  ', 'k'.repeat(129)]) await expect(pipelines.startRun({ ...start, key }, options)).rejects.toMatchObject({ kind: 'invalid' });
    expect(server.calls).toHaveLength(0);
    await expect(pipelines.startRun({ ...start, pipeline: { ...pipeline, pipelineVersionId: 'other' } }, options)).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('the state of a run', () => {
  it.each([
    ['PENDING', 'running', 'running'],
    ['RUNNING', 'running', 'running'],
    ['PAUSED', 'running', 'running'],
    ['CANCELING', 'running', 'running'],
    ['SUCCEEDED', 'succeeded', 'succeeded'],
    ['FAILED', 'failed', 'canceled'],
    ['CANCELED', 'canceled', 'canceled'],
    ['SKIPPED', 'unknown', 'unknown'],
    ['RUNTIME_STATE_UNSPECIFIED', 'unknown', 'unknown'],
    ['SOMETHING_NEW', 'unknown', 'unknown'],
  ])('%s means %s, and %s where its end was asked for', async (state, plain, asked) => {
    const { pipelines } = await pipelinesOn(() => ({ json: runOf('r-1', { state }) }));
    expect((await pipelines.getRun('r-1', options)).state).toBe(plain);
    expect((await pipelines.getRun('r-1', { ...options, terminationAsked: true })).state).toBe(asked);
  });

  it('has no end while the time is that of 1970 or of the year 1', async () => {
    for (const finished_at of ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', undefined]) {
      const { pipelines } = await pipelinesOn(() => ({ json: runOf('r-1', { finished_at }) }));
      expect(await pipelines.getRun('r-1', options)).toMatchObject({ createdAt: '2026-11-22T12:00:00.000Z', finishedAt: null });
    }
  });

  it('names the task that failed and why', async () => {
    const task_details = [
      { display_name: 'train-iris-xyz', state: 'FAILED', child_tasks: [{ pod_name: 'a' }] },
      { display_name: 'load', state: 'SUCCEEDED' },
      { display_name: 'train', state: 'FAILED', error: { message: 'out of memory' } },
    ];
    const { pipelines } = await pipelinesOn(() => ({ json: runOf('r-1', { state: 'FAILED', run_details: { task_details } }) }));
    expect((await pipelines.getRun('r-1', options)).message).toBe('The pipeline run failed in task "train": out of memory.');
  });

  it('is unknown where the run is gone, and an error where the answer is of something else', async () => {
    const gone = await pipelinesOn(() => notFound);
    expect(await gone.pipelines.getRun('nope', options)).toMatchObject({ state: 'unknown', key: null, pipeline: null });
    const other = await pipelinesOn(() => ({ json: { hello: 'world' } }));
    await expect(other.pipelines.getRun('r', options)).rejects.toMatchObject({ kind: 'permanent', message: expect.stringContaining('Is the address right?') });
  });
});

describe('ending and going on', () => {
  const refused = { status: 400, json: { code: 3, message: 'Failed to terminate a run: Row not found' } };

  it.each(['SUCCEEDED', 'FAILED', 'CANCELED', 'CANCELING'])('a run that is %s is ended already', async (state) => {
    const { pipelines } = await pipelinesOn(({ method }) => (method === 'POST' ? refused : { json: runOf('r-1', { state }) }));
    await expect(pipelines.terminateRun('r-1', options)).resolves.toBeUndefined();
  });

  it('a run that still runs and cannot be ended is an error', async () => {
    const { pipelines } = await pipelinesOn(({ method }) => (method === 'POST' ? refused : { json: runOf('r-1', { state: 'RUNNING' }) }));
    await expect(pipelines.terminateRun('r-1', options)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('a run that runs again is not retried', async () => {
    const { server, pipelines } = await pipelinesOn(() => ({ json: runOf('r-1', { state: 'RUNNING' }) }));
    await pipelines.retryRun('r-1', options);
    expect(server.calls.map(({ method }) => method)).toEqual(['GET']);
  });

  it('a run that another try of the job got going meanwhile is fine, one that succeeded is a conflict', async () => {
    const conflict = { status: 409, json: { code: 10, message: 'Failed to retry a run' } };
    for (const [after, expected] of [['RUNNING', 'fine'], ['SUCCEEDED', 'conflict']] as const) {
      let tried = false;
      const { pipelines } = await pipelinesOn(({ method }) => {
        if (method === 'POST') { tried = true; return conflict; }
        return { json: runOf('r-1', { state: tried ? after : 'FAILED' }) };
      });
      const retrying = pipelines.retryRun('r-1', options);
      if (expected === 'fine') await expect(retrying).resolves.toBeUndefined();
      else await expect(retrying).rejects.toMatchObject({ kind: 'conflict' });
    }
  });
});

describe('uploading and listing', () => {
  it('sends the compiled pipeline as a form, and answers with what is there where the name is taken', async () => {
    let there = false;
    const { server, pipelines } = await pipelinesOn(({ path }) => {
      if (path.endsWith('/upload')) { there = true; return { status: 409, json: { error_message: 'Failed to create a pipeline', error_details: 'Already exist error\n\tstack.go:1' } }; }
      if (path.includes('/versions')) return { json: { pipeline_versions: [reference] } };
      return there ? { json: { pipeline_id: 'p' } } : notFound;
    });
    expect(await pipelines.uploadPipeline({ name: 'train', yaml: 'pipelineInfo: {}' }, options)).toEqual(pipeline);
    const upload = server.calls.find(({ method }) => method === 'POST');
    expect(upload?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(upload?.body).toContain('name="uploadfile"; filename="pipeline.yaml"');
    expect(upload?.body).toContain('pipelineInfo: {}');
    expect(upload?.query.get('name')).toBe('train');
  });

  it('lists with a page token, newest first', async () => {
    const { server, pipelines } = await pipelinesOn(() => ({ json: { runs: [runOf('r-2')], total_size: 2, next_page_token: 'next' } }));
    expect(await pipelines.listRuns({ experimentId: 'e', pageToken: 't', pageSize: 1 }, options)).toMatchObject({ runs: [{ runId: 'r-2' }], nextPageToken: 'next' });
    expect(Object.fromEntries(server.calls[0]?.query ?? [])).toEqual({ page_size: '1', sort_by: 'created_at desc', experiment_id: 'e', page_token: 't' });
  });
});
