// Evaluates what a user task says of itself: whose it is, when it is due, how urgent it is, and its linked form.
import type { Key } from '../keys.ts';
import type { ExpressionSource } from '../model/executable.ts';
import { evaluateDate, evaluateInteger, evaluateText, evaluateTexts } from './evaluate.ts';
import type { WrittenDate } from './evaluate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

const DEFAULT_PRIORITY = 50;

/** Null: the diagram says nothing of it. */
export type UserTaskAttributes = {
  readonly assignee: string | null;
  readonly candidateGroups: readonly string[] | null;
  readonly candidateUsers: readonly string[] | null;
  readonly dueDate: WrittenDate | null;
  readonly followUpDate: WrittenDate | null;
};

export function evaluateAttributes(visit: VisitOf<'USER_TASK'>): UserTaskAttributes | Failure {
  const model = visit.element.userTask;
  const optional = <T>(source: ExpressionSource | null, evaluate: (visit: Visit, source: ExpressionSource) => T | Failure) =>
    source === null ? null : evaluate(visit, source);
  const assignee = optional(model.assignee, evaluateText);
  if (isFailure(assignee)) return assignee;
  const candidateGroups = optional(model.candidateGroups, evaluateTexts);
  if (isFailure(candidateGroups)) return candidateGroups;
  const candidateUsers = optional(model.candidateUsers, evaluateTexts);
  if (isFailure(candidateUsers)) return candidateUsers;
  const dueDate = optional(model.dueDate, evaluateDate);
  if (isFailure(dueDate)) return dueDate;
  const followUpDate = optional(model.followUpDate, evaluateDate);
  if (isFailure(followUpDate)) return followUpDate;
  return { assignee, candidateGroups, candidateUsers, dueDate, followUpDate };
}

/** From 0 to 100. */
export function evaluatePriority(visit: VisitOf<'USER_TASK'>, read = visit.read): number | Failure {
  const source = visit.element.userTask.priority;
  const priority = source === null ? DEFAULT_PRIORITY : evaluateInteger(visit, source, read);
  if (isFailure(priority) || (priority >= 0 && priority <= 100)) return priority;
  return fail('EXTRACT_VALUE_ERROR', `Expected priority to be in the range [0,100] but was '${priority}'.`);
}

/** The attributes that count when the job of a worker becomes the task of a person: seen from around the task, and what cannot be evaluated is as if nothing were said, as on a cluster. */
export function evaluateForMigration(visit: VisitOf<'USER_TASK'>): { readonly assignee: string | null; readonly priority: number } {
  const { assignee: source } = visit.element.userTask;
  const assignee = source === null ? null : evaluateText(visit, source, visit.readOuter);
  const priority = evaluatePriority(visit, visit.readOuter);
  return { assignee: isFailure(assignee) || assignee === '' ? null : assignee, priority: isFailure(priority) ? DEFAULT_PRIORITY : priority };
}

/** Null: none is linked; an incident when it is not deployed. */
export function findLinkedForm(visit: VisitOf<'USER_TASK'>): Key | null | Failure {
  const { form } = visit.element.userTask;
  if (form === null) return null;
  const formId = evaluateText(visit, form.formId);
  if (isFailure(formId)) return formId;
  const found = visit.view.deployments.linkedForm({ id: formId, binding: form.binding, deploymentKey: visit.definition.deploymentKey });
  if (found !== undefined) return found.key;
  return fail('FORM_NOT_FOUND', `Expected to find a form with id '${formId}', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id`);
}
