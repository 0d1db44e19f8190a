// User task: a person does it, in an inbox; or, without `zeebe:userTask`, a job worker.
import type { PendingStep, TaskShown } from '../user-task/records.ts';
import type { UserTaskRow } from '../user-task/state.ts';
import { beginStep, firstAssignment, listenersOf, offerTaskListener } from '../user-task/steps.ts';
import { takeAllFlows, waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import type { Element } from './contract.ts';
import { evaluateText } from './evaluate.ts';
import { takeBackJob } from './job-work.ts';
import { readUserTask } from './read-user-task.ts';
import type { UserTaskModel } from './read-user-task.ts';
import { evaluateAttributes, evaluatePriority, findLinkedForm } from './user-task-attributes.ts';
import { offerUserTaskJob } from './user-task-job.ts';
import { isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    USER_TASK: { readonly userTask: UserTaskModel };
  }
}

export const userTask: Element<'USER_TASK'> = {
  reads: 'bpmn:UserTask',
  extensions: ['zeebe:IoMapping', 'zeebe:UserTask', 'zeebe:AssignmentDefinition', 'zeebe:TaskSchedule', 'zeebe:PriorityDefinition', 'zeebe:FormDefinition', 'zeebe:TaskHeaders', 'zeebe:TaskListeners', 'zeebe:TaskDefinition'],
  read: (node, base, problems) => ({ ...base, type: 'USER_TASK', userTask: readUserTask(node, problems) }),
  calls: ({ userTask: { form } }) => (form === null ? undefined : { kind: 'form', by: 'formDefinition', id: form.formId, binding: form.binding }),
  onActivate: (visit) => {
    const { byWorker } = visit.element.userTask;
    return byWorker === undefined ? createTask(visit) : offerUserTaskJob(visit, byWorker);
  },
  onComplete: takeAllFlows,
  onTerminate: (visit) => {
    if (visit.element.userTask.byWorker !== undefined) return takeBackJob(visit);
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
  const attributes = evaluateAttributes(visit);
  if (isFailure(attributes)) return attributes;
  const { assignee, candidateGroups, candidateUsers } = attributes;
  const dueDate = attributes.dueDate?.at ?? null;
  const followUpDate = attributes.followUpDate?.at ?? null;
  const priority = evaluatePriority(visit);
  if (isFailure(priority)) return priority;
  const externalFormReference = model.externalReference === null ? null : evaluateText(visit, model.externalReference);
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
    candidateGroups: candidateGroups ?? [],
    candidateUsers: candidateUsers ?? [],
    dueDate,
    followUpDate,
    priority,
    formKey,
    externalFormReference,
    customHeaders: model.headers,
    ...(model.listeners === undefined ? {} : { listens: true }),
  });
  if (model.listeners === undefined) return waiting;
  const shown = { key, action: '', assignee: first, candidateGroups: candidateGroups ?? [], candidateUsers: candidateUsers ?? [], dueDate, followUpDate, priority, formKey, changed: [] };
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
