// Decides what a task listener's worker says: corrections, a refusal, or nothing against the step.
import type { JobCommand } from '../job/records.ts';
import type { JobRow } from '../job/state.ts';
import { accept, reject } from '../processing/step.ts';
import type { Decision, Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { changedBy, pendingOf } from './pending.ts';
import type { PendingStep, TaskCorrections } from './records.ts';

type CompleteJob = Extract<JobCommand, { type: 'job.complete' }>;

const deniable: readonly string[] = ['ASSIGNING', 'COMPLETING', 'UPDATING'];

export function completeTaskListener(job: JobRow, { variables, result }: CompleteJob, view: View, step: Step): Decision {
  const task = view.userTasks.openOf(job.elementInstanceKey);
  const pending = task === undefined ? undefined : pendingOf(task);
  if (task === undefined || pending === undefined) throw new Error(`Task listener job ${job.key} has no task that waits for it.`);
  const corrections = result?.corrections ?? {};
  const isDenied = result?.denied === true;
  const problem = problemWith(job, { pending, corrections, isDenied, bringsVariables: Object.keys(variables).length > 0 });
  if (problem !== undefined) return reject('INVALID_ARGUMENT', problem);
  const reason = result?.deniedReason ?? '';
  step.events.push({ type: 'job.completed', key: job.key, ...(isDenied ? { deniedReason: reason } : {}) });
  if (isDenied) {
    if (task.state === 'CREATED' || task.state === 'COMPLETED' || task.state === 'CANCELED') throw new Error(`User task ${task.key} waits for a listener in state ${task.state}.`);
    step.events.push({ type: 'user-task.settled', key: task.key, denied: { step: task.state, reason } });
    return accept();
  }
  if (Object.keys(corrections).length > 0) step.events.push({ type: 'user-task.corrected', key: task.key, pending: corrected(pending, corrections) });
  step.followUps.push({ type: 'user-task.listener-done', userTaskKey: task.key, index: job.listenerIndex ?? 0 });
  return accept();
}

function corrected(pending: PendingStep, corrections: TaskCorrections): PendingStep {
  return { ...pending, corrections: { ...pending.corrections, ...corrections }, changed: [...new Set([...pending.changed, ...changedBy(corrections)])].sort() };
}

type Said = { readonly pending: PendingStep; readonly corrections: TaskCorrections; readonly isDenied: boolean; readonly bringsVariables: boolean };

function problemWith(job: JobRow, { pending, corrections, isDenied, bringsVariables }: Said): string | undefined {
  const which = `(job key '${job.key}', type '${job.type}', processInstanceKey '${job.processInstanceKey}')`;
  if (bringsVariables) return `Task Listener job completion with variables payload provided is not yet supported ${which}. Support will be enabled with the resolution of issue #23702.`;
  if (isDenied && !deniable.includes(job.listenerEvent)) {
    return `Denying result is not supported for '${job.listenerEvent}' task listener jobs ${which}. Only the following listener event types support denying: [${deniable.join(', ')}].`;
  }
  if (isDenied && Object.keys(corrections).length > 0) {
    return `Expected to complete task listener job with corrections, but the job result is denied ${which}. The corrections would be reverted by the denial. Either complete the job with corrections without setting denied, or complete the job with a denied result but no corrections.`;
  }
  if (corrections.assignee !== undefined && job.listenerEvent === 'CREATING' && pending.firstAssignee !== undefined) {
    return `Expected to complete task listener job, but correcting the assignee on 'CREATING' event is not supported when the user task has an assignee defined in the model ${which}. Use the 'CREATING' event to set an assignee only if it was not defined. Use the 'ASSIGNING' event to correct an assignee that is already defined.`;
  }
  if (corrections.priority !== undefined && (corrections.priority < 0 || corrections.priority > 100)) {
    return `Expected to complete task listener job with a priority in the range [0,100], but it was '${corrections.priority}' ${which}.`;
  }
  return undefined;
}
