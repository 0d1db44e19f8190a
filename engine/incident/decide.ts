// Decides the resolution of incidents: the step that was stuck is tried again.
import { accept, reject } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import type { IncidentCommand } from './records.ts';

export const incidentDeciders: Deciders<IncidentCommand> = {
  'incident.resolve': ({ incidentKey }, view, step) => {
    const incident = view.incidents.get(incidentKey);
    if (incident === undefined || incident.state === 'RESOLVED') {
      return reject('NOT_FOUND', `Expected to resolve incident with key '${incidentKey}', but no such incident was found`);
    }
    const job = incident.jobKey === null ? undefined : view.jobs.get(incident.jobKey);
    if (job?.phase === 'STUCK' && job.retries <= 0) {
      return reject('INVALID_STATE', `Expected to resolve incident with key '${incidentKey}', but job with key '${job.key}' has no retries left. Please update the job retries and retry resolving the incident.`);
    }
    step.events.push({ type: 'incident.resolved', key: incidentKey });
    if (incident.jobKey !== null) {
      if (job?.phase === 'STUCK') step.events.push({ type: 'job.freed', key: job.key, jobType: job.type });
      return accept();
    }
    const { elementInstanceKey } = incident;
    if (view.processInstances.get(elementInstanceKey) !== undefined) {
      step.followUps.push({ type: 'process-instance.retry-listeners', processInstanceKey: elementInstanceKey });
      return accept();
    }
    const task = view.userTasks.openOf(elementInstanceKey);
    if (task?.pending != null) {
      step.followUps.push({ type: 'user-task.retry-listeners', userTaskKey: task.key });
      return accept();
    }
    const isActivating = view.elements.get(elementInstanceKey)?.phase === 'ACTIVATING';
    step.followUps.push({ type: isActivating ? 'element.retry-activation' : 'element.complete', elementInstanceKey });
    return accept();
  },
};
