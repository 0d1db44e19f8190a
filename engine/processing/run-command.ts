// Runs a command and its follow-ups until nothing follows: decide, apply, decide what follows.
import type { AnyCommand, EngineEvent, FollowUp, Rejection } from '../records.ts';
import type { View } from '../view.ts';
import type { Apply } from './apply.ts';
import { decide } from './decide.ts';
import { emptyStep } from './step.ts';
import type { Step } from './step.ts';

/** After so many steps what still follows is kept for later batches, so that no diagram holds up the others (ADR 105). */
export const STEPS_AT_ONCE = 250;
/** One that has taken so many steps rests before each slice, a millisecond for every thousand of them: an endless loop must not fill the disk. */
export const STEPS_BEFORE_REST = 1_000_000;

export type Ran =
  | { readonly ok: true; readonly answer: unknown; readonly events: readonly EngineEvent[]; readonly steps: number }
  | { readonly ok: false; readonly rejection: Rejection };

/** Must run inside a savepoint: a thrown error leaves half a command behind. */
export function runCommand(command: AnyCommand, { view, apply, stepsAtOnce = STEPS_AT_ONCE }: { view: View; apply: Apply; stepsAtOnce?: number }): Ran {
  const first = emptyStep();
  const decision = decide(command, view, first);
  if (!decision.ok) return decision;
  const events: EngineEvent[] = [];
  const queue: FollowUp[] = [];
  let next = 0;
  const queued = () => queue.slice(next + 1);
  const take = (step: Step) => {
    for (const event of step.events) {
      apply(event, view.now);
      events.push(event);
    }
    for (const command of step.atOnce) decideAndTake(command);
    queue.push(...step.followUps);
  };
  const decideAndTake = (command: AnyCommand) => {
    const step = emptyStep(queued);
    decide(command, view, step);
    take(step);
  };
  take(first);
  for (; next < stepsAtOnce; next++) {
    const followUp = queue[next];
    if (followUp === undefined) break;
    decideAndTake(followUp);
  }
  const pause = pauseOrEnd(view, events[0], { steps: next, left: queue.slice(next) });
  if (pause !== undefined) take({ ...emptyStep(), events: [pause] });
  return { ok: true, answer: decision.answer, events, steps: next + 1 };
}

/** A turn that cannot end in this batch is kept; one that was kept goes on being so, or ends. */
function pauseOrEnd(view: View, first: EngineEvent | undefined, { steps, left }: { steps: number; left: readonly FollowUp[] }): EngineEvent | undefined {
  const known = first?.type === 'turn.resumed' ? first.key : undefined;
  if (known !== undefined && left.length === 0 && view.turns.next(known, 1).length === 0) return { type: 'turn.ended', key: known };
  if (known === undefined && left.length === 0) return undefined;
  const all = steps + (known === undefined ? 0 : (view.turns.stepsOf(known) ?? 0));
  const dueAt = all < STEPS_BEFORE_REST ? 0 : view.now + Math.round(all / 1_000);
  return { type: 'turn.paused', key: known ?? view.newKey(), rank: view.newKey(), steps: all, dueAt, followUps: left.map((followUp) => JSON.stringify(followUp)) };
}
