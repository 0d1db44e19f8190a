// Keys: inside the engine a safe integer that looks like a cluster's int64, outside always a string.

/** Monotonic, below 2^53; handed out by the store, never made up. */
export type Key = number;

/** The first key of an empty store: where partition 1 of a cluster starts. */
export const FIRST_KEY: Key = 2 ** 51 + 1;

/** Reads a key that came from outside; undefined when no store of ours can have given it out. */
export function parseKey(text: string): Key | undefined {
  if (!/^\d{1,19}$/.test(text)) return undefined;
  const key = Number(text);
  return Number.isSafeInteger(key) ? key : undefined;
}
