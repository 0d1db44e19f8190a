// The one scheduler: wakes the engine when the nearest row is due, or when the clock is moved.
import type { ControlledClock } from '../clock.ts';

/** The clock is looked at again at least this often: it may have been set ahead meanwhile. */
const LONGEST_WAIT = 10_000;

export type Scheduler = {
  /** Something is due at this instant. */
  consider(dueAt: number): void;
  /** Replaces what is known: the nearest due instant of all. */
  reset(dueAt: number | undefined): void;
  close(): void;
};

export function createScheduler(clock: ControlledClock, wake: () => void): Scheduler {
  let nearest: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const arm = () => {
    clearTimeout(timer);
    if (nearest === undefined || isClosed) return;
    const wait = nearest - clock.now();
    if (wait <= 0) wake();
    else if (!clock.isPinned()) timer = setTimeout(arm, Math.min(wait, LONGEST_WAIT)).unref();
  };
  const stopListening = clock.onChange(arm);
  return {
    consider: (dueAt) => {
      if (nearest !== undefined && nearest <= dueAt) return;
      nearest = dueAt;
      arm();
    },
    reset: (dueAt) => {
      nearest = dueAt;
      arm();
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      stopListening();
    },
  };
}
