// User tasks: commands and what can happen to a task.
import type { Key } from '../keys.ts';
import type { Variables } from '../variable/records.ts';

export type UserTaskCommand =
  | { readonly type: 'user-task.assign'; readonly userTaskKey: Key; readonly assignee: string; /** False: only when nobody has it. */ readonly allowOverride: boolean }
  | { readonly type: 'user-task.unassign'; readonly userTaskKey: Key }
  | { readonly type: 'user-task.update'; readonly userTaskKey: Key; readonly changes: UserTaskChanges }
  | { readonly type: 'user-task.complete'; readonly userTaskKey: Key; readonly variables: Variables };

/** What is left out stays; null takes a date away. */
export type UserTaskChanges = {
  readonly candidateGroups?: readonly string[];
  readonly candidateUsers?: readonly string[];
  /** Epoch milliseconds. */
  readonly dueDate?: number | null;
  readonly followUpDate?: number | null;
  readonly priority?: number;
};

export type UserTaskEvent =
  | {
      readonly type: 'user-task.created';
      readonly key: Key;
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly elementId: string;
      readonly elementInstanceKey: Key;
      readonly assignee: string | null;
      readonly candidateGroups: readonly string[];
      readonly candidateUsers: readonly string[];
      readonly dueDate: number | null;
      readonly followUpDate: number | null;
      readonly priority: number;
      readonly formKey: Key | null;
      readonly externalFormReference: string | null;
      readonly customHeaders: string | null;
    }
  | { readonly type: 'user-task.assigned'; readonly key: Key; /** Null: nobody any more. */ readonly assignee: string | null }
  | { readonly type: 'user-task.updated'; readonly key: Key; readonly changes: UserTaskChanges }
  | { readonly type: 'user-task.completed'; readonly key: Key }
  | { readonly type: 'user-task.canceled'; readonly key: Key };
