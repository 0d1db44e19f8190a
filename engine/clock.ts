// The one clock: everything that asks for the time reads it, and tests move it.

/** Reads the time, in epoch milliseconds. */
export type Clock = { now(): number };

/** A clock that can be stopped at an instant and let go again. */
export type ControlledClock = Clock & {
  /** Stops the clock at this instant. Pinning again moves it. */
  pin(at: number): void;
  /** Lets the clock run with the machine's again. */
  reset(): void;
  /** Whether time stands still until the next `pin` or `reset`. */
  isPinned(): boolean;
  /** Calls the listener after each `pin` and `reset`; returns what takes it off again. */
  onChange(listener: () => void): () => void;
};

/** A clock that runs with the machine's until it is pinned. Only composition roots make one. */
export function createClock(machineTime: () => number = Date.now): ControlledClock {
  let pinnedAt: number | undefined;
  const listeners = new Set<() => void>();
  const move = (at: number | undefined) => {
    pinnedAt = at;
    for (const listener of [...listeners]) listener();
  };
  return {
    now: () => pinnedAt ?? machineTime(),
    pin: (at) => move(at),
    reset: () => move(undefined),
    isPinned: () => pinnedAt !== undefined,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
