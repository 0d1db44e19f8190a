// Jobs: what workers do (activate, complete, fail, throw) and what operators do (update, search).
import { z } from 'zod';
import type { Core } from '../../core.ts';
import type { ActivatedJob } from '../../job/records.ts';
import type { TaskCorrections, TaskShown } from '../../user-task/records.ts';
import { json } from '../answer.ts';
import type { RestRequest } from '../contract.ts';
import { operation } from '../operation.ts';
import { invalidArgument, invalidValue } from '../problem.ts';
import { refuse } from '../request/check.ts';
import { int32, int64, operationReference, optional, requiredText, tenantOf, variables } from '../request/fields.ts';
import { TENANT_ID } from '../search/row.ts';
import { search, searchSchema } from '../search/search.ts';
import { jobs } from './job-rows.ts';
import { resettableDate, withoutUndefined } from './user-task-changes.ts';
import { submitted } from './rejection.ts';

const activation = z.strictObject({
  type: requiredText,
  worker: optional(z.string()),
  timeout: int64.transform((value, { issues }) => (value >= 1 ? value : refuse(issues, () => invalidValue('timeout', value, 'greater than 0')))),
  maxJobsToActivate: int32.transform((value, { issues }) => (value >= 1 ? value : refuse(issues, () => invalidValue('maxJobsToActivate', value, 'greater than 0')))),
  fetchVariable: optional(z.array(z.string())),
  requestTimeout: optional(int64),
  tenantIds: optional(z.array(tenantOf('ActivateJobs'))),
});

/** A text that `""` takes away; left out or null says nothing. */
const resettable = optional(z.string()).transform((value) => (value === '' ? null : value));

const corrections = optional(
  z.strictObject({
    assignee: resettable, dueDate: resettableDate.optional(), followUpDate: resettableDate.optional(),
    candidateUsers: optional(z.array(z.string())), candidateGroups: optional(z.array(z.string())), priority: optional(int32),
  }),
).transform((given): TaskCorrections => {
  const { assignee, ...changes } = given ?? {};
  return { ...(assignee === undefined ? {} : { assignee }), ...withoutUndefined(changes) };
});

/** What a task listener makes of the step; an element's own job has no use for it, as on a cluster. */
const ofUserTask = z.strictObject({ type: z.literal('userTask').optional(), denied: optional(z.boolean()), deniedReason: optional(z.string()), corrections: corrections.optional() });
/** What the worker of an ad-hoc sub-process makes of it. */
const ofAdHoc = z.strictObject({
  type: z.literal('adHocSubProcess'), activateElements: optional(z.array(z.strictObject({ elementId: requiredText, variables }))),
  isCompletionConditionFulfilled: optional(z.boolean()), isCancelRemainingInstances: optional(z.boolean()),
});
const result = optional(z.union([ofAdHoc, ofUserTask]));

function resultOf(given: z.infer<typeof result>) {
  if (given === undefined) return {};
  if (given.type === 'adHocSubProcess') {
    return { adHoc: { activate: given.activateElements ?? [], isFulfilled: given.isCompletionConditionFulfilled ?? false, cancelRemaining: given.isCancelRemainingInstances ?? false } };
  }
  return { result: { denied: given.denied ?? false, deniedReason: given.deniedReason ?? '', corrections: given.corrections ?? {} } };
}

const changeset = z
  .strictObject({ retries: optional(int32), timeout: optional(int64) })
  .transform((given, { issues }) =>
    given.retries === undefined && given.timeout === undefined ? refuse(issues, () => invalidArgument('At least one field between [retries, timeout] is required')) : given,
  );

