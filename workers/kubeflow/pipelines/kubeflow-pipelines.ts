// The pipelines port on Kubeflow Pipelines v2beta1. createRun has no idempotency: a run is found again by its display name.
import { FormData } from 'undici';
import { z } from 'zod';
import { pauseFor } from '../http/pause.ts';
import { json, type PlatformClient, type PlatformRequest } from '../http/platform-client.ts';
import { PlatformError } from '../platform-error.ts';
import type { CallOptions, PinnedPipeline, Pipelines, StartRun } from '../ports.ts';
import type { CallLimits } from '../settings.ts';
import { Run, toPipelineRun, vanishedRun } from './run.ts';

const Runs = z.object({ runs: z.array(Run).default([]), next_page_token: z.string().optional() });
const Pipeline = z.object({ pipeline_id: z.string().min(1) });
const Version = z.object({ pipeline_id: z.string().min(1), pipeline_version_id: z.string().min(1) });
const Versions = z.object({ pipeline_versions: z.array(Version).default([]) });

const base = 'apis/v2beta1';
const ended = new Set(['SUCCEEDED', 'FAILED', 'CANCELED', 'CANCELING', 'SKIPPED']);
const under = new Set(['PENDING', 'RUNNING', 'PAUSED']);

export function createKubeflowPipelines(client: PlatformClient, { settleMs }: Pick<CallLimits, 'settleMs'>): Pipelines {
  const ask = async <T extends z.ZodType>(schema: T, call: PlatformRequest): Promise<z.infer<T>> => read(schema, await client.send(call));
  const get = <T extends z.ZodType>(schema: T, path: string, signal: AbortSignal, query: Record<string, string> = {}) =>
    ask(schema, { method: 'GET', path: `${base}/${path}`, query, repeatable: true, signal });
  const post = (path: string, signal: AbortSignal, body?: unknown) =>
    client.send({ method: 'POST', path: `${base}/${path}`, ...(body === undefined ? {} : { body: json(body) }), repeatable: false, signal });
  const getRun = (runId: string, signal: AbortSignal) => get(Run, `runs/${encodeURIComponent(runId)}`, signal);

  /** All runs of the key; names are not unique. The one that was created first is the run, whatever came after it. */
  async function runsUnder(key: string, signal: AbortSignal): Promise<Run[]> {
    const { runs } = await get(Runs, 'runs', signal, { filter: equals('display_name', key), page_size: '20', sort_by: 'created_at asc' });
    return runs.toSorted((a, b) => (a.created_at ?? '').localeCompare(b.created_at ?? '') || a.run_id.localeCompare(b.run_id));
  }

  async function startRun(start: StartRun, { signal }: CallOptions) {
    checkKey(start.key);
    const there = await firstOf(await runsUnder(start.key, signal), signal);
    if (there !== null) return toPipelineRun(mustBeSamePipeline(there, start), false);
    const made = read(Run, await post('runs', signal, runBody(start)));
    // Several that looked at the same time all found nothing and made one each.
    await pauseFor(settleMs, signal);
    return toPipelineRun((await firstOf(await runsUnder(start.key, signal), signal)) ?? made, false);
  }

  /** The earliest is the run; the others are ended by whoever sees them, also where their maker was killed. */
  async function firstOf([first, ...others]: readonly Run[], signal: AbortSignal): Promise<Run | null> {
    for (const other of others) if (under.has(other.state)) await terminate(other.run_id, signal);
    return first ?? null;
  }

  async function terminate(runId: string, signal: AbortSignal): Promise<void> {
    try {
      await post(`runs/${encodeURIComponent(runId)}:terminate`, signal);
    } catch (error) {
      // A run that has ended, or is being ended, is refused with 400 "Row not found".
      if (!(error instanceof PlatformError && error.kind === 'invalid') || !ended.has((await getRun(runId, signal)).state)) throw error;
    }
  }

  async function upload(path: string, query: Record<string, string>, yaml: string, signal: AbortSignal): Promise<unknown> {
    const form = new FormData();
    form.set('uploadfile', new Blob([yaml], { type: 'application/yaml' }), 'pipeline.yaml');
    return client.send({ method: 'POST', path: `${base}/pipelines/${path}`, query, body: form, repeatable: false, signal });
  }

  async function versionNamed(pipelineId: string, name: string, signal: AbortSignal): Promise<PinnedPipeline | null> {
    const { pipeline_versions: [version] } = await get(Versions, `pipelines/${encodeURIComponent(pipelineId)}/versions`, signal, { filter: equals('name', name), page_size: '1' });
    return version === undefined ? null : pinned(version);
  }

  async function newestVersion(pipelineId: string, signal: AbortSignal): Promise<PinnedPipeline | null> {
    const { pipeline_versions: [version] } = await get(Versions, `pipelines/${encodeURIComponent(pipelineId)}/versions`, signal, { page_size: '1', sort_by: 'created_at desc' });
    return version === undefined ? null : pinned(version);
  }

  const pipelineNamed = (name: string, signal: AbortSignal) => orNull(get(Pipeline, `pipelines/names/${encodeURIComponent(name)}`, signal));

  return {
    kind: 'kubeflow',
    startRun,
    async getRun(runId, { signal, terminationAsked = false }) {
      const run = await orNull(getRun(runId, signal));
      return run === null ? vanishedRun(runId) : toPipelineRun(run, terminationAsked);
    },
    async findRun(key, { signal, terminationAsked = false }) {
      const [run] = await runsUnder(key, signal);
      return run === undefined ? null : toPipelineRun(run, terminationAsked);
    },
    async listRuns({ experimentId, pageToken, pageSize = 20 }, { signal }) {
      const query = { page_size: String(pageSize), sort_by: 'created_at desc', ...(experimentId === undefined ? {} : { experiment_id: experimentId }), ...(pageToken === undefined ? {} : { page_token: pageToken }) };
      const { runs, next_page_token: next } = await get(Runs, 'runs', signal, query);
      return { runs: runs.map((run) => toPipelineRun(run, false)), nextPageToken: next === undefined || next === '' ? null : next };
    },
    terminateRun: (runId, { signal }) => terminate(runId, signal),
    async retryRun(runId, { signal }) {
      if (under.has((await getRun(runId, signal)).state)) return;
      try {
        await post(`runs/${encodeURIComponent(runId)}:retry`, signal);
      } catch (error) {
        // Another try of the same job was faster.
        if (!(error instanceof PlatformError && error.kind === 'conflict') || !under.has((await getRun(runId, signal)).state)) throw error;
      }
    },
    async uploadPipeline({ name, yaml }, { signal }) {
      const there = await pipelineNamed(name, signal);
      const made: z.infer<typeof Pipeline> = there ?? (await orConflict<z.infer<typeof Pipeline>>(upload('upload', { name }, yaml, signal).then((answer) => read(Pipeline, answer)), () => pipelineNamed(name, signal)));
      const version = await newestVersion(made.pipeline_id, signal);
      if (version !== null) return version;
      // The upload was cut between the pipeline and its first version.
      return pinned(read(Version, await upload('upload_version', { name, pipelineid: made.pipeline_id }, yaml, signal)));
    },
    async uploadVersion({ pipelineId, name, yaml }, { signal }) {
      const there = await versionNamed(pipelineId, name, signal);
      if (there !== null) return there;
      return orConflict(upload('upload_version', { name, pipelineid: pipelineId }, yaml, signal).then((answer) => pinned(read(Version, answer))), () => versionNamed(pipelineId, name, signal));
    },
    async findPipeline(name, { signal }) {
      const found = await pipelineNamed(name, signal);
      return found === null ? null : newestVersion(found.pipeline_id, signal);
    },
  };
}

