// Signals: the broadcast and who waits for one.
import type { Key } from '../keys.ts';
import type { Variables } from '../variable/records.ts';

/** Reaches everybody who waits for it now, and nobody later. */
export type BroadcastSignal = { readonly type: 'signal.broadcast'; readonly signalName: string; readonly variables: Variables };

export type SignalEvent =
  | { readonly type: 'signal.broadcasted'; readonly key: Key; readonly signalName: string; readonly variables: Variables }
  | {
      readonly type: 'signal-subscription.created';
      readonly key: Key;
      readonly signalName: string;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly elementId: string;
      /** Null, as the next one, for a signal start event. */
      readonly processInstanceKey: Key | null;
      readonly elementInstanceKey: Key | null;
    }
  | { readonly type: 'signal-subscription.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly bpmnProcessId: string; readonly elementId: string }
  | { readonly type: 'signal-subscription.deleted'; readonly key: Key };
