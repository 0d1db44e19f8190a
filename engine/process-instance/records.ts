// Process instances: create, cancel, and what can happen to one.
import type { ElementCommand } from '../element/records.ts';
import type { Key } from '../keys.ts';
import type { Variables } from '../variable/records.ts';

/** Which definition: by id (the latest version unless one is named) or by key. */
export type DefinitionReference =
  | { readonly bpmnProcessId: string; /** The latest when left out. */ readonly version?: number }
  | { readonly processDefinitionKey: Key };

export type ProcessInstanceCommand =
  | {
      readonly type: 'process-instance.create';
      readonly definition: DefinitionReference;
      readonly variables: Variables;
      readonly tags?: readonly string[];
      /** Ids of the elements at which it starts instead of at its none start event. */
      readonly startAt?: readonly string[];
      /** Ids of elements: once one of them is left, the instance is ended. */
      readonly lastElements?: readonly string[];
    }
  | {
      readonly type: 'process-instance.modify';
      readonly processInstanceKey: Key;
      readonly activate: readonly ActivateInstruction[];
      /** Element instances, or the process instance itself. */
      readonly terminate: readonly Key[];
    }
  | { readonly type: 'process-instance.migrate'; readonly processInstanceKey: Key; readonly targetProcessDefinitionKey: Key; readonly mapping: readonly ElementMapping[] }
  | { readonly type: 'process-instance.cancel'; readonly processInstanceKey: Key };

/** Where a modification puts a token. */
export type ActivateInstruction = {
  readonly elementId: string;
  /** The scope instance to take when there are several. */
  readonly ancestorKey?: Key;
  readonly variables: readonly { /** An element around it, or itself; left out: the process instance. */ readonly scopeId?: string; readonly variables: Variables }[];
};
/** Elements, and sequence flows on which a token waits. */
export type ElementMapping = { readonly source: string; readonly target: string };

/** Follow-up: a start at chosen elements that waited for the listeners of the process. */
export type StartAtElements = { readonly type: 'process-instance.start-at'; readonly processInstanceKey: Key; readonly elementIds: readonly string[] };
/** Follow-up: what a modification ended may have left its scope without a token. */
export type EndEmptyScope = { readonly type: 'element.end-empty-scope'; readonly scopeKey: Key; readonly processInstanceKey: Key };

/** Follow-up: start an instance at a start event, for a message, a timer or a call activity. */
export type StartProcessInstance = {
  readonly type: 'process-instance.start';
  readonly processDefinitionKey: Key;
  /** Given out by the one who asks, so that it can answer with it. */
  readonly processInstanceKey: Key;
  readonly startElementId: string;
  readonly variables: Variables;
  readonly parent?: { readonly processInstanceKey: Key; readonly elementInstanceKey: Key; readonly callDepth: number };
  /** Correlation key of the message that starts it: no second instance starts by the same key while this one runs. */
  readonly messageLock?: string;
};
/** Follow-up: its call activity is ended, or the last element was left that it was to reach. */
export type TerminateProcessInstance = { readonly type: 'process-instance.terminate'; readonly processInstanceKey: Key };
/** Follow-up: the job of an execution listener of the process is done. */
export type ProcessListenerDone = { readonly type: 'process-instance.listener-done'; readonly processInstanceKey: Key; readonly event: 'START' | 'END'; readonly index: number; readonly variables: Variables };
/** Follow-up: the incident that held back a listener of the process was resolved: from the first one again. */
export type RetryProcessListeners = { readonly type: 'process-instance.retry-listeners'; readonly processInstanceKey: Key };
/** Follow-up: its last token is gone. */
export type CompleteProcessInstance = { readonly type: 'process-instance.complete'; readonly processInstanceKey: Key };

/** What waits until a scope is empty, or until listeners are done. */
export type HeldFollowUp = ElementCommand | TerminateProcessInstance | CompleteProcessInstance | StartAtElements;

export type ProcessInstanceEvent =
  | {
      readonly type: 'process-instance.created';
      readonly key: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly parentProcessInstanceKey: Key | null;
      readonly parentElementInstanceKey: Key | null;
      /** Of a called instance: how many are above it, itself included. */
      readonly callDepth?: number;
      readonly tags: readonly string[] | null;
      readonly messageLock: string | null;
      /** Once one of these elements is left, it is ended. */
      readonly lastElements?: readonly string[];
      /** Its start listeners come first. */
      readonly isHeld?: true;
      /** 0 when it starts at chosen elements, each of which adds a token; left out: 1. */
      readonly tokens?: number;
    }
  /** Its start listeners are done. */
  | { readonly type: 'process-instance.activated'; readonly key: Key }
  /** Its end listeners come before the end. */
  | { readonly type: 'process-instance.completing'; readonly key: Key }
  /** What happens once all in a scope has ended, or the start listeners of a process are done. */
  | { readonly type: 'follow-ups.held'; readonly instanceKey: Key; readonly followUps: readonly HeldFollowUp[] }
  | { readonly type: 'follow-ups.released'; readonly instanceKey: Key }
  | { readonly type: 'process-instance.completed'; readonly key: Key }
  | { readonly type: 'process-instance.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly bpmnProcessId: string }
  /** It ends when all in it has ended. */
  | { readonly type: 'process-instance.terminating'; readonly key: Key }
  | { readonly type: 'process-instance.terminated'; readonly key: Key };