function runBody({ key, pipeline, parameters, experimentId, serviceAccount, pipelineRoot }: StartRun): Record<string, unknown> {
  return {
    display_name: key,
    ...(experimentId === undefined ? {} : { experiment_id: experimentId }),
    ...(serviceAccount === undefined ? {} : { service_account: serviceAccount }),
    pipeline_version_reference: { pipeline_id: pipeline.pipelineId, pipeline_version_id: pipeline.pipelineVersionId },
    runtime_config: { parameters, ...(pipelineRoot === undefined ? {} : { pipeline_root: pipelineRoot }) },
  };
}

/** An empty name is answered with 500, and a long one is cut off in the database. */
function checkKey(key: string): void {
  if (key.trim() !== '' && key.length <= 128) return;
  throw new PlatformError('invalid', 'pipelines', `The key of a pipeline run needs 1 to 128 characters, found ${key.length}.`);
}

function mustBeSamePipeline(run: Run, { key, pipeline }: StartRun): Run {
  const reference = run.pipeline_version_reference;
  if (reference === undefined || (reference.pipeline_id === pipeline.pipelineId && reference.pipeline_version_id === pipeline.pipelineVersionId)) return run;
  throw new PlatformError('conflict', 'pipelines', `The key "${key}" belongs to a run of another pipeline version (${reference.pipeline_version_id}). Use another key.`);
}

function equals(key: string, value: string): string {
  return JSON.stringify({ predicates: [{ key, operation: 'EQUALS', string_value: value }] });
}

function pinned({ pipeline_id: pipelineId, pipeline_version_id: pipelineVersionId }: z.infer<typeof Version>): PinnedPipeline {
  return { pipelineId, pipelineVersionId };
}

async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'not-found') return null;
    throw error;
  }
}

/** Somebody made it between our look and our call: what is there now is the answer. */
async function orConflict<T>(make: Promise<T>, look: () => Promise<NoInfer<T> | null>): Promise<T> {
  try {
    return await make;
  } catch (error) {
    const there = error instanceof PlatformError && (error.kind === 'conflict' || error.kind === 'transient') ? await look() : null;
    if (there !== null) return there;
    throw error;
  }
}

function read<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PlatformError('permanent', 'pipelines', 'Kubeflow Pipelines answered in a shape that is not of its API v2beta1. Is the address right?', { detail: where });
}
