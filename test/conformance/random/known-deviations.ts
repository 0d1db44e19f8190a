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

/** The reason, when there is one for all of it. */
export const knownDeviation = (differences: readonly Difference[]): KnownDeviation | undefined => knownDeviations.find(({ explains }) => explains(differences));
