// A job and a client that remember what the engine was told, for tests of the runtime without an engine.
import { vi } from 'vitest';
import type { EngineClient } from '../../../workers/client.ts';
import { silentLog } from '../../../workers/log.ts';
import { createJobCounter } from '../../../workers/runtime/job-counter.ts';
import type { JobSurroundings } from '../../../workers/runtime/run-job.ts';
import type { RunnableJob } from '../../../workers/runtime/worker-definition.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';

export type Told = { command: 'complete' | 'error' | 'fail'; body: Record<string, unknown> };

export function fakeSurroundings(overrides: Partial<JobSurroundings> = {}) {
  const told: Told[] = [];
  const tell = (command: Told['command']) => async (body: Record<string, unknown>) => void told.push({ command, body });
  const client = { completeJob: vi.fn(tell('complete')), throwJobError: vi.fn(tell('error')), failJob: vi.fn(tell('fail')) };
  const around: JobSurroundings = {
    client: client as unknown as EngineClient,
    lasting: client as unknown as EngineClient,
    ledger: {} as JobSurroundings['ledger'],
    inference: {} as JobSurroundings['inference'],
    served: { clientFor: () => Promise.reject(new Error('no model is asked here')) },
    shadow: { offer: () => undefined },
    platform: {} as JobSurroundings['platform'],
    settings: defaultWorkerSettings({ servingAddress: () => 'http://127.0.0.1:1' }),
    log: silentLog,
    shutdown: new AbortController().signal,
    counter: createJobCounter([]),
    ...overrides,
  };
  return { around, told, client };
}

export function fakeJob(variables: Record<string, unknown>, overrides: Record<string, unknown> = {}): RunnableJob {
  return {
    jobKey: '1', type: 'test-job', processInstanceKey: '2', processDefinitionId: 'p', processDefinitionVersion: 1, processDefinitionKey: '3',
    elementId: 'e', elementInstanceKey: '4', customHeaders: {}, retries: 3, variables, ...overrides,
  } as unknown as RunnableJob;
}
