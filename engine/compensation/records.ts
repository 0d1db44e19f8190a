// Compensation: which completed activities can be undone, and what becomes of that.
import type { Key } from '../keys.ts';

export type CompensationEvent =
  | {
      readonly type: 'compensation-subscription.created';
      readonly key: Key;
      readonly processInstanceKey: Key;
      readonly scopeKey: Key;
      readonly activityId: string;
      readonly activityKey: Key;
      /** Null: a sub-process in which something can be compensated. */
      readonly handlerId: string | null;
    }
  /** The handler is on its way; the event instance waits for it. */
  | { readonly type: 'compensation-subscription.triggered'; readonly key: Key; readonly throwKey: Key; readonly handlerKey: Key }
  /** It goes on by another process. */
  | { readonly type: 'compensation-subscription.migrated'; readonly key: Key; readonly activityId: string; readonly handlerId: string | null }
  /** Compensated, or no longer to be compensated. */
  | { readonly type: 'compensation-subscription.deleted'; readonly key: Key }
  /** The process instance is over. */
  | { readonly type: 'compensation-subscriptions.deleted'; readonly processInstanceKey: Key };