export const jobOperations = [
  operation({
    operationId: 'activateJobs', method: 'POST', path: '/jobs/activation', body: activation,
    answer: async ({ core, body, request }) => {
      const activated = await core.activateJobs(
        {
          jobType: body.type, worker: body.worker ?? '', timeout: body.timeout, maxJobs: body.maxJobsToActivate, requestTimeout: body.requestTimeout ?? 0,
          ...(body.fetchVariable === undefined ? {} : { fetchVariables: body.fetchVariable }),
        },
        request.signal,
        durabilityOf(request),
      );
      if (request.signal.aborted) await handBack(core, activated);
      return json({ jobs: activated.map(shownJob) });
    },
  }),
  operation({
    operationId: 'completeJob', method: 'POST', path: '/jobs/{jobKey}/completion', body: z.strictObject({ variables, result }), bodyOptional: true,
    answer: ({ core, key, body, request }) =>
      submitted(core, 'COMPLETE', {
        type: 'job.complete', jobKey: key, variables: body.variables,
        ...resultOf(body.result),
      }, durabilityOf(request)),
  }),
  operation({
    operationId: 'failJob', method: 'POST', path: '/jobs/{jobKey}/failure', bodyOptional: true,
    body: z.strictObject({ retries: optional(int32), errorMessage: optional(z.string()), retryBackOff: optional(int64), variables }),
    answer: ({ core, key, body }) =>
      submitted(core, 'FAIL', {
        type: 'job.fail', jobKey: key, retries: body.retries ?? 0, retryBackOff: body.retryBackOff ?? 0, errorMessage: body.errorMessage ?? '', variables: body.variables,
      }),
  }),
  operation({
    operationId: 'throwJobError', method: 'POST', path: '/jobs/{jobKey}/error',
    body: z.strictObject({ errorCode: requiredText, errorMessage: optional(z.string()), variables }),
    answer: ({ core, key, body }) =>
      submitted(core, 'THROW_ERROR', { type: 'job.throw-error', jobKey: key, errorCode: body.errorCode, errorMessage: body.errorMessage ?? '', variables: body.variables }),
  }),
  operation({
    operationId: 'updateJob', method: 'PATCH', path: '/jobs/{jobKey}', body: z.strictObject({ changeset, operationReference }),
    answer: ({ core, key, body: { changeset: { retries, timeout } } }) =>
      submitted(core, 'UPDATE', { type: 'job.update', jobKey: key, ...(retries === undefined ? {} : { retries }), ...(timeout === undefined ? {} : { timeout }) }),
  }),
  operation({
    operationId: 'searchJobs', method: 'POST', path: '/jobs/search', body: searchSchema(jobs), bodyOptional: true,
    answer: ({ db, body }) => search(db, jobs, body),
  }),
];

const durabilityOf = ({ repeatsHarmlessly = false }: RestRequest) => ({ isLight: repeatsHarmlessly });

/** The client went while its jobs were being fsynced: their time is up at once, so that another worker gets them now. */
async function handBack(core: Core, activated: readonly ActivatedJob[]): Promise<void> {
  await Promise.all(activated.map(({ key }) => core.submit({ type: 'job.update', jobKey: key, timeout: 0 })));
}

function shownJob(job: ActivatedJob): object {
  return {
    type: job.type,
    processDefinitionId: job.bpmnProcessId,
    processDefinitionVersion: job.processDefinitionVersion,
    elementId: job.elementId,
    customHeaders: job.customHeaders,
    worker: job.worker,
    retries: job.retries,
    deadline: job.deadline,
    variables: job.variables,
    tenantId: TENANT_ID,
    jobKey: String(job.key),
    processInstanceKey: String(job.processInstanceKey),
    processDefinitionKey: String(job.processDefinitionKey),
    elementInstanceKey: String(job.elementInstanceKey),
    kind: job.kind,
    listenerEventType: job.listenerEvent,
    ...(job.userTask === null ? {} : { userTask: shownTask(job.userTask) }),
    tags: job.tags,
  };
}

function shownTask(task: TaskShown): object {
  const date = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    action: task.action,
    assignee: task.assignee,
    candidateGroups: task.candidateGroups,
    candidateUsers: task.candidateUsers,
    changedAttributes: task.changed,
    dueDate: date(task.dueDate),
    followUpDate: date(task.followUpDate),
    ...(task.formKey === null ? {} : { formKey: String(task.formKey) }),
    priority: task.priority,
    userTaskKey: String(task.key),
  };
}
