// User tasks: commands and what can happen to a task.
import type { Key } from '../keys.ts';
import type { TaskListenerEvent } from '../model/executable.ts';
import type { Variables } from '../variable/records.ts';

export type UserTaskCommand =
  | { readonly type: 'user-task.assign'; readonly userTaskKey: Key; readonly assignee: string; /** False: only when nobody has it. */ readonly allowOverride: boolean; readonly action?: string }
  | { readonly type: 'user-task.unassign'; readonly userTaskKey: Key }
  | { readonly type: 'user-task.update'; readonly userTaskKey: Key; readonly changes: UserTaskChanges; readonly action?: string }
  | { readonly type: 'user-task.complete'; readonly userTaskKey: Key; readonly variables: Variables; readonly action?: string };

/** What is left out stays; null takes a date away. */
export type UserTaskChanges = {
  readonly candidateGroups?: readonly string[];
  readonly candidateUsers?: readonly string[];
  /** Epoch milliseconds. */
  readonly dueDate?: number | null;
  readonly followUpDate?: number | null;
  readonly priority?: number;
};

/** Follow-up: the job of a task listener is done: the next listener, or the step that waited for it. */
export type TaskListenerDone = { readonly type: 'user-task.listener-done'; readonly userTaskKey: Key; readonly index: number };
/** Follow-up: the incident that held back a listener was resolved: from the first one again. */
export type RetryTaskListeners = { readonly type: 'user-task.retry-listeners'; readonly userTaskKey: Key };

/** Attributes of a task that listeners may correct. */
export type TaskCorrections = UserTaskChanges & { readonly assignee?: string | null };

/** What becomes of a task once the listeners of its step are done. */
export type PendingStep = {
  /** In the caller's words: assign, claim, complete, …; empty when the diagram asked. */
  readonly action: string;
  readonly corrections: TaskCorrections;
  /** Names of the attributes that change. */
  readonly changed: readonly string[];
  /** Of a completion or of an update of the task's variables. */
  readonly variables: Variables | null;
  /** The task's first assignee, while it is created. */
  readonly firstAssignee?: string;
  /** Variables of an update go up to where their names are known. */
  readonly propagates?: true;
};

/** A task as listeners see it. */
export type TaskShown = {
  readonly key: Key;
  readonly action: string;
  readonly assignee: string | null;
  readonly candidateGroups: readonly string[];
  readonly candidateUsers: readonly string[];
  readonly dueDate: number | null;
  readonly followUpDate: number | null;
  readonly priority: number;
  readonly formKey: Key | null;
  readonly changed: readonly string[];
};

/** A command whose step waits for listeners says so; `core.awaitTask` waits for them. */
export type TaskAnswer = { readonly listens: boolean };

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
      /** It has task listeners; left out when it has none. */
      readonly listens?: true;
    }
  /** Its listeners come first. */
  | { readonly type: 'user-task.step-began'; readonly key: Key; readonly state: TaskListenerEvent; readonly pending: PendingStep }
  /** A listener corrected what becomes of it. */
  | { readonly type: 'user-task.corrected'; readonly key: Key; readonly pending: PendingStep }
  /** Its listeners are done, or one of them refused. */
  | { readonly type: 'user-task.settled'; readonly key: Key; readonly denied?: { readonly step: TaskListenerEvent; readonly reason: string } }
  | { readonly type: 'user-task.assigned'; readonly key: Key; /** Null: nobody any more. */ readonly assignee: string | null }
  | { readonly type: 'user-task.updated'; readonly key: Key; readonly changes: UserTaskChanges }
  | { readonly type: 'user-task.completed'; readonly key: Key }
  | { readonly type: 'user-task.canceled'; readonly key: Key }
  | { readonly type: 'user-task.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly bpmnProcessId: string; readonly elementId: string };
