// Callers that wait until the listeners of a user task's step are done.
import type { Key } from '../keys.ts';
import type { EngineEvent } from '../records.ts';

export type TaskOutcome = { readonly kind: 'done' } | { readonly kind: 'denied'; readonly step: string; readonly reason: string } | { readonly kind: 'canceled' } | { readonly kind: 'timeout' };

export type WaitingTasks = {
  /** Waits for the end of the step that is under way. */
  readonly wait: (userTaskKey: Key, options: { readonly timeoutMs: number; readonly signal?: AbortSignal }) => Promise<TaskOutcome>;
  /** Called after the commit. */
  readonly happened: (event: EngineEvent) => void;
  wakeAll(): void;
};

export function createWaitingTasks(): WaitingTasks {
  const wakesByTask = new Map<Key, Set<(outcome: TaskOutcome) => void>>();
  const tell = (key: Key, outcome: TaskOutcome) => {
    for (const wake of [...(wakesByTask.get(key) ?? [])]) wake(outcome);
  };
  return {
    wait: (key, { timeoutMs, signal }) =>
      new Promise((resolve) => {
        const finish = (outcome: TaskOutcome) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          const wakes = wakesByTask.get(key);
          wakes?.delete(finish);
          if (wakes?.size === 0) wakesByTask.delete(key);
          resolve(outcome);
        };
        const giveUp = () => finish({ kind: 'timeout' });
        const timer = setTimeout(giveUp, timeoutMs);
        signal?.addEventListener('abort', giveUp, { once: true });
        wakesByTask.set(key, (wakesByTask.get(key) ?? new Set()).add(finish));
      }),
    happened: (event) => {
      if (wakesByTask.size === 0) return;
      if (event.type === 'user-task.canceled' || (event.type === 'user-task.step-began' && event.state === 'CANCELING')) tell(event.key, { kind: 'canceled' });
      else if (event.type === 'user-task.settled') tell(event.key, event.denied === undefined ? { kind: 'done' } : { kind: 'denied', ...event.denied });
    },
    wakeAll: () => {
      for (const key of [...wakesByTask.keys()]) tell(key, { kind: 'timeout' });
    },
  };
}
