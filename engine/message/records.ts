// Messages and subscriptions: commands, answers and events.
import type { Key } from '../keys.ts';
import type { Variables } from '../variable/records.ts';

export type MessageCommand =
  | {
      readonly type: 'message.publish';
      readonly name: string;
      /** Empty: only message start events can take it. */
      readonly correlationKey: string;
      /** Milliseconds for which it waits for a subscription; 0: only those that are open now. */
      readonly timeToLive: number;
      /** While a message with this id, name and key is buffered another one is refused. */
      readonly messageId?: string;
      readonly variables: Variables;
    }
  | { readonly type: 'message.correlate'; readonly name: string; readonly correlationKey: string; readonly variables: Variables };

/** Who got a message, for the history of correlations. */
export type Correlation = {
  readonly messageName: string;
  readonly correlationKey: string;
  readonly subscriptionKey: Key;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  /** Null: a message start event. */
  readonly elementInstanceKey: Key | null;
};

/** Due: its time to live is over. */
export type ExpireMessage = { readonly type: 'message.expire'; readonly messageKey: Key };
/** Follow-up: a subscription was opened or freed; is there a buffered message for it? */
export type PollMessages = { readonly type: 'message.poll'; readonly subscriptionKey: Key };

/** Follow-up: the instance that a message had started is over; the next buffered message with this key may start one. */
export type PollStartMessages = { readonly type: 'message.poll-start'; readonly bpmnProcessId: string; readonly correlationKey: string };

export type MessageEvent =
  | {
      readonly type: 'message.published';
      readonly key: Key;
      readonly name: string;
      readonly correlationKey: string;
      readonly messageId: string | null;
      readonly variables: Variables;
      /** Null: not buffered. */
      readonly expiresAt: number | null;
    }
  | { readonly type: 'message.expired'; readonly key: Key }
  /** A process took the message; it does not get it again. */
  | { readonly type: 'message.correlated'; readonly key: Key; readonly bpmnProcessId: string; /** Who got what; events of before this was kept lack it. */ readonly to?: Correlation }
  | {
      readonly type: 'message-subscription.created';
      readonly key: Key;
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly elementId: string;
      readonly elementInstanceKey: Key;
      readonly messageName: string;
      readonly correlationKey: string;
    }
  | { readonly type: 'message-subscription.correlated'; readonly key: Key; /** It goes on waiting for more. */ readonly staysOpen: boolean }
  | { readonly type: 'message-subscription.deleted'; readonly key: Key }
  | { readonly type: 'message-subscription.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly bpmnProcessId: string; readonly elementId: string }
  | {
      readonly type: 'message-start-subscription.created';
      readonly key: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly elementId: string;
      readonly messageName: string;
    }
  /** A newer version took over, or the definition was deleted. */
  | { readonly type: 'message-start-subscriptions.deleted'; readonly processDefinitionKey: Key };
