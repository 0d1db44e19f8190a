// Send task: a job worker sends, as in a service task.
import { takeAllFlows } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { offerJob, takeBackJob } from './job-work.ts';

export const sendTask: ElementBehaviour<'SEND_TASK'> = {
  onActivate: (visit) => offerJob(visit, visit.element.job),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};
