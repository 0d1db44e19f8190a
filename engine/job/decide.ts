// Decides what workers say about jobs, and what time does to them.
import { completeAdHocJob } from '../element/ad-hoc-instances.ts';
import { describeUncaught, findCatcher } from '../element/find-catcher.ts';
import type { IncidentType } from '../incident/records.ts';
import type { Key } from '../keys.ts';
import { accept, nothing, reject } from '../processing/step.ts';
import type { Deciders, Decision, Step } from '../processing/step.ts';
import { completeTaskListener } from '../user-task/complete-listener.ts';
import { writeLocally } from '../variable/write-variables.ts';
import type { View } from '../view.ts';
import { activateJobs } from './activate.ts';
import type { JobCommand, JobKind, RecurJob, TimeOutJob } from './records.ts';
import type { JobRow } from './state.ts';
import { whereaboutsOf } from './whereabouts-of.ts';

export const jobDeciders: Deciders<JobCommand | TimeOutJob | RecurJob> = {
  'job.activate': activateJobs,

  'job.complete': (command, view, step) => {
    const job = findWorkable(view, command.jobKey, 'complete');
    if ('ok' in job) return job;
    return completeByKind[job.kind](job, command, view, step);
  },

  'job.fail': (command, view, step) => {
    const job = findWorkable(view, command.jobKey, 'fail');
    if ('ok' in job) return job;
    const { retries } = command;
    const recurAt = retries > 0 && command.retryBackOff > 0 ? view.now + command.retryBackOff : null;
    step.events.push({ type: 'job.failed', key: job.key, jobType: job.type, retries, errorMessage: command.errorMessage, recurAt });
    writeLocally(view, step, { scopeKey: job.elementInstanceKey, processInstanceKey: job.processInstanceKey }, command.variables);
    if (retries <= 0) {
      const errorMessage = command.errorMessage === '' ? 'No more retries left.' : command.errorMessage;
      step.events.push({ type: 'incident.created', key: view.newKey(), errorType: noRetries[job.kind], errorMessage, ...whereaboutsOf(job), jobKey: job.key });
    }
    return accept();
  },

  'job.throw-error': (command, view, step) => {
    const job = findWorkable(view, command.jobKey, 'throw an error for');
    if ('ok' in job) return job;
    if (job.kind === 'TASK_LISTENER' || job.kind === 'EXECUTION_LISTENER') {
      return reject('INVALID_STATE', `Cannot throw BPMN error from ${job.kind} job with key '${job.key}', type '${job.type}' and processInstanceKey '${job.processInstanceKey}'`);
    }
    const { errorCode, errorMessage, variables } = command;
    const catcher = findCatcher(view, job.elementInstanceKey, 'error', errorCode);
    step.events.push({ type: 'job.error-thrown', key: job.key, errorCode, errorMessage, stuck: 'available' in catcher });
    if ('available' in catcher) {
      const sentence = describeUncaught(errorCode, catcher, errorMessage);
      step.events.push({ type: 'incident.created', key: view.newKey(), errorType: 'UNHANDLED_ERROR_EVENT', errorMessage: sentence, ...whereaboutsOf(job), jobKey: job.key });
    } else {
      step.followUps.push({ type: 'catch-event.trigger', elementInstanceKey: catcher.elementInstanceKey, elementId: catcher.catchEventId, variables });
    }
    return accept();
  },

  'job.update': ({ jobKey, retries, timeout }, view, step) => {
    const job = view.jobs.get(jobKey);
    if (job === undefined || job.phase === 'DONE') return noSuchJob(jobKey, 'update');
    if (retries !== undefined && retries < 1) {
      return reject('INVALID_ARGUMENT', `Expected to update retries for job with key '${jobKey}' with a positive amount of retries, but the amount given was '${retries}'`);
    }
    if (timeout !== undefined && job.phase !== 'ACTIVATED') {
      return reject('INVALID_STATE', `Expected to update the timeout of job with key '${jobKey}', but it is not active`);
    }
    if (retries !== undefined) step.events.push({ type: 'job.retries-updated', key: jobKey, retries });
    if (timeout !== undefined) step.events.push({ type: 'job.timeout-updated', key: jobKey, deadline: view.now + timeout });
    return accept();
  },

  'job.time-out': ({ jobKey }, view, step) => {
    const job = view.jobs.get(jobKey);
    if (job?.phase !== 'ACTIVATED' || (job.dueAt ?? Infinity) > view.now) return nothing;
    step.events.push({ type: 'job.timed-out', key: jobKey, jobType: job.type });
    return accept();
  },

  'job.recur': ({ jobKey }, view, step) => {
    const job = view.jobs.get(jobKey);
    if (job?.phase !== 'BACKING_OFF' || (job.dueAt ?? Infinity) > view.now) return nothing;
    step.events.push({ type: 'job.recurred', key: jobKey, jobType: job.type });
    return accept();
  },
};

type CompleteJob = Extract<JobCommand, { type: 'job.complete' }>;

/** What follows a job that is done. */
const completeByKind: Readonly<Record<JobKind, (job: JobRow, command: CompleteJob, view: View, step: Step) => Decision>> = {
  BPMN_ELEMENT: (job, { variables }, _view, step) => {
    step.events.push({ type: 'job.completed', key: job.key });
    step.followUps.push({ type: 'element.complete', elementInstanceKey: job.elementInstanceKey, variables });
    return accept();
  },
  EXECUTION_LISTENER: (job, { variables }, _view, step) => {
    step.events.push({ type: 'job.completed', key: job.key });
    const done = { event: job.listenerEvent === 'START' ? 'START' : 'END', index: job.listenerIndex ?? 0, variables } as const;
    if (job.elementInstanceKey === job.processInstanceKey) step.followUps.push({ type: 'process-instance.listener-done', processInstanceKey: job.processInstanceKey, ...done });
    else step.followUps.push({ type: 'element.listener-done', elementInstanceKey: job.elementInstanceKey, ...done });
    return accept();
  },
  TASK_LISTENER: completeTaskListener,
  AD_HOC_SUB_PROCESS: completeAdHocJob,
};

const noRetries = {
  BPMN_ELEMENT: 'JOB_NO_RETRIES',
  EXECUTION_LISTENER: 'EXECUTION_LISTENER_NO_RETRIES',
  TASK_LISTENER: 'TASK_LISTENER_NO_RETRIES',
  AD_HOC_SUB_PROCESS: 'AD_HOC_SUB_PROCESS_NO_RETRIES',
} as const satisfies Record<JobKind, IncidentType>;

/** A job that a worker may still speak for; one that was not handed out yet counts too, as on a cluster. */
function findWorkable(view: View, jobKey: Key, verb: string): JobRow | Extract<Decision, { ok: false }> {
  const job = view.jobs.get(jobKey);
  if (job === undefined || job.phase === 'DONE') return noSuchJob(jobKey, verb);
  if (job.phase === 'ACTIVATED' || job.phase === 'ACTIVATABLE') return job;
  return refusal('INVALID_STATE', `Expected to ${verb} job with key '${jobKey}', but it is in state '${job.state}'`);
}

const noSuchJob = (jobKey: Key, verb: string) => refusal('NOT_FOUND', `Expected to ${verb} job with key '${jobKey}', but no such job was found`);

const refusal = (code: 'NOT_FOUND' | 'INVALID_STATE', reason: string) => ({ ok: false, rejection: { code, reason } }) as const;
