// Waits between tries; a caller who cancels gets their own reason back.
import { setTimeout as pause } from 'node:timers/promises';

/** Rejects with the signal's reason when it is aborted. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
}
