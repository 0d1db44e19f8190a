// A map of bounded size that forgets what was put in first.

export type BoundedCache<K, V> = { get(key: K): V | undefined; set(key: K, value: V): void; clear(): void };

export function boundedCache<K, V>(limit: number): BoundedCache<K, V> {
  const entries = new Map<K, V>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      entries.set(key, value);
      if (entries.size <= limit) return;
      const first = entries.keys().next();
      if (!first.done) entries.delete(first.value);
    },
    clear: () => entries.clear(),
  };
}
