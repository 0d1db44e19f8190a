// User task: a person does it, in an inbox; its linked form is looked up when the task is made.
import type { Key } from '../keys.ts';
import type { Binding, ExpressionSource, TaskListeners } from '../model/executable.ts';
import { extensionOf, textOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readBinding } from '../model/read-binding.ts';
import { readHeaders } from '../model/read-job.ts';
import { readTaskListeners } from '../model/read-task-listeners.ts';
import { parseInstant } from '../timer/schedule.ts';
import type { PendingStep, TaskShown } from '../user-task/records.ts';
import type { UserTaskRow } from '../user-task/state.ts';
import { beginStep, firstAssignment, listenersOf, offerTaskListener } from '../user-task/steps.ts';
import { takeAllFlows, waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import type { Element } from './contract.ts';
import { evaluateInstant, evaluateInteger, evaluateText, evaluateTexts } from './evaluate.ts';
import { fail, isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

const DEFAULT_PRIORITY = 50;

declare module '../model/executable.ts' {
  interface ElementModels {
    USER_TASK: { readonly userTask: UserTaskModel };
  }
}

type UserTaskModel = {
  readonly assignee: ExpressionSource | null;
  readonly candidateGroups: ExpressionSource | null;
  readonly candidateUsers: ExpressionSource | null;
  readonly dueDate: ExpressionSource | null;
  readonly followUpDate: ExpressionSource | null;
  readonly priority: ExpressionSource | null;
  readonly form: { readonly formId: ExpressionSource; readonly binding: Binding } | null;
  readonly externalReference: ExpressionSource | null;
  readonly headers: string | null;
  /** Left out when there are none. */
  readonly listeners?: TaskListeners;
};

export const userTask: Element<'USER_TASK'> = {
  reads: 'bpmn:UserTask',
  extensions: ['zeebe:IoMapping', 'zeebe:UserTask', 'zeebe:AssignmentDefinition', 'zeebe:TaskSchedule', 'zeebe:PriorityDefinition', 'zeebe:FormDefinition', 'zeebe:TaskHeaders', 'zeebe:TaskListeners'],
  read: (node, base, problems) => ({ ...base, type: 'USER_TASK', userTask: readUserTask(node, problems) }),
  calls: ({ userTask: { form } }) => (form === null ? undefined : { kind: 'form', by: 'formDefinition', id: form.formId, binding: form.binding }),
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

function readUserTask(node: Node, problems: Problems): UserTaskModel {
  if (extensionOf(node, 'zeebe:UserTask') === undefined) {
    problems.add(node, "a user task that is done by job workers is not supported: mark it as a Camunda user task ('zeebe:userTask')");
  }
  const optional = (type: string, property: string): ExpressionSource | null => {
    const source = textOf(extensionOf(node, type), property);
    return source === undefined || source === '' ? null : problems.check(node, source);
  };
  const form = extensionOf(node, 'zeebe:FormDefinition');
  if (textOf(form, 'formKey') !== undefined) problems.add(node, "a form by 'formKey' is not supported: link a deployed form by 'formId'");
  const formId = optional('zeebe:FormDefinition', 'formId');
  const listeners = readTaskListeners(node, problems);
  return {
    assignee: optional('zeebe:AssignmentDefinition', 'assignee'),
    candidateGroups: optional('zeebe:AssignmentDefinition', 'candidateGroups'),
    candidateUsers: optional('zeebe:AssignmentDefinition', 'candidateUsers'),
    dueDate: checkDate(node, optional('zeebe:TaskSchedule', 'dueDate'), problems),
    followUpDate: checkDate(node, optional('zeebe:TaskSchedule', 'followUpDate'), problems),
    priority: checkPriority(node, optional('zeebe:PriorityDefinition', 'priority'), problems),
    form: formId === null ? null : { formId, binding: readBinding(node, form, problems) },
    externalReference: optional('zeebe:FormDefinition', 'externalReference'),
    headers: readHeaders(node),
    ...(listeners === undefined ? {} : { listeners }),
  };
}

const isStatic = (source: ExpressionSource | null): source is ExpressionSource => source !== null && !source.trimStart().startsWith('=');

function checkDate(node: Node, date: ExpressionSource | null, problems: Problems): ExpressionSource | null {
  if (isStatic(date) && parseInstant(date) === undefined) {
    problems.add(node, `Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found '${date}'.`);
  }
  return date;
}

function checkPriority(node: Node, priority: ExpressionSource | null, problems: Problems): ExpressionSource | null {
  if (isStatic(priority) && !(/^\d+$/.test(priority.trim()) && Number(priority) <= 100)) problems.add(node, `Priority must be a number between 0 and 100, but was '${priority}'.`);
  return priority;
}
