// Decides what workers say about jobs, and what time does to them.
import { describeUncaught, findCatcher } from '../element/find-catcher.ts';
import type { Key } from '../keys.ts';
import { accept, nothing, reject } from '../processing/step.ts';
import type { Deciders, Decision } from '../processing/step.ts';
import { writeLocally } from '../variable/write-variables.ts';
import type { View } from '../view.ts';
import { activateJobs } from './activate.ts';
import type { JobCommand, RecurJob, TimeOutJob } from './records.ts';
import type { JobRow } from './state.ts';

export const jobDeciders: Deciders<JobCommand | TimeOutJob | RecurJob> = {
  'job.activate': activateJobs,

  'job.complete': (command, view, step) => {
    const job = findWorkable(view, command.jobKey, 'complete');
    if ('ok' in job) return job;
    step.events.push({ type: 'job.completed', key: job.key });
    step.followUps.push({ type: 'element.complete', elementInstanceKey: job.elementInstanceKey, variables: command.variables });
    return accept();
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
      step.events.push({ type: 'incident.created', key: view.newKey(), errorType: 'JOB_NO_RETRIES', errorMessage, ...whereaboutsOf(job), jobKey: job.key });
    }
    return accept();
  },

  'job.throw-error': (command, view, step) => {
    const job = findWorkable(view, command.jobKey, 'throw an error for');
    if ('ok' in job) return job;
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

/** A job that a worker may still speak for; one that was not handed out yet counts too, as on a cluster. */
function findWorkable(view: View, jobKey: Key, verb: string): JobRow | Extract<Decision, { ok: false }> {
  const job = view.jobs.get(jobKey);
  if (job === undefined || job.phase === 'DONE') return noSuchJob(jobKey, verb);
  if (job.phase === 'ACTIVATED' || job.phase === 'ACTIVATABLE') return job;
  return refusal('INVALID_STATE', `Expected to ${verb} job with key '${jobKey}', but it is in state '${job.state}'`);
}

const noSuchJob = (jobKey: Key, verb: string) => refusal('NOT_FOUND', `Expected to ${verb} job with key '${jobKey}', but no such job was found`);

const refusal = (code: 'NOT_FOUND' | 'INVALID_STATE', reason: string) => ({ ok: false, rejection: { code, reason } }) as const;

function whereaboutsOf(job: JobRow) {
  const { processInstanceKey, processDefinitionKey, bpmnProcessId, elementId, elementInstanceKey } = job;
  return { processInstanceKey, processDefinitionKey, bpmnProcessId, elementId, elementInstanceKey };
}
