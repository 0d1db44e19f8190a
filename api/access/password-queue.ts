/** Bounds how many passwords are checked at once: each takes a thread and 32 MiB, and files and names wait for the same threads. */
import { Problem } from '../problem.ts';

export type WorkQueue = {
  /** Runs the work as soon as there is a place; throws 429 with Retry-After where too many wait already. */
  run<T>(work: () => Promise<T>): Promise<T>;
};

export function createWorkQueue({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): WorkQueue {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (running < atOnce) running += 1;
      else if (waiting.length >= mostWaiting) throw busy();
      // Who leaves hands its place on: nobody new slips in between.
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}

const busy = () => new Problem('too-many-requests', 'Too many people sign in at this moment. Wait 3 seconds, as Retry-After says, and try again.', { headers: { 'retry-after': '3' } });

/** One per process, as the threads are: two of Node's four stay free for pages. */
export const passwordQueue = createWorkQueue({ atOnce: 2, mostWaiting: 16 });
