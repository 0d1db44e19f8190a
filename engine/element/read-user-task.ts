// Reads a user task: whose it is, when it is due, its form, and whether a person or a job worker does it.
import type { Binding, ExpressionSource, TaskListeners } from '../model/executable.ts';
import { extensionOf, textOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readBinding } from '../model/read-binding.ts';
import { readHeaders, readJob } from '../model/read-job.ts';
import { readTaskListeners } from '../model/read-task-listeners.ts';
import { parseInstant } from '../timer/schedule.ts';

export type UserTaskModel = {
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
  /** A job worker does it; left out for a Camunda user task. */
  readonly byWorker?: DoneByWorker;
};

/** `formKey`: names its form where none is linked; never an expression. */
export type DoneByWorker = { readonly formKey: string | null };

export function readUserTask(node: Node, problems: Problems): UserTaskModel {
  const isByWorker = extensionOf(node, 'zeebe:UserTask') === undefined;
  const optional = (type: string, property: string): ExpressionSource | null => {
    const source = textOf(extensionOf(node, type), property);
    return source === undefined || source === '' ? null : problems.check(node, source);
  };
  checkForm(node, isByWorker, problems);
  // A job type of its own has no effect, here as on a cluster; it must be a readable one.
  if (extensionOf(node, 'zeebe:TaskDefinition') !== undefined) readJob(node, problems);
  const formId = optional('zeebe:FormDefinition', 'formId');
  const listeners = readTaskListeners(node, problems);
  if (isByWorker && listeners !== undefined) problems.add(node, "Task listeners are only allowed on Camunda user tasks: mark it as one ('zeebe:userTask')");
  return {
    assignee: optional('zeebe:AssignmentDefinition', 'assignee'),
    candidateGroups: checkNames(node, optional('zeebe:AssignmentDefinition', 'candidateGroups'), problems),
    candidateUsers: checkNames(node, optional('zeebe:AssignmentDefinition', 'candidateUsers'), problems),
    dueDate: checkDate(node, optional('zeebe:TaskSchedule', 'dueDate'), problems),
    followUpDate: checkDate(node, optional('zeebe:TaskSchedule', 'followUpDate'), problems),
    priority: checkPriority(node, optional('zeebe:PriorityDefinition', 'priority'), problems),
    form: formId === null ? null : { formId, binding: readBinding(node, extensionOf(node, 'zeebe:FormDefinition'), problems) },
    externalReference: isByWorker ? null : optional('zeebe:FormDefinition', 'externalReference'),
    headers: readHeaders(node),
    ...(listeners === undefined ? {} : { listeners }),
    ...(isByWorker ? { byWorker: { formKey: textOf(extensionOf(node, 'zeebe:FormDefinition'), 'formKey') ?? null } } : {}),
  };
}

/** A form is named in one way of two; the other attributes of `zeebe:formDefinition` have no effect there. */
function checkForm(node: Node, isByWorker: boolean, problems: Problems): void {
  const form = extensionOf(node, 'zeebe:FormDefinition');
  if (form === undefined) return;
  const ways = isByWorker ? ['formId', 'formKey'] : ['formId', 'externalReference'];
  if (ways.filter((way) => (textOf(form, way) ?? '').trim() !== '').length === 1) return;
  problems.add(node, `Exactly one of the attributes '${ways.join(', ')}' must be present and not blank${isByWorker ? '' : ' for native user tasks'}`);
}

const isStatic = (source: ExpressionSource | null): source is ExpressionSource => source !== null && !source.trimStart().startsWith('=');

function checkNames(node: Node, names: ExpressionSource | null, problems: Problems): ExpressionSource | null {
  if (isStatic(names) && names.split(',').some((name) => name.trim() === '')) {
    problems.add(node, `Expected static value to be a list of comma-separated values, e.g. 'a,b,c', but found '${names}'.`);
  }
  return names;
}

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
