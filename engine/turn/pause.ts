// What becomes of a turn at the end of a slice: it is kept for later batches, or it is over.
import type { EngineEvent, FollowUp } from '../records.ts';
import type { View } from '../view.ts';

/** After so many steps what still follows is kept for later batches, so that no diagram holds up the others (ADR 105). */
export const STEPS_AT_ONCE = 250;
/** One that has taken so many steps rests before each slice, a millisecond for every thousand of them: an endless loop must not fill the disk. */
export const STEPS_BEFORE_REST = 1_000_000;

/** A turn that cannot end in this batch is kept; one that was kept goes on being so, or ends. */
export function pauseOrEnd(view: View, first: EngineEvent | undefined, { steps, left }: { steps: number; left: readonly FollowUp[] }): EngineEvent | undefined {
  const known = first?.type === 'turn.resumed' ? first.key : undefined;
  if (known !== undefined && left.length === 0 && view.turns.next(known, 1).length === 0) return { type: 'turn.ended', key: known };
  if (known === undefined && left.length === 0) return undefined;
  const all = steps + (known === undefined ? 0 : (view.turns.stepsOf(known) ?? 0));
  const dueAt = all < STEPS_BEFORE_REST ? 0 : view.now + Math.round(all / 1_000);
  return { type: 'turn.paused', key: known ?? view.newKey(), rank: view.newKey(), steps: all, dueAt, followUps: left.map((followUp) => JSON.stringify(followUp)) };
}
