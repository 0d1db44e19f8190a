// Job requests that found no job and wait for one: served inside the batch that makes a job available.
import type { ActivatedJob, ActivateJobs } from '../job/records.ts';
import type { EngineEvent } from '../records.ts';

export type WaitingActivation = { readonly command: ActivateJobs; readonly answer: (jobs: readonly ActivatedJob[]) => void; readonly fail: (error: unknown) => void; /** As of the request that waits. */ readonly isLight?: boolean };

export type WaitingActivations = {
  add(waiting: WaitingActivation): void;
  remove(waiting: WaitingActivation): void;
  /** Those of a type in the order in which they came; each goes to the back once it was served. Not copied: thousands may wait, and one is served. */
  ofType(jobType: string): Iterable<WaitingActivation>;
  /** Of all that wait. */
  jobTypes(): string[];
  size(): number;
  /** Takes all out, for closing. */
  drain(): WaitingActivation[];
};

export function createWaitingActivations(): WaitingActivations {
  const waitingByType = new Map<string, Set<WaitingActivation>>();
  return {
    add: (waiting) => {
      const { jobType } = waiting.command;
      const known = waitingByType.get(jobType);
      if (known === undefined) waitingByType.set(jobType, new Set([waiting]));
      else known.add(waiting);
    },
    remove: (waiting) => {
      const { jobType } = waiting.command;
      const known = waitingByType.get(jobType);
      known?.delete(waiting);
      if (known?.size === 0) waitingByType.delete(jobType);
    },
    ofType: (jobType) => waitingByType.get(jobType) ?? [],
    jobTypes: () => [...waitingByType.keys()],
    size: () => waitingByType.values().reduce((sum, known) => sum + known.size, 0),
    drain: () => {
      const all = [...waitingByType.values().flatMap((known) => known)];
      waitingByType.clear();
      return all;
    },
  };
}

/** The type of which a job can be had since this event. */
export function offeredJobType(event: EngineEvent): string | undefined {
  switch (event.type) {
    case 'job.created':
    case 'job.timed-out':
    case 'job.recurred':
    case 'job.freed': return event.jobType;
    case 'job.failed': return event.retries > 0 && event.recurAt === null ? event.jobType : undefined;
    default: return undefined;
  }
}
