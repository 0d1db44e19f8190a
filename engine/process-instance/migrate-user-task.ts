// A user task that a job worker does may become a Camunda user task by a migration; the way back is refused.
import { elementOf } from '../element/element-of.ts';
import type { ElementInstanceRow } from '../element/state.ts';
import { evaluateForMigration } from '../element/user-task-attributes.ts';
import { splitHeaders } from '../element/user-task-job.ts';
import { whereabouts } from '../element/visit.ts';
import type { Visit, VisitOf } from '../element/visit.ts';
import type { ProcessDefinition } from '../deployment/state.ts';
import { parseKey } from '../keys.ts';
import type { JobRow } from '../job/state.ts';
import type { ElementModel, ElementOf } from '../model/executable.ts';
import { parseInstant } from '../timer/schedule.ts';
import type { View } from '../view.ts';

const isByWorker = (element: ElementModel): boolean => element.type === 'USER_TASK' && element.userTask.byWorker !== undefined;
const isCamunda = (element: ElementModel): element is ElementOf<'USER_TASK'> => element.type === 'USER_TASK' && element.userTask.byWorker === undefined;

/** Why this instance cannot go to that element; undefined: it can. */
export function problemWithImplementation(view: View, source: ProcessDefinition, target: ProcessDefinition, instance: ElementInstanceRow, targetId: string): string | undefined {
  const from = elementOf(source, instance);
  const to = elementOf(target, { elementId: targetId, loopCounter: instance.loopCounter });
  if (isCamunda(from) && isByWorker(to)) {
    return `active user task with id '${from.id}' and implementation 'zeebe user task' is mapped to a user task with id '${to.id}' and deprecated implementation 'job worker'.`;
  }
  if (isByWorker(from) && isCamunda(to) && instance.phase === 'ACTIVATING' && view.jobs.openOf(instance.key) === undefined) {
    return `its user task '${from.id}' has no job yet that could become a task. Please resolve any incidents on the user task before migrating the process instance.`;
  }
  return undefined;
}

/** The job that becomes a task where this instance goes; undefined: it stays what it is. */
export function jobOfChangedTask(view: View, source: ProcessDefinition, to: ElementModel, instance: ElementInstanceRow): JobRow | undefined {
  if (!isByWorker(elementOf(source, instance)) || !isCamunda(to)) return undefined;
  const job = view.jobs.openOf(instance.key);
  return job?.kind === 'BPMN_ELEMENT' ? job : undefined;
}

/**
 * Groups, users, dates, form and headers come from the job; assignee and priority from the target diagram, as on a
 * cluster. Listeners of its creation and first assignment are not asked. Incidents of the job end with it.
 */
export function replaceByTask(visit: Visit, from: ElementModel, job: JobRow): void {
  if (!isVisitOfTask(visit)) return;
  const { view, step, instance, element } = visit;
  const { own, told } = splitHeaders(job.customHeaders);
  const list = (names: string | undefined) => (names === undefined ? [] : (JSON.parse(names) as string[]));
  const date = (text: string | undefined) => (text === undefined ? null : (parseInstant(text) ?? null));
  const isLinked = from.type === 'USER_TASK' && from.userTask.form !== null;
  step.events.push({ type: 'job.canceled', key: job.key });
  for (const incident of view.incidents.activeOf(instance.key)) if (incident.jobKey === job.key) step.events.push({ type: 'incident.resolved', key: incident.key });
  step.events.push({
    type: 'user-task.created', key: view.newKey(), ...whereabouts(visit), ...evaluateForMigration(visit),
    candidateGroups: list(told.candidateGroups), candidateUsers: list(told.candidateUsers), dueDate: date(told.dueDate), followUpDate: date(told.followUpDate),
    formKey: isLinked ? (parseKey(told.formKey ?? '') ?? null) : null, externalFormReference: isLinked ? null : (told.formKey ?? null), customHeaders: own,
    ...(element.userTask.listeners === undefined ? {} : { listens: true }),
  });
}

const isVisitOfTask = (visit: Visit): visit is VisitOf<'USER_TASK'> => visit.element.type === 'USER_TASK';
