// A pipeline run as the API server tells of it, and what its state means for the lifecycle.
import { z } from 'zod';
import type { PipelineRun, PipelineRunState } from '../ports.ts';

const Task = z.object({ display_name: z.string().default(''), state: z.string().default(''), error: z.object({ message: z.string().default('') }).optional(), child_tasks: z.array(z.unknown()).optional() });

export const Run = z.object({
  run_id: z.string().min(1),
  display_name: z.string().default(''),
  state: z.string().default('RUNTIME_STATE_UNSPECIFIED'),
  pipeline_version_reference: z.object({ pipeline_id: z.string(), pipeline_version_id: z.string() }).optional(),
  runtime_config: z.object({ parameters: z.record(z.string(), z.unknown()).optional() }).optional(),
  created_at: z.string().optional(),
  finished_at: z.string().optional(),
  error: z.object({ message: z.string().default('') }).optional(),
  run_details: z.object({ task_details: z.array(Task).optional() }).optional(),
});
export type Run = z.infer<typeof Run>;

/** `terminationAsked`: a Workflow that is ended reports Failed, and so does the run. */
export function toPipelineRun(run: Run, terminationAsked: boolean): PipelineRun {
  const state = stateOf(run.state, terminationAsked);
  const reference = run.pipeline_version_reference;
  return {
    runId: run.run_id,
    key: run.display_name,
    state,
    message: sentence(run, state, terminationAsked),
    pipeline: reference === undefined ? null : { pipelineId: reference.pipeline_id, pipelineVersionId: reference.pipeline_version_id },
    parameters: run.runtime_config?.parameters ?? {},
    createdAt: timeOf(run.created_at),
    finishedAt: timeOf(run.finished_at),
  };
}

export function vanishedRun(runId: string): PipelineRun {
  return { runId, key: null, state: 'unknown', message: `Kubeflow Pipelines knows no run ${runId} any more.`, pipeline: null, parameters: {}, createdAt: null, finishedAt: null };
}

function stateOf(state: string, terminationAsked: boolean): PipelineRunState {
  switch (state) {
    case 'PENDING':
    case 'RUNNING':
    case 'PAUSED':
    case 'CANCELING':
      return 'running';
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return terminationAsked ? 'canceled' : 'failed';
    case 'CANCELED':
      return 'canceled';
    default:
      return 'unknown';
  }
}

function sentence(run: Run, state: PipelineRunState, terminationAsked: boolean): string {
  const failed = (run.run_details?.task_details ?? []).filter((task) => task.state === 'FAILED' && task.display_name !== '');
  // A node with children fails with any of them: the one without is where it broke.
  const task = failed.find(({ child_tasks: children = [] }) => children.length === 0) ?? failed[0];
  switch (state) {
    case 'running':
      return run.state === 'CANCELING' ? 'The pipeline run is being ended.' : `The pipeline run is ${run.state.toLowerCase()}.`;
    case 'succeeded':
      return 'The pipeline run succeeded.';
    case 'canceled':
      return terminationAsked && run.state === 'FAILED' ? 'The pipeline run was ended as we asked; it says FAILED.' : 'The pipeline run was canceled.';
    case 'failed': {
      const why = (task?.error?.message ?? '') || (run.error?.message ?? '');
      return `The pipeline run failed${task === undefined ? '' : ` in task "${task.display_name}"`}${why === '' ? '' : `: ${why.slice(0, 200)}`}.`;
    }
    case 'unknown':
      return `The pipeline run says ${run.state}, which tells nothing of its end.`;
    default:
      return state satisfies never;
  }
}

/** Times that are not set are 1970-01-01 or 0001-01-01, never absent. */
function timeOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) || time <= 0 ? null : new Date(time).toISOString();
}
