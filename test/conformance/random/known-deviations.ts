// Differences of random processes that have a reason: they are counted apart, not as failures.
import type { Difference } from '../compare/compare-traces.ts';

export type KnownDeviation = { readonly name: string; readonly because: string; readonly explains: (differences: readonly Difference[]) => boolean };

const linesOf = (differences: readonly Difference[], what: Difference['what']) => differences.filter((one) => one.what === what);
const endsWith = (lines: readonly string[], ...states: readonly string[]) => lines.every((line) => states.some((state) => line.endsWith(` ${state}`)));

export const knownDeviations: readonly KnownDeviation[] = [
  {
    name: 'a scope is ended while other tokens are on their way in it',
    because: 'ours ends it within the step that asks for it, so nothing begins in it any more; Zeebe queues the end behind what waits, so an element may begin, or a task that needs nobody may be done, and is ended right after',
    explains: (differences) => {
      const elements = linesOf(differences, 'elements');
      if (elements.length === 0 || linesOf(differences, 'outcome').length + linesOf(differences, 'instances').length > 0) return false;
      const ours = elements.flatMap(({ onlyFound }) => onlyFound);
      const theirs = elements.flatMap(({ onlyExpected }) => onlyExpected);
      return endsWith(ours, 'TERMINATED') && endsWith(theirs, 'TERMINATED', 'COMPLETED') && [...ours, ...theirs].some((line) => line.endsWith(' TERMINATED'));
    },
  },
];

/** The reason, when there is one for all of it. */
export const knownDeviation = (differences: readonly Difference[]): KnownDeviation | undefined => knownDeviations.find(({ explains }) => explains(differences));
