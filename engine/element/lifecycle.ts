// The lifecycle of an element instance, a sub-process and a process instance as a table.

/** Where an instance is on its way; kept in its row. */
export type Phase = 'ACTIVATING' | 'ACTIVATED' | 'COMPLETING' | 'COMPLETED' | 'TERMINATED';

/**
 * What may come next. ACTIVATING and COMPLETING last longer than a command only when an incident holds the step back;
 * termination takes the whole tree at once and has no state in between.
 */
export const nextPhases = {
  ACTIVATING: ['ACTIVATED', 'TERMINATED'],
  ACTIVATED: ['COMPLETING', 'COMPLETED', 'TERMINATED'],
  COMPLETING: ['COMPLETED', 'TERMINATED'],
  COMPLETED: [],
  TERMINATED: [],
} as const satisfies Record<Phase, readonly Phase[]>;

/** Whether the step is allowed by the table. */
export function mayBecome(phase: Phase, next: Phase): boolean {
  const allowed: readonly Phase[] = nextPhases[phase];
  return allowed.includes(next);
}

/** Completed or terminated: nothing can happen to it any more. */
export const isOver = (phase: Phase): boolean => nextPhases[phase].length === 0;
