// Several reasons to give up, and a time limit, as one signal that leaves nothing behind.

export type BoundedSignal = {
  signal: AbortSignal;
  /** Whether it was the time limit. */
  isLate: () => boolean;
  /** Takes timer and listeners away; nothing aborts the signal after that. */
  release: () => void;
};

/**
 * For work that comes hundreds of times a second: `AbortSignal.any` and `AbortSignal.timeout` keep theirs until the time
 * is over and the collector has come by, and take ten times as long to make.
 */
export function boundedSignal(reasons: readonly AbortSignal[], limitMs?: number): BoundedSignal {
  const controller = new AbortController();
  let late = false;
  const giveUp = (event: Event): void => { controller.abort((event.target as AbortSignal).reason); };
  for (const reason of reasons) {
    if (reason.aborted) controller.abort(reason.reason);
    else reason.addEventListener('abort', giveUp);
  }
  const timer =
    limitMs === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          controller.abort(new DOMException(`Not done within ${limitMs} ms`, 'TimeoutError'));
        }, limitMs);
  return {
    signal: controller.signal,
    isLate: () => late,
    release: () => {
      clearTimeout(timer);
      for (const reason of reasons) reason.removeEventListener('abort', giveUp);
    },
  };
}
