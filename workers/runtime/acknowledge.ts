// Tells the engine how a job ended.
import type { EngineClient } from '../client.ts';
import type { Log } from '../log.ts';
import type { RunnableJob } from './worker-definition.ts';

export type Acknowledgement =
  | { ending: 'completed'; variables: Record<string, unknown> }
  | { ending: 'bpmn-error'; code: string; message: string; variables: Record<string, unknown> }
  | { ending: 'retried'; retries: number; backOffMs: number; message: string }
  | { ending: 'given-back'; retries: number; message: string }
  | { ending: 'incident'; message: string };

/**
 * False where the engine would not take it: the instance was cancelled, or the lock ran out and another worker has
 * the job. Nothing is lost then, because every effect is idempotent and the job is handed out again if it still exists.
 */
export async function acknowledge(client: EngineClient, job: RunnableJob, how: Acknowledgement, log: Log): Promise<boolean> {
  try {
    await send(client, job, how);
    return true;
  } catch (error) {
    log.warn(
      { ending: how.ending, error: error instanceof Error ? error.name : 'unknown' },
      'The engine did not take the end of a job; it hands the job out again if it still exists.',
    );
    return false;
  }
}

function send(client: EngineClient, job: RunnableJob, how: Acknowledgement): Promise<unknown> {
  const { jobKey } = job;
  switch (how.ending) {
    case 'completed':
      return client.completeJob({ jobKey, variables: how.variables });
    case 'bpmn-error':
      return client.throwJobError({ jobKey, errorCode: how.code, errorMessage: how.message, variables: how.variables });
    case 'retried':
      return client.failJob({ jobKey, retries: how.retries, retryBackOff: how.backOffMs, errorMessage: how.message });
    case 'given-back':
      return client.failJob({ jobKey, retries: how.retries, retryBackOff: 0, errorMessage: how.message });
    case 'incident':
      return client.failJob({ jobKey, retries: 0, errorMessage: how.message });
    default:
      return how satisfies never;
  }
}
