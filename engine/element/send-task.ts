// Send task: a job worker sends, as in a service task.
import { readJob } from '../model/read-job.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { offerJob, takeBackJob } from './job-work.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    SEND_TASK: { readonly job: JobModel };
  }
}

export const sendTask: Element<'SEND_TASK'> = {
  reads: 'bpmn:SendTask',
  extensions: ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: (node, base, problems) => ({ ...base, type: 'SEND_TASK', job: readJob(node, problems) }),
  onActivate: (visit) => offerJob(visit, visit.element.job),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};
