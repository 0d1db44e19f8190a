// Runs a command and its follow-ups until nothing follows: decide, apply, decide what follows.
import type { AnyCommand, EngineEvent, Rejection } from '../records.ts';
import type { View } from '../view.ts';
import type { Apply } from './apply.ts';
import { decide } from './decide.ts';
import { emptyStep } from './step.ts';
import type { Step } from './step.ts';

/** More steps than this without waiting are an endless loop in the diagram. */
export const MOST_STEPS = 100_000;

export type Ran =
  | { readonly ok: true; readonly answer: unknown; readonly events: readonly EngineEvent[] }
  | { readonly ok: false; readonly rejection: Rejection };

/** Must run inside a savepoint: a thrown error leaves half a command behind. */
export function runCommand(command: AnyCommand, view: View, apply: Apply): Ran {
  const first = emptyStep();
  const decision = decide(command, view, first);
  if (!decision.ok) return decision;
  const events: EngineEvent[] = [];
  const queue: AnyCommand[] = [];
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
  for (; ; next++) {
    const followUp = queue[next];
    if (followUp === undefined) return { ok: true, answer: decision.answer, events };
    if (next >= MOST_STEPS) throw new Error(`More than ${MOST_STEPS} steps followed one '${command.type}': the diagram loops without waiting.`);
    decideAndTake(followUp);
  }
}
