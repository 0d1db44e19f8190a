// User task: a person does it, in an inbox; its linked form is looked up when the task is made.
import type { Key } from '../keys.ts';
import type { ExpressionSource } from '../model/executable.ts';
import type { PendingStep, TaskShown } from '../user-task/records.ts';
import type { UserTaskRow } from '../user-task/state.ts';
import { beginStep, firstAssignment, listenersOf, offerTaskListener } from '../user-task/steps.ts';
import { takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateInstant, evaluateInteger, evaluateText, evaluateTexts } from './evaluate.ts';
import { fail, isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

const DEFAULT_PRIORITY = 50;

export const userTask: ElementBehaviour<'USER_TASK'> = {
  onActivate: createTask,
  onComplete: takeAllFlows,
  onTerminate: (visit) => {
    const task = visit.view.userTasks.openOf(visit.instance.key);
    if (task === undefined) return false;
    return task.listens === 1 ? cancelListening(visit, task) : cancel(visit, task);
  },
};

function cancel({ step }: Visit, task: UserTaskRow): false {
  step.events.push({ type: 'user-task.canceled', key: task.key });
  return false;
}

/** A step that was under way is given up; listeners of the cancellation come before it. */
function cancelListening(visit: Visit, task: UserTaskRow): boolean {
  const { view, step } = visit;
  const job = view.jobs.openOf(task.elementInstanceKey);
  if (task.state === 'CANCELING' && visit.isForced === undefined) return true;
  if (job?.kind === 'TASK_LISTENER') step.events.push({ type: 'job.canceled', key: job.key });
  if (visit.isForced === true) return cancel(visit, task);
  return beginStep(view, step, { ...task, pending: null }, 'CANCELING', { action: '', corrections: {}, changed: [], variables: null }) || cancel(visit, task);
}

function createTask(visit: VisitOf<'USER_TASK'>): Activated | Failure {
  const model = visit.element.userTask;
  const optional = <T>(source: ExpressionSource | null, evaluate: (visit: Visit, source: ExpressionSource) => T | Failure, without: T) =>
    source === null ? without : evaluate(visit, source);
  const assignee = optional<string | null>(model.assignee, evaluateText, null);
  if (isFailure(assignee)) return assignee;
  const candidateGroups = optional<readonly string[]>(model.candidateGroups, evaluateTexts, []);
  if (isFailure(candidateGroups)) return candidateGroups;
  const candidateUsers = optional<readonly string[]>(model.candidateUsers, evaluateTexts, []);
  if (isFailure(candidateUsers)) return candidateUsers;
  const dueDate = optional<number | null>(model.dueDate, evaluateInstant, null);
  if (isFailure(dueDate)) return dueDate;
  const followUpDate = optional<number | null>(model.followUpDate, evaluateInstant, null);
  if (isFailure(followUpDate)) return followUpDate;
  const priority = optional(model.priority, evaluatePriority, DEFAULT_PRIORITY);
  if (isFailure(priority)) return priority;
  const externalFormReference = optional<string | null>(model.externalReference, evaluateText, null);
  if (isFailure(externalFormReference)) return externalFormReference;
  const formKey = findLinkedForm(visit);
  if (isFailure(formKey)) return formKey;
  const key = visit.view.newKey();
  const first = assignee === '' ? null : assignee;
  visit.step.events.push({
    type: 'user-task.created',
    key,
    ...whereabouts(visit),
    assignee: model.listeners === undefined ? first : null,
    candidateGroups,
    candidateUsers,
    dueDate,
    followUpDate,
    priority,
    formKey,
    externalFormReference,
    customHeaders: model.headers,
    ...(model.listeners === undefined ? {} : { listens: true }),
  });
  if (model.listeners === undefined) return waiting;
  const shown = { key, action: '', assignee: first, candidateGroups, candidateUsers, dueDate, followUpDate, priority, formKey, changed: [] };
  return listenToCreation(visit, shown) ?? waiting;
}

/** Listeners of the creation come first, those of the first assignment next. */
function listenToCreation(visit: VisitOf<'USER_TASK'>, shown: TaskShown): Failure | undefined {
  const { step, element } = visit;
  const { key, assignee } = shown;
  const creating = listenersOf(visit, 'CREATING').length > 0;
  const assigning = assignee !== null && listenersOf(visit, 'ASSIGNING').length > 0;
  if (!creating && !assigning) {
    if (assignee !== null) step.events.push({ type: 'user-task.assigned', key, assignee });
    return undefined;
  }
  const pending: PendingStep = creating
    ? { action: '', corrections: {}, changed: [], variables: null, ...(assignee === null ? {} : { firstAssignee: assignee }) }
    : firstAssignment(assignee ?? '');
  const state = creating ? 'CREATING' : 'ASSIGNING';
  step.events.push({ type: 'user-task.step-began', key, state, pending });
  const offered = offerTaskListener(visit, state, 0, element.userTask.headers, { ...shown, changed: pending.changed });
  return isFailure(offered) ? offered : undefined;
}

function findLinkedForm(visit: VisitOf<'USER_TASK'>): Key | null | Failure {
  const { form } = visit.element.userTask;
  if (form === null) return null;
  const formId = evaluateText(visit, form.formId);
  if (isFailure(formId)) return formId;
  const found = visit.view.deployments.linkedForm({ id: formId, binding: form.binding, deploymentKey: visit.definition.deploymentKey });
  if (found !== undefined) return found.key;
  return fail('FORM_NOT_FOUND', `Expected to find a form with id '${formId}', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id`);
}

function evaluatePriority(visit: Visit, source: ExpressionSource): number | Failure {
  const priority = evaluateInteger(visit, source);
  if (isFailure(priority) || (priority >= 0 && priority <= 100)) return priority;
  return fail('EXTRACT_VALUE_ERROR', `Expected priority to be in the range [0,100] but was '${priority}'.`);
}
