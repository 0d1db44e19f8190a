/** Starting deployed processes through the SDK, with the waiting contract of cases. */
import { ProcessDefinitionId, ProcessInstanceKey, type EngineClient } from '../../workers/index.ts';
import { engineStatus } from '../../workers/engine-status.ts';
import { callerKey, type Caller } from '../access/caller.ts';
import type { ProcessInstanceView, readProcessInstance as readOperation, startProcess as startOperation } from '../contract/processes.ts';
import { toMoment } from '../moment.ts';
import type { Parts } from '../parts.ts';
import { preferredWait } from '../prefer.ts';
import { Problem } from '../problem.ts';
import type { Handler } from './handler.ts';

export const startProcess: Handler<typeof startOperation> = async ({ params, headers, body, caller, gone }, parts) => {
  const { processDefinitionId } = params;
  reachProcess(caller, processDefinitionId);
  const rateLimit = parts.limits.start.take(callerKey(caller));
  const instruction = {
    processDefinitionId: ProcessDefinitionId.assumeExists(processDefinitionId),
    variables: body.variables,
    ...(body.version === undefined ? {} : { processDefinitionVersion: body.version }),
  };
  const started = await parts.engine.createProcessInstance(instruction).catch((error: unknown) => {
    throw startRefused(error, processDefinitionId, body.version);
  });
  const wait = preferredWait(headers.prefer);
  const found = await heldInstance(parts, started.processInstanceKey, { seconds: wait ?? 0, gone });
  // Searches lag behind on a cluster: what the start itself answered is true in any case.
  const shown = found ?? {
    processInstanceKey: started.processInstanceKey,
    processDefinitionId: started.processDefinitionId,
    processDefinitionVersion: started.processDefinitionVersion,
    status: 'active' as const,
    hasIncident: false,
    businessId: null,
    startedAt: null,
    endedAt: null,
    variables: null,
  };
  const answerHeaders: Record<string, string> = { ...rateLimit, ...(wait === null ? {} : { 'preference-applied': `wait=${wait}` }) };
  return shown.status === 'active'
    ? { status: 202, body: shown, headers: { ...answerHeaders, location: `/api/processes/${encodeURIComponent(processDefinitionId)}/instances/${shown.processInstanceKey}` } }
    : { status: 200, body: shown, headers: answerHeaders };
};

export const readProcessInstance: Handler<typeof readOperation> = async ({ params, query, caller, gone }, parts) => {
  reachProcess(caller, params.processDefinitionId);
  const found = await heldInstance(parts, params.processInstanceKey, { seconds: query.wait ?? 0, gone });
  if (found === null || found.processDefinitionId !== params.processDefinitionId)
    throw new Problem('process-instance-unknown', `There is no instance ${params.processInstanceKey} of the process "${params.processDefinitionId}".`);
  return { status: 200, body: found };
};

function reachProcess(caller: Caller, processDefinitionId: string): void {
  if (caller.kind === 'person') return;
  const { processes } = caller.apiKey.scopes;
  if (!processes.includes('*') && !processes.includes(processDefinitionId))
    throw new Problem('scope-missing', `This API key is not for the process "${processDefinitionId}". Ask an administrator for a key that is.`);
}

function startRefused(error: unknown, processDefinitionId: string, version: number | undefined): unknown {
  const status = engineStatus(error);
  if (status === 404)
    return new Problem('process-unknown', `No process "${processDefinitionId}"${version === undefined ? '' : ` in version ${version}`} is deployed. Check its id, or deploy it first.`);
  if (status === 400 || status === 409) return new Problem('process-start-refused', `The engine did not start "${processDefinitionId}": ${detailOf(error)}`);
  return error;
}

function detailOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'detail' in error && typeof error.detail === 'string' ? error.detail : 'it gave no reason.';
}

type Instance = Awaited<ReturnType<EngineClient['getProcessInstance']>>;

/** The instance once it has ended, or as it is when the time is over; null where reads do not show it. */
async function heldInstance(parts: Parts, key: string, wait: { seconds: number; gone: AbortSignal }): Promise<ProcessInstanceView | null> {
  const abortSignal = AbortSignal.any([wait.gone, parts.closing]);
  const request = { processInstanceKey: ProcessInstanceKey.assumeExists(key) };
  const read = (waitUpToMs: number) =>
    parts.engine.getProcessInstance(request, { consistency: { waitUpToMs, pollIntervalMs: 50, abortSignal, ...(waitUpToMs === 0 ? {} : { predicate: (one: Instance) => one.state !== 'ACTIVE' }) } });
  const instance = await read(wait.seconds * 1000).catch(async (error: unknown) => {
    if (engineStatus(error) === 404) return null;
    if (abortSignal.aborted || isTimeout(error)) return read(0).catch((second: unknown) => nullWhereUnknown(second));
    throw error;
  });
  return instance === null ? null : instanceView(parts, instance);
}

function nullWhereUnknown(error: unknown): null {
  if (engineStatus(error) === 404) return null;
  throw error;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'EventualConsistencyTimeoutError';
}

const statuses = { ACTIVE: 'active', COMPLETED: 'completed', TERMINATED: 'cancelled' } as const;

async function instanceView(parts: Parts, instance: Instance): Promise<ProcessInstanceView> {
  const status = statuses[instance.state];
  return {
    processInstanceKey: instance.processInstanceKey,
    processDefinitionId: instance.processDefinitionId,
    processDefinitionVersion: instance.processDefinitionVersion,
    status,
    hasIncident: instance.hasIncident,
    businessId: null,
    startedAt: toMoment(Date.parse(instance.startDate)),
    endedAt: typeof instance.endDate === 'string' ? toMoment(Date.parse(instance.endDate)) : null,
    variables: status === 'completed' ? await variablesOf(parts, instance.processInstanceKey) : null,
  };
}

const variablePage = 200;

/** Of the instance itself, not of its sub-processes. */
async function variablesOf(parts: Parts, key: Instance['processInstanceKey']): Promise<Record<string, unknown>> {
  const found = await parts.engine.searchVariables(
    { filter: { processInstanceKey: key, scopeKey: key }, page: { limit: variablePage }, truncateValues: false } as unknown as Parameters<EngineClient['searchVariables']>[0],
    { consistency: { waitUpToMs: 0 } },
  );
  return Object.fromEntries(found.items.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
}
