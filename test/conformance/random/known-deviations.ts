// Differences of random processes that have a reason: they are counted apart, not as failures.
import type { Difference } from '../compare/compare-traces.ts';

export type KnownDeviation = { readonly name: string; readonly because: string; readonly explains: (differences: readonly Difference[]) => boolean };

const linesOf = (differences: readonly Difference[], what: Difference['what']) => differences.filter((one) => one.what === what);

export const knownDeviations: readonly KnownDeviation[] = [
  {
    name: 'an escalation is thrown inside an event sub-process that interrupted its scope',
    because: 'Zeebe looks for a catcher in the interrupted scope, refuses to trigger it, and the throwing event stays active for ever; ours goes on, as nobody can catch there any more',
    explains: (differences) => {
      if (differences.some(({ what }) => what !== 'elements' && what !== 'flows' && what !== 'instances')) return false;
      const ours = linesOf(differences, 'elements').flatMap(({ onlyFound }) => onlyFound);
      const theirs = linesOf(differences, 'elements').flatMap(({ onlyExpected }) => onlyExpected);
      // What stays there: the throwing event and what is around it. Each of these has gone on in ours, with what comes after.
      const stays = theirs.every((line) => / (EVENT_SUB_PROCESS|SUB_PROCESS|MULTI_INSTANCE_BODY|INTERMEDIATE_THROW_EVENT|END_EVENT) ACTIVE$/.test(line) && ours.some((other) => other.startsWith(line.replace(/ACTIVE$/, ''))));
      const isThrown = theirs.some((line) => line.includes(' EVENT_SUB_PROCESS ACTIVE')) && theirs.some((line) => / (INTERMEDIATE_THROW|END)_EVENT ACTIVE$/.test(line));
      return isThrown && stays && ours.every((line) => / (COMPLETED|ACTIVE)$/.test(line));
    },
  },
  {
    name: 'multi-instance stands directly in an ad-hoc sub-process that runs in multi-instance itself',
    because: 'Zeebe calls its body an ad-hoc sub-process instead of a multi-instance body, and fails inside (PROCESSING_ERROR) when the incident of that body is resolved',
    explains: (differences) => {
      const [first, ...others] = differences;
      if (first?.what !== 'elements' || others.length > 0 || first.onlyExpected.length === 0) return false;
      const renamed = first.onlyExpected.map((line) => line.replace(/ AD_HOC_SUB_PROCESS ACTIVE$/, ' MULTI_INSTANCE_BODY ACTIVE'));
      return renamed.length === first.onlyFound.length && renamed.every((line, index) => line === first.onlyFound[index] && line !== first.onlyExpected[index]);
    },
  },
];

/** The reason, when there is one for all of it. */
export const knownDeviation = (differences: readonly Difference[]): KnownDeviation | undefined => knownDeviations.find(({ explains }) => explains(differences));
