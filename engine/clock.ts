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

/** More than so much between the machine's clock and the time that passed is a jump, and worth a word. */
const JUMP_MS = 2_000;

export type SteadyTimeSources = {
  /** Epoch milliseconds of the machine: it may be set. */
  readonly wall?: () => number;
  /** Milliseconds that only ever pass. */
  readonly passing?: () => number;
  /** The machine's clock was set ahead by so many milliseconds, or back where that is below 0; a machine that slept is ahead. */
  readonly onJump?: (milliseconds: number) => void;
};

/**
 * The machine's time, made monotone: where its clock is set ahead this one follows at once; where it is set back this one
 * goes on at half the pace until the machine has caught up, so that nothing happens twice and nothing stands still.
 */
export function createSteadyTime({ wall = Date.now, passing = () => performance.now(), onJump = () => {} }: SteadyTimeSources = {}): () => number {
  let lastWall = wall();
  let lastPassing = passing();
  let now = lastWall;
  return () => {
    const [nextWall, nextPassing] = [wall(), passing()];
    const passed = Math.max(0, nextPassing - lastPassing);
    const jump = nextWall - lastWall - passed;
    lastWall = nextWall;
    lastPassing = nextPassing;
    now = Math.max(nextWall, now + passed / 2);
    if (Math.abs(jump) > JUMP_MS) onJump(Math.round(jump));
    return Math.floor(now);
  };
}

/** A clock that runs with the machine's until it is pinned. Only composition roots make one. */
export function createClock(machineTime: () => number = createSteadyTime()): ControlledClock {
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
