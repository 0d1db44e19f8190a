// Lets one inference run at a time (the runtime has one thread) and turns work away before the line grows too long.
import { overloaded } from './serving-error.ts';

export type InferenceQueue = {
  /** Runs the work when its turn comes; skips it when the client has gone by then. */
  run: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** Runs the work after everything that waits now, however much that is. */
  finally: (work: () => Promise<void>) => Promise<void>;
};

export function createInferenceQueue(limit: number): InferenceQueue {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    run(work, signal) {
      if (waiting >= limit) return Promise.reject(overloaded(waiting));
      waiting += 1;
      const turn = last.then(() => {
        signal.throwIfAborted();
        return work();
      });
      last = turn.then(
        () => (waiting -= 1),
        () => (waiting -= 1),
      );
      return turn;
    },
    finally(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
