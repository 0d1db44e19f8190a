// Callers that wait for the end of a process instance.
import type { Key } from '../keys.ts';

export type WaitingResults = {
  add(processInstanceKey: Key, wake: () => void): () => void;
  /** Called after the commit that ended the instance. */
  readonly ended: (processInstanceKey: Key) => void;
  size(): number;
  wakeAll(): void;
};

export function createWaitingResults(): WaitingResults {
  const wakesByInstance = new Map<Key, Set<() => void>>();
  const wake = (key: Key) => {
    const wakes = wakesByInstance.get(key);
    wakesByInstance.delete(key);
    for (const one of wakes ?? []) one();
  };
  return {
    add: (key, one) => {
      const wakes = wakesByInstance.get(key) ?? new Set();
      wakesByInstance.set(key, wakes.add(one));
      return () => {
        wakes.delete(one);
        if (wakes.size === 0) wakesByInstance.delete(key);
      };
    },
    ended: wake,
    size: () => wakesByInstance.size,
    wakeAll: () => {
      for (const key of [...wakesByInstance.keys()]) wake(key);
    },
  };
}
