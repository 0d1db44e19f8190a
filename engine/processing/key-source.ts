// Where keys come from: a counter that the log keeps.
import type { DatabaseSync } from 'node:sqlite';
import { FIRST_KEY } from '../keys.ts';
import type { Key } from '../keys.ts';
import { one } from '../store/statements.ts';

export type KeySource = { readonly next: () => Key; last(): Key; /** Back to what is stored: after a rollback. */ reload(): void; /** Somebody knows the keys given so far: no reload goes back behind them. */ keep(): void };

export function createKeySource(db: DatabaseSync): KeySource {
  const stored = one<{ lastKey: Key }>(db, 'SELECT last_key AS lastKey FROM log ORDER BY position DESC LIMIT 1');
  const load = () => stored()?.lastKey ?? FIRST_KEY - 1;
  let last = load();
  let known = last;
  return {
    next: () => ++last,
    last: () => last,
    reload: () => {
      last = Math.max(load(), known);
    },
    keep: () => {
      known = last;
    },
  };
}
