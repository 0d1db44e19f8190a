/**
 * Knows whether the product answers. A failed fetch marks the connection lost; any answer marks it back.
 * Verdicts given meanwhile wait here and are sent once, in order, when it is back.
 */
import { useSyncExternalStore } from 'react';

/** `returned`: it was lost before and is back. */
export type ConnectionState = { lostSince: number | undefined; waiting: number; returned: boolean };

const retryMs = 4000;
const listeners = new Set<() => void>();
const wakeUps = new Set<() => void>();
let state: ConnectionState = { lostSince: undefined, waiting: 0, returned: false };
let retryTimer: ReturnType<typeof setInterval> | undefined;

/** Thrown by requests that never reached the product. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

export function markLost(): void {
  if (state.lostSince !== undefined) return;
  set({ ...state, lostSince: Date.now() });
  retryTimer = setInterval(() => void probe(), retryMs);
}

export function markBack(): void {
  if (state.lostSince === undefined) return;
  clearInterval(retryTimer);
  set({ ...state, lostSince: undefined, returned: true });
  for (const wake of [...wakeUps]) wake();
}

/** Called each time the product answers again after an outage. */
export function onConnectionBack(listener: () => void): () => void {
  wakeUps.add(listener);
  return () => wakeUps.delete(listener);
}

/** Asks the product for a sign of life; its answer, whatever it is, ends the outage. */
export async function probe(): Promise<void> {
  try {
    const answer = await fetch('/api/health/live', { cache: 'no-store' });
    if (answer.status < 500) markBack();
  } catch {
    // Away, or still away: the next round asks again.
    markLost();
  }
}

/** Runs a request; if the connection is lost it waits for it and tries again, so the caller's promise stays open. */
export async function sendWhenConnected<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  let counted = false;
  try {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        if (!counted) set({ ...state, waiting: state.waiting + 1 });
        counted = true;
        await connectionBack();
      }
    }
  } finally {
    if (counted) set({ ...state, waiting: state.waiting - 1 });
  }
}

/** Resolves when the product can be reached; at once where nothing is known of an outage. */
export function connectionBack(): Promise<void> {
  if (state.lostSince === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = onConnectionBack(() => {
      stop();
      resolve();
    });
  });
}

function set(next: ConnectionState): void {
  state = next;
  for (const listener of listeners) listener();
}
