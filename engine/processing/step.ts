// What deciding a command brings: events to apply, commands to decide next, an answer or a refusal.
import type { AnyCommand, EngineEvent, FollowUp, Rejection } from '../records.ts';
import type { View } from '../view.ts';

/** Filled by a decider; nothing in it has happened yet. */
export type Step = {
  readonly events: EngineEvent[];
  /** Decided right after the events are applied, before all else that waits: what a thrown event does to its catcher. */
  readonly atOnce: FollowUp[];
  readonly followUps: FollowUp[];
  /** What was asked for before and still waits: tokens between two elements, for one. */
  readonly queued: () => readonly AnyCommand[];
};

export type Decision = { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly rejection: Rejection };

/** Decides one command against the state before it. Reads only; everything it wants goes into the step. */
export type Decide<Command> = { call(command: Command, view: View, step: Step): Decision }['call'];

/** A slice's `decide.ts` exports one decider per command type. */
export type Deciders<Command extends { readonly type: string }> = {
  readonly [Type in Command['type']]: Decide<Extract<Command, { readonly type: Type }>>;
};

/** The command was accepted and answers this. */
export const accept = (answer: unknown = null): Decision => ({ ok: true, answer });

export const reject = (code: Rejection['code'], reason: string): Decision => ({ ok: false, rejection: { code, reason } });

/** A follow-up that came too late, because its element was left meanwhile: nothing happens. */
export const nothing: Decision = { ok: true, answer: null };

export const emptyStep = (queued: Step['queued'] = () => []): Step => ({ events: [], atOnce: [], followUps: [], queued });

export type { AnyCommand };
