/** Starting any deployed process, with the same waiting contract as a case. */
import { z } from 'zod';
import { operation } from './operation.ts';
import { EngineKey, Moment, Prefer, WaitSeconds } from './values.ts';

export const ProcessInstanceView = z
  .strictObject({
    processInstanceKey: EngineKey,
    processDefinitionId: z.string(),
    processDefinitionVersion: z.int(),
    status: z.enum(['active', 'completed', 'cancelled']),
    hasIncident: z.boolean(),
    businessId: z.string().nullable(),
    startedAt: Moment.nullable(),
    endedAt: Moment.nullable(),
    /** The variables of the ended instance; null while it runs. */
    variables: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'ProcessInstance' });
export type ProcessInstanceView = z.infer<typeof ProcessInstanceView>;

export const StartProcess = z
  .strictObject({
    variables: z.record(z.string(), z.unknown()).default({}),
    /** Default: the latest version. */
    version: z.int().positive().optional(),
  })
  .meta({ id: 'StartProcess' });
export type StartProcess = z.infer<typeof StartProcess>;

export const ProcessParams = z.strictObject({ processDefinitionId: z.string().min(1).max(255) });

export const startProcess = operation({
  id: 'startProcess',
  method: 'POST',
  path: '/api/processes/{processDefinitionId}/instances',
  tag: 'Processes',
  summary: 'Start an instance of a deployed process',
  description: 'With `Prefer: wait=N` held for up to N seconds: 200 once the instance has ended, else 202 with `Location`.',
  access: { kind: 'restricted', people: ['process-owner', 'administrator'], keys: 'process' },
  params: ProcessParams,
  headers: z.object({ prefer: Prefer.optional() }),
  body: StartProcess,
  responses: { 200: ProcessInstanceView, 202: ProcessInstanceView },
  problems: ['process-unknown', 'scope-missing', 'process-start-refused', 'too-many-requests', 'engine-unavailable'],
});

export const readProcessInstance = operation({
  id: 'readProcessInstance',
  method: 'GET',
  path: '/api/processes/{processDefinitionId}/instances/{processInstanceKey}',
  tag: 'Processes',
  summary: 'One instance of a process; with `wait` held until it has ended',
  access: { kind: 'restricted', people: ['process-owner', 'auditor', 'administrator'], keys: 'process' },
  params: ProcessParams.extend({ processInstanceKey: EngineKey }),
  query: z.strictObject({ wait: WaitSeconds.optional() }),
  responses: { 200: ProcessInstanceView },
  problems: ['process-instance-unknown', 'scope-missing', 'engine-unavailable'],
});
