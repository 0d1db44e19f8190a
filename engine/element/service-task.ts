// Service task: a job worker does it.
import { takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { offerJob, takeBackJob } from './job-work.ts';

export const serviceTask: ElementBehaviour<'SERVICE_TASK'> = {
  onActivate: (visit) => offerJob(visit, visit.element.job),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};
