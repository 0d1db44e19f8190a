// User task: a person does it, in an inbox; its linked form is looked up when the task is made.
import type { Key } from '../keys.ts';
import type { ExpressionSource } from '../model/executable.ts';
import { takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateInstant, evaluateInteger, evaluateText, evaluateTexts } from './evaluate.ts';
import { isFailure, whereabouts } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

const DEFAULT_PRIORITY = 50;

export const userTask: ElementBehaviour<'USER_TASK'> = {
  onActivate: createTask,
  onComplete: takeAllFlows,
  onTerminate: (visit) => {
    const task = visit.view.userTasks.openOf(visit.instance.key);
    if (task !== undefined) visit.step.events.push({ type: 'user-task.canceled', key: task.key });
  },
};

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
  visit.step.events.push({
    type: 'user-task.created',
    key: visit.view.newKey(),
    ...whereabouts(visit),
    assignee: assignee === '' ? null : assignee,
    candidateGroups,
    candidateUsers,
    dueDate,
    followUpDate,
    priority,
    formKey,
    externalFormReference,
    customHeaders: model.headers,
  });
  return waiting;
}

function findLinkedForm(visit: VisitOf<'USER_TASK'>): Key | null | Failure {
  const { form } = visit.element.userTask;
  if (form === null) return null;
  const formId = evaluateText(visit, form.formId);
  if (isFailure(formId)) return formId;
  const found = visit.view.deployments.linkedForm({ id: formId, binding: form.binding, deploymentKey: visit.definition.deploymentKey });
  if (found !== undefined) return found.key;
  return {
    failure: 'FORM_NOT_FOUND',
    message: `Expected to find a form with id '${formId}', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id`,
  };
}

function evaluatePriority(visit: Visit, source: ExpressionSource): number | Failure {
  const priority = evaluateInteger(visit, source);
  if (isFailure(priority) || (priority >= 0 && priority <= 100)) return priority;
  return { failure: 'EXTRACT_VALUE_ERROR', message: `Expected priority to be in the range [0,100] but was '${priority}'.` };
}
