// Service task: a job worker does it.
import { readJob } from '../model/read-job.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { offerJob, takeBackJob } from './job-work.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    SERVICE_TASK: { readonly job: JobModel };
  }
}

export const serviceTask: Element<'SERVICE_TASK'> = {
  reads: 'bpmn:ServiceTask',
  extensions: ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: (node, base, problems) => ({ ...base, type: 'SERVICE_TASK', job: readJob(node, problems) }),
  onActivate: (visit) => offerJob(visit, visit.element.job),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};
