// Timers: the command when one is due and what can happen to a timer.
import type { Key } from '../keys.ts';

/** Due. */
export type TriggerTimer = { readonly type: 'timer.trigger'; readonly timerKey: Key };

export type TimerEvent =
  | {
      readonly type: 'timer.created';
      readonly key: Key;
      readonly processDefinitionKey: Key;
      /** Null for a timer start event. */
      readonly processInstanceKey: Key | null;
      readonly elementInstanceKey: Key | null;
      readonly elementId: string;
      readonly dueAt: number;
      /** Still to come with this one; -1: without end. */
      readonly repetitions: number;
    }
  | { readonly type: 'timer.triggered'; readonly key: Key }
  | { readonly type: 'timer.canceled'; readonly key: Key }
  | { readonly type: 'timer.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly elementId: string };
