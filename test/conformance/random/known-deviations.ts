// Differences of random processes that have a reason: they are counted apart, not as failures.
import type { Difference } from '../compare/compare-traces.ts';
import type { Resource } from '../scenario/scenario.ts';

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
];

/** The reason, when there is one for all of it. */
export const knownDeviation = (differences: readonly Difference[]): KnownDeviation | undefined => knownDeviations.find(({ explains }) => explains(differences));

/** What the real engine fails over inside, each time (PROCESSING_ERROR), so that nothing can be compared. */
export type KnownFailure = { readonly name: string; readonly because: string; readonly explains: (failure: { readonly reason: string; readonly files: readonly Resource[] }) => boolean };

const startBesideBySignal = /<bpmn:startEvent [^>]*isInterrupting="false">(?:(?!<\/bpmn:startEvent>)[^])*<bpmn:signalEventDefinition/;
const endBySignal = /<bpmn:endEvent (?:(?!<\/bpmn:endEvent>)[^])*<bpmn:signalEventDefinition/;

export const knownFailures: readonly KnownFailure[] = [
  {
    name: 'the last token of a process ends by a signal that starts an event sub-process of it beside',
    because: 'Zeebe ends the process and begins the event sub-process in what has ended, fails over that, and takes the whole command back; ours lets the event sub-process run',
    explains: ({ reason, files }) => reason.includes('Expected to build element tree path') && files.some(({ text }) => startBesideBySignal.test(text) && endBySignal.test(text)),
  },
];

/** All reasons that are known, of differences and of failures. */
export const knownReasons: readonly { readonly name: string; readonly because: string }[] = [...knownDeviations, ...knownFailures];

/** Why it fails over it, when that is known. */
export const knownFailure = (failure: Parameters<KnownFailure['explains']>[0]): KnownFailure | undefined => knownFailures.find(({ explains }) => explains(failure));
