// The lifecycle of an element instance, a sub-process and a process instance as a table.

/** Where an instance is on its way; kept in its row. */
export type Phase = 'ACTIVATING' | 'ACTIVATED' | 'COMPLETING' | 'COMPLETED' | 'TERMINATING' | 'TERMINATED';

/**
 * What may come next. ACTIVATING and COMPLETING last longer than a command only when an incident or listeners hold the
 * step back; TERMINATING lasts while something still runs inside, or listeners of a cancellation hold it up.
 */
export const nextPhases = {
  ACTIVATING: ['ACTIVATED', 'TERMINATING', 'TERMINATED'],
  ACTIVATED: ['COMPLETING', 'COMPLETED', 'TERMINATING', 'TERMINATED'],
  COMPLETING: ['COMPLETED', 'TERMINATING', 'TERMINATED'],
  TERMINATING: ['TERMINATED'],
  COMPLETED: [],
  TERMINATED: [],
} as const satisfies Record<Phase, readonly Phase[]>;

/** Whether the step is allowed by the table. */
export function mayBecome(phase: Phase, next: Phase): boolean {
  const allowed: readonly Phase[] = nextPhases[phase];
  return allowed.includes(next);
}

/** Completed or terminated, or about to be: nothing else can happen to it any more. */
export const isOver = (phase: Phase): boolean => nextPhases[phase].length === 0 || phase === 'TERMINATING';
