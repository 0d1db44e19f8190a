// Turns: a command with all that follows from it; one that takes too many steps goes on in slices.
import type { Key } from '../keys.ts';

/** Due: the next slice of a turn, of so many steps at most. */
export type ContinueTurn = { readonly type: 'turn.continue'; readonly turnKey: Key; readonly steps: number };

export type TurnEvent =
  /** What follows now is kept, each as JSON text, behind what is kept already; other turns that wait come first. `steps`: done so far. */
  | { readonly type: 'turn.paused'; readonly key: Key; readonly steps: number; /** Of those that are due at once the lowest has its slice next. */ readonly rank: number; /** 0: at once. */ readonly dueAt: number; readonly followUps: readonly string[] }
  /** So many of the follow-ups that were kept are done now. */
  | { readonly type: 'turn.resumed'; readonly key: Key; readonly taken: number }
  /** Nothing follows any more. */
  | { readonly type: 'turn.ended'; readonly key: Key };
