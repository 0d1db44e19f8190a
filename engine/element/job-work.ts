// Work that a job worker does: shared by the tasks that are implemented by jobs.
import type { JobModel } from '../model/executable.ts';
import { waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import { evaluateInteger, evaluateText } from './evaluate.ts';
import { isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

/** Offers a job and waits for its worker. */
export function offerJob(visit: Visit, job: JobModel, kind?: 'AD_HOC_SUB_PROCESS'): Activated | Failure {
  const jobType = evaluateText(visit, job.jobType);
  if (isFailure(jobType)) return jobType;
  const retries = evaluateInteger(visit, job.retries);
  if (isFailure(retries)) return retries;
  visit.step.events.push({ type: 'job.created', key: visit.view.newKey(), jobType, retries, ...whereabouts(visit), customHeaders: job.headers, ...(kind === undefined ? {} : { listener: { kind, event: 'UNSPECIFIED', index: 0 } }) });
  return waiting;
}

/** Takes the job back when it is not done. */
export function takeBackJob(visit: Visit): void {
  const job = visit.view.jobs.openOf(visit.instance.key);
  if (job?.kind === 'BPMN_ELEMENT' || job?.kind === 'AD_HOC_SUB_PROCESS') visit.step.events.push({ type: 'job.canceled', key: job.key });
}
