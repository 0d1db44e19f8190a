// Process instances: create, cancel, and what can happen to one.
import type { ElementCommand } from '../element/records.ts';
import type { Key } from '../keys.ts';
import type { Variables } from '../variable/records.ts';

/** Which definition: by id (the latest version unless one is named) or by key. */
export type DefinitionReference =
  | { readonly bpmnProcessId: string; /** The latest when left out. */ readonly version?: number }
  | { readonly processDefinitionKey: Key };

export type ProcessInstanceCommand =
  | { readonly type: 'process-instance.create'; readonly definition: DefinitionReference; readonly variables: Variables; readonly tags?: readonly string[] }
  | { readonly type: 'process-instance.cancel'; readonly processInstanceKey: Key };

/** Follow-up: start an instance at a start event, for a message, a timer or a call activity. */
export type StartProcessInstance = {
  readonly type: 'process-instance.start';
  readonly processDefinitionKey: Key;
  /** Given out by the one who asks, so that it can answer with it. */
  readonly processInstanceKey: Key;
  readonly startElementId: string;
  readonly variables: Variables;
  readonly parent?: { readonly processInstanceKey: Key; readonly elementInstanceKey: Key };
  /** Correlation key of the message that starts it: no second instance starts by the same key while this one runs. */
  readonly messageLock?: string;
};
/** Follow-up: its call activity was ended. */
export type TerminateProcessInstance = { readonly type: 'process-instance.terminate'; readonly processInstanceKey: Key };
/** Follow-up: the job of an execution listener of the process is done. */
export type ProcessListenerDone = { readonly type: 'process-instance.listener-done'; readonly processInstanceKey: Key; readonly event: 'START' | 'END'; readonly index: number; readonly variables: Variables };
/** Follow-up: the incident that held back a listener of the process was resolved: from the first one again. */
export type RetryProcessListeners = { readonly type: 'process-instance.retry-listeners'; readonly processInstanceKey: Key };
/** Follow-up: its last token is gone. */
export type CompleteProcessInstance = { readonly type: 'process-instance.complete'; readonly processInstanceKey: Key };

/** What listeners can hold up. */
export type HeldFollowUp = ElementCommand | TerminateProcessInstance;

export type ProcessInstanceEvent =
  | {
      readonly type: 'process-instance.created';
      readonly key: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly parentProcessInstanceKey: Key | null;
      readonly parentElementInstanceKey: Key | null;
      readonly tags: readonly string[] | null;
      readonly messageLock: string | null;
      /** Its start listeners come first. */
      readonly isHeld?: true;
    }
  /** Its start listeners are done. */
  | { readonly type: 'process-instance.activated'; readonly key: Key }
  /** Its end listeners come before the end. */
  | { readonly type: 'process-instance.completing'; readonly key: Key }
  /** What happens once the listeners of an instance are done. */
  | { readonly type: 'follow-ups.held'; readonly instanceKey: Key; readonly followUps: readonly HeldFollowUp[] }
  | { readonly type: 'follow-ups.released'; readonly instanceKey: Key }
  | { readonly type: 'process-instance.completed'; readonly key: Key }
  /** Listeners of a cancellation hold up its end. */
  | { readonly type: 'process-instance.terminating'; readonly key: Key }
  | { readonly type: 'process-instance.terminated'; readonly key: Key };
