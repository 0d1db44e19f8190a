// Runs a command and its follow-ups until nothing follows: decide, apply, decide what follows.
import type { AnyCommand, EngineEvent, FollowUp, Rejection } from '../records.ts';
import { pauseOrEnd, STEPS_AT_ONCE } from '../turn/pause.ts';
import type { View } from '../view.ts';
import type { Apply } from './apply.ts';
import { decide } from './decide.ts';
import { emptyStep } from './step.ts';
import type { Step } from './step.ts';

export type Ran =
  | { readonly ok: true; readonly answer: unknown; readonly events: readonly EngineEvent[]; readonly steps: number }
  | { readonly ok: false; readonly rejection: Rejection };

/** A thrown error leaves half a command behind, for `attempts.ts` to take back; instances are written by whoever runs it. */
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
