// Differences of random processes that have a reason: they are counted apart, not as failures.
import type { Difference } from '../compare/compare-traces.ts';

export type KnownDeviation = { readonly name: string; readonly because: string; readonly explains: (differences: readonly Difference[]) => boolean };

const linesOf = (differences: readonly Difference[], what: Difference['what']) => differences.filter((one) => one.what === what);

export const knownDeviations: readonly KnownDeviation[] = [
  {
    name: 'an escalation is thrown inside an event sub-process that interrupted its scope',
    because: 'Zeebe looks for a catcher in the interrupted scope, refuses to trigger it, and the throwing event stays active for ever; ours goes on, as nobody can catch there any more',
    explains: (differences) => {
      const elements = linesOf(differences, 'elements');
      const theirs = elements.flatMap(({ onlyExpected }) => onlyExpected);
      return linesOf(differences, 'outcome').length === 0 && theirs.some((line) => line.includes('EVENT_SUB_PROCESS ACTIVE')) && theirs.some((line) => / (INTERMEDIATE_THROW|END)_EVENT ACTIVE$/.test(line)) && elements.flatMap(({ onlyFound }) => onlyFound).every((line) => / (COMPLETED|ACTIVE)$/.test(line));
    },
  },
];

/** Whether two timers, at the state before, were due at that instant. */
export const severalDue = (timers: readonly string[], now: number): boolean => timers.filter((line) => Date.parse(/ due (\S+)/.exec(line)?.[1] ?? '') <= now).length > 1;

export const severalTimers: Pick<KnownDeviation, 'name' | 'because'> = {
  name: 'several timers fall due in one move of the clock',
  because: 'Zeebe triggers all of them before anything follows from the first; ours takes one after the other with what follows from it, by due date, so the first may end the scope of the next',
};

/** The reason, when there is one for all of it. */
export const knownDeviation = (differences: readonly Difference[]): KnownDeviation | undefined => knownDeviations.find(({ explains }) => explains(differences));
