// Rows of a table that a batch of commands has at hand: each is read once, and written once a command, however often the command changes it (ADR 153).
import type { Key } from '../keys.ts';

export type Rows<Row> = {
  /** The row as the events so far left it. Never changed in place: who has it keeps what it was. */
  readonly get: (key: Key) => Row | undefined;
  add(row: Row): void;
  /** Does nothing where there is no such row. */
  change(key: Key, changed: (row: Row) => Row): void;
} & AtHand;

export type AtHand = {
  /** Writes what is new and what changed: at the end of each command, and before any other statement reads or writes the table. */
  write(): void;
  /** Before each batch, and whenever something was taken back: what was not written never was. */
  forget(): void;
};

/** How a table's rows are read and written. `update` gets the row as the store has it, too: an index whose columns a statement does not name is left alone. */
export type Table<Row> = {
  readonly read: (key: Key) => Row | undefined;
  readonly insert: (row: Row) => void;
  readonly update: (row: Row, stored: Row) => void;
};

export function openRows<Row extends { readonly key: Key }>({ read, insert, update }: Table<Row>): Rows<Row> {
  const rows = new Map<Key, Row>();
  /** Those to be written, as the store has them; undefined where it does not. */
  const unwritten = new Map<Key, Row | undefined>();
  const get = (key: Key): Row | undefined => {
    const known = rows.get(key);
    if (known !== undefined) return known;
    const stored = read(key);
    if (stored !== undefined) rows.set(key, stored);
    return stored;
  };
  return {
    get,
    add: (row) => {
      rows.set(row.key, row);
      unwritten.set(row.key, undefined);
    },
    change: (key, changed) => {
      const row = get(key);
      if (row === undefined) return;
      if (!unwritten.has(key)) unwritten.set(key, row);
      rows.set(key, changed(row));
    },
    write: () => {
      if (unwritten.size === 0) return;
      for (const [key, stored] of unwritten) {
        const row = rows.get(key);
        if (row === undefined) continue;
        if (stored === undefined) insert(row);
        else update(row, stored);
      }
      unwritten.clear();
    },
    forget: () => {
      rows.clear();
      unwritten.clear();
    },
  };
}
