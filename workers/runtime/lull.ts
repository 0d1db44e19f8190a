// Lets what nobody waits for give way to jobs that are under way.

export type Lull = {
  /** Resolves where no job is under way: at once, or when the last one has ended and has brought no other, `mostMs` later at the latest. */
  next(): Promise<void>;
  /** To be told when a job ended. */
  jobEnded(): void;
};

export function createLull(isBusy: () => boolean, mostMs: number): Lull {
  const waiting = new Set<() => void>();
  let isLooking = false;
  const look = (): void => {
    isLooking = false;
    if (isBusy()) return;
    for (const goOn of waiting) goOn();
  };
  return {
    next() {
      if (!isBusy()) return Promise.resolve();
      return new Promise((resolve) => {
        const goOn = (): void => {
          clearTimeout(timer);
          waiting.delete(goOn);
          resolve();
        };
        const timer = setTimeout(goOn, mostMs);
        waiting.add(goOn);
      });
    },
    jobEnded() {
      if (isLooking || waiting.size === 0) return;
      isLooking = true;
      // The job that this end made is handed out before that.
      setImmediate(look);
    },
  };
}
