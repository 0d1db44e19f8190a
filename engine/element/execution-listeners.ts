// Execution listeners: jobs before an element's work begins and after it is done.
import type { JobEvent } from '../job/records.ts';
import type { ExecutionListeners, ListenerModel } from '../model/executable.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { evaluateInteger, evaluateText } from './evaluate.ts';
import { isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

export type ExecutionListenerEvent = 'START' | 'END';

/** The listeners of an event in the order in which they run. */
export const listenersOf = (listeners: ExecutionListeners | undefined, event: ExecutionListenerEvent): readonly ListenerModel[] =>
  (event === 'START' ? listeners?.start : listeners?.end) ?? [];

/** Offers the job of the listener with that number; false: there is none, and the step goes on. */
export function offerListener(visit: Visit, event: ExecutionListenerEvent, index: number): boolean | Failure {
  const listener = listenersOf(visit.element.listeners, event)[index];
  if (listener === undefined) return false;
  return offerListenerJob(visit, listener, { customHeaders: visit.element.listeners?.headers ?? null, listener: { kind: 'EXECUTION_LISTENER', event, index } });
}

type ListenerJob = Pick<Extract<JobEvent, { type: 'job.created' }>, 'customHeaders' | 'listener'>;

/** States the job of a listener, of an element or of a user task. */
export function offerListenerJob(visit: Visit, model: ListenerModel, job: ListenerJob): true | Failure {
  const jobType = evaluateText(visit, model.jobType);
  if (isFailure(jobType)) return jobType;
  const retries = evaluateInteger(visit, model.retries);
  if (isFailure(retries)) return retries;
  visit.step.events.push({ type: 'job.created', key: visit.view.newKey(), jobType, retries, ...whereabouts(visit), ...job });
  return true;
}

/** Whether a listener of this element instance is at work, or waits for a worker. */
export function isListening(visit: Visit): boolean {
  return visit.element.listeners !== undefined && visit.view.jobs.openOf(visit.instance.key)?.kind === 'EXECUTION_LISTENER';
}

/** Takes back the listener's job of an element instance or process instance that ends. */
export function takeBackListener(view: View, step: Step, instanceKey: number): void {
  const job = view.jobs.openOf(instanceKey);
  if (job?.kind === 'EXECUTION_LISTENER') step.events.push({ type: 'job.canceled', key: job.key });
}
