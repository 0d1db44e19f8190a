// Element instances: the steps of the lifecycle as follow-up commands and as events.
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import type { Variables } from '../variable/records.ts';

export type ElementCommand =
  /** A token arrives at an element. */
  | {
      readonly type: 'element.activate';
      readonly elementId: string;
      readonly scopeKey: Key;
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      /** Put there by hand: a joining gateway does not wait for others. */
      readonly isPlaced?: true;
      /** What the event that leads here brought along; local to the element. */
      readonly variables?: Variables;
      /** Of the new instance, when it was given out before; keys tell the order of elements. */
      readonly key?: Key;
      /** Of an inner instance of multi-instance, whose body is the scope. */
      readonly loopCounter?: number;
    }
  /** A multi-instance body makes its next inner instance. */
  | { readonly type: 'multi-instance.create'; readonly bodyKey: Key; readonly loopCounter: number }
  /** The incident that held back the activation was resolved: once more. */
  | { readonly type: 'element.retry-activation'; readonly elementInstanceKey: Key }
  /** A timer, message, signal, error or escalation reached the instance: its own trigger (same id), a boundary event attached to it, what the gateway waits for, or the start of an event sub-process in it. */
  | { readonly type: 'catch-event.trigger'; readonly elementInstanceKey: Key; readonly elementId: string; readonly variables: Variables }
  /** The job of an execution listener is done: the next listener, or the step that waited for it. */
  | { readonly type: 'element.listener-done'; readonly elementInstanceKey: Key; readonly event: 'START' | 'END'; readonly index: number; readonly variables: Variables }
  /** Ends the instance and all that runs in it, unless it is over. */
  | { readonly type: 'element.terminate'; readonly elementInstanceKey: Key }
  /** Ends what runs in a scope, one after the other, from this key on. */
  | { readonly type: 'scope.terminate-children'; readonly scopeKey: Key; readonly from?: Key }
  /** Something in this scope (an element instance or the process instance) has ended, or the listeners that held up its own end are done. */
  | { readonly type: 'element.finish-termination'; readonly elementInstanceKey: Key }
  /** The element has done its work; `variables` is what it brought. */
  | { readonly type: 'element.complete'; readonly elementInstanceKey: Key; readonly variables?: Variables };

/** A caller activates elements of an ad-hoc sub-process. */
export type ActivateAdHocElements = {
  readonly type: 'ad-hoc.activate';
  readonly adHocSubProcessInstanceKey: Key;
  readonly elements: readonly { readonly elementId: string; readonly variables: Variables }[];
  /** Ends what runs in it before. */
  readonly cancelRemaining: boolean;
};

export type ElementEvent =
  /** `tokens`: 1 for a sub-process (its start event), else 0. `joined`: the flows whose tokens a joining gateway made one. */
  | {
      readonly type: 'element.activating';
      readonly key: Key;
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      readonly elementId: string;
      readonly scopeKey: Key;
      readonly tokens: number;
      readonly joined?: readonly string[];
      readonly loopCounter?: number;
    }
  /** A multi-instance body has its items; one token for each inner instance that runs at first. */
  | { readonly type: 'multi-instance.started'; readonly key: Key; readonly items: readonly JsonValue[]; readonly tokens: number }
  /** All else in the scope was ended; one token is left. Only `by` may still begin in it. */
  | { readonly type: 'scope.interrupted'; readonly scopeKey: Key; readonly processInstanceKey: Key; readonly by: string }
  | { readonly type: 'element.activated'; readonly key: Key }
  /** Stated only when the completion is held back by an incident or by end listeners. */
  | { readonly type: 'element.completing'; readonly key: Key }
  /** `flows` were taken; with none the token ends here. */
  | { readonly type: 'element.completed'; readonly key: Key; readonly scopeKey: Key; readonly processInstanceKey: Key; readonly flows: readonly TakenFlow[] }
  /** It ends when all in it has ended, and when no listeners hold it up. */
  | { readonly type: 'element.terminating'; readonly key: Key }
  | { readonly type: 'element.terminated'; readonly key: Key }
  /** A boundary event that does not interrupt: one more token. */
  | { readonly type: 'token.added'; readonly scopeKey: Key; readonly processInstanceKey: Key }
  /** A modification ended what had it. */
  | { readonly type: 'token.removed'; readonly scopeKey: Key; readonly processInstanceKey: Key }
  /** The worker of an ad-hoc sub-process wants no more of it. */
  | { readonly type: 'ad-hoc.fulfilled'; readonly key: Key }
  | { readonly type: 'element.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly elementId: string }
  | { readonly type: 'waiting-token.migrated'; readonly scopeKey: Key; readonly from: WaitingPlace; readonly to: WaitingPlace };

export type WaitingPlace = { readonly elementId: string; readonly flowId: string };

export type TakenFlow = {
  /** Null: the way of a link event, or out of an event-based gateway. */
  readonly flowId: string | null;
  /** The joining gateway at which the token waits for the others; left out when it goes on at once. */
  readonly waitsAt?: string;
};
