// A task as its listeners see it: as it will be when the step that waits for them is done.
import type { JsonValue } from '../expression/index.ts';
import { addHeaders } from '../job/own-headers.ts';
import type { PendingStep, TaskCorrections, TaskShown } from './records.ts';
import type { UserTaskRow } from './state.ts';

/** The border at which the stored step becomes a value again. */
export const pendingOf = (task: UserTaskRow): PendingStep | undefined => (task.pending === null ? undefined : (JSON.parse(task.pending) as PendingStep));

export function showTask(task: UserTaskRow, pending: PendingStep | undefined = pendingOf(task)): TaskShown {
  const { assignee, ...changes } = pending?.corrections ?? {};
  return {
    key: task.key,
    action: pending?.action ?? '',
    assignee: assignee === undefined ? (pending?.firstAssignee ?? task.assignee) : assignee,
    candidateGroups: changes.candidateGroups ?? (JSON.parse(task.candidateGroups) as string[]),
    candidateUsers: changes.candidateUsers ?? (JSON.parse(task.candidateUsers) as string[]),
    dueDate: changes.dueDate === undefined ? task.dueDate : changes.dueDate,
    followUpDate: changes.followUpDate === undefined ? task.followUpDate : changes.followUpDate,
    priority: changes.priority ?? task.priority,
    formKey: task.formKey,
    changed: pending?.changed ?? [],
  };
}

/** Variables that the step brings along, as far as they are asked for. */
export function pendingVariables(task: UserTaskRow, names: readonly string[]): Record<string, JsonValue> {
  const brought = Object.entries(pendingOf(task)?.variables ?? {});
  return Object.fromEntries(names.length === 0 ? brought : brought.filter(([name]) => names.includes(name)));
}

/** Custom headers of a listener's job: the task's own and what the listener may want to know of the task. */
export function listenerHeaders(own: string | null, task: TaskShown): string | null {
  const list = (items: readonly string[]) => (items.length === 0 ? null : JSON.stringify(items));
  const date = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return addHeaders(own, {
    userTaskKey: String(task.key),
    priority: String(task.priority),
    action: task.action,
    assignee: task.assignee,
    candidateGroups: list(task.candidateGroups),
    candidateUsers: list(task.candidateUsers),
    changedAttributes: list(task.changed),
    dueDate: date(task.dueDate),
    followUpDate: date(task.followUpDate),
    formKey: task.formKey === null ? null : String(task.formKey),
  });
}

/** Names of attributes, in the engine's own words. */
const attributeNames = {
  assignee: 'assignee', candidateGroups: 'candidateGroupsList', candidateUsers: 'candidateUsersList', dueDate: 'dueDate', followUpDate: 'followUpDate', priority: 'priority',
} as const satisfies Record<keyof TaskCorrections, string>;

export function changedBy(corrections: TaskCorrections): string[] {
  return Object.entries(attributeNames).flatMap(([name, shown]) => (Object.hasOwn(corrections, name) ? [shown] : [])).sort();
}
