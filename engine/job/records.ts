// Jobs: commands, what they answer, and what can happen to a job.
import type { Key } from '../keys.ts';
import type { TaskListenerEvent } from '../model/executable.ts';
import type { TaskCorrections, TaskShown } from '../user-task/records.ts';
import type { Variables } from '../variable/records.ts';

export type JobCommand =
  | { readonly type: 'job.complete'; readonly jobKey: Key; readonly variables: Variables; readonly result?: TaskListenerResult; /** Of the job of an ad-hoc sub-process. */ readonly adHoc?: AdHocResult }
  | {
      readonly type: 'job.fail';
      readonly jobKey: Key;
      readonly retries: number;
      /** Milliseconds before the next activation. */
      readonly retryBackOff: number;
      readonly errorMessage: string;
      readonly variables: Variables;
    }
  | { readonly type: 'job.throw-error'; readonly jobKey: Key; readonly errorCode: string; readonly errorMessage: string; readonly variables: Variables }
  /** What is left out stays; `timeout` is counted from now. */
  | { readonly type: 'job.update'; readonly jobKey: Key; readonly retries?: number; readonly timeout?: number }
  | ActivateJobs;

/** What a task listener makes of the task's step; `corrections` come before the step is done. */
export type TaskListenerResult = { readonly denied: boolean; readonly deniedReason: string; readonly corrections: TaskCorrections };

/** What the worker of an ad-hoc sub-process makes of it. */
export type AdHocResult = {
  readonly activate: readonly { readonly elementId: string; readonly variables: Variables }[];
  /** It is enough: nothing more is activated. */
  readonly isFulfilled: boolean;
  /** Ends what runs in it. */
  readonly cancelRemaining: boolean;
};

/** Hands out up to `maxJobs` jobs; use `core.activateJobs`, which waits when there are none. */
export type ActivateJobs = {
  readonly type: 'job.activate';
  readonly jobType: string;
  readonly worker: string;
  /** Milliseconds until the job may be handed to another worker. */
  readonly timeout: number;
  readonly maxJobs: number;
  /** Names of the variables to hand out; all visible ones when left out or empty. */
  readonly fetchVariables?: readonly string[];
};

/** Whose job it is. */
export type JobKind = 'BPMN_ELEMENT' | 'EXECUTION_LISTENER' | 'TASK_LISTENER' | 'AD_HOC_SUB_PROCESS';
export type ListenerEvent = 'UNSPECIFIED' | 'START' | 'END' | TaskListenerEvent;

/** Due: the worker took longer than its time-out. */
export type TimeOutJob = { readonly type: 'job.time-out'; readonly jobKey: Key };
/** Due: the back-off after a failure is over. */
export type RecurJob = { readonly type: 'job.recur'; readonly jobKey: Key };

/** A job as a worker gets it. */
export type ActivatedJob = {
  readonly key: Key;
  readonly type: string;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly processDefinitionVersion: number;
  readonly elementId: string;
  readonly elementInstanceKey: Key;
  readonly customHeaders: Readonly<Record<string, string>>;
  readonly worker: string;
  readonly retries: number;
  readonly deadline: number;
  readonly variables: Variables;
  readonly tags: readonly string[];
  readonly kind: JobKind;
  readonly listenerEvent: ListenerEvent;
  /** Of a task listener's job: the task as it will be. */
  readonly userTask: TaskShown | null;
};

export type JobEvent =
  | {
      readonly type: 'job.created';
      readonly key: Key;
      readonly jobType: string;
      readonly retries: number;
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly elementId: string;
      readonly elementInstanceKey: Key;
      readonly customHeaders: string | null;
      /** Left out for an element's own job. */
      readonly listener?: { readonly kind: JobKind; readonly event: ListenerEvent; readonly index: number };
    }
  | { readonly type: 'jobs.activated'; readonly keys: readonly Key[]; readonly worker: string; readonly deadline: number }
  | { readonly type: 'job.completed'; readonly key: Key; /** A task listener refused, with this reason. */ readonly deniedReason?: string }
  /** `recurAt` when it waits out a back-off; at once when null; retries 0 leave it stuck. */
  | { readonly type: 'job.failed'; readonly key: Key; readonly jobType: string; readonly retries: number; readonly errorMessage: string; readonly recurAt: number | null }
  /** `stuck`: nothing caught the error. */
  | { readonly type: 'job.error-thrown'; readonly key: Key; readonly errorCode: string; readonly errorMessage: string; readonly stuck: boolean }
  /** It is too large for any worker; an incident tells so. */
  | { readonly type: 'job.withheld'; readonly key: Key }
  | { readonly type: 'job.timed-out'; readonly key: Key; readonly jobType: string }
  | { readonly type: 'job.recurred'; readonly key: Key; readonly jobType: string }
  /** Its incident was resolved. */
  | { readonly type: 'job.freed'; readonly key: Key; readonly jobType: string }
  | { readonly type: 'job.retries-updated'; readonly key: Key; readonly retries: number }
  | { readonly type: 'job.timeout-updated'; readonly key: Key; readonly deadline: number }
  | { readonly type: 'job.canceled'; readonly key: Key }
  | { readonly type: 'job.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly bpmnProcessId: string; readonly elementId: string };
