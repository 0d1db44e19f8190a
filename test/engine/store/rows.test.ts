// Rows that a batch has at hand are those that the store would have, and each is written once.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRows } from '../../../engine/store/rows.ts';
import { createRandom } from '../../harness/random.ts';

type Row = { readonly key: number; readonly value: number };

function openOnMap() {
  const stored = new Map<number, Row>();
  const calls: string[] = [];
  const rows = openRows<Row>({
    read: (key) => {
      calls.push(`read ${key}`);
      return stored.get(key);
    },
    insert: (row) => {
      calls.push(`insert ${row.key}`);
      stored.set(row.key, row);
    },
    update: (row, before) => {
      calls.push(`update ${row.key}`);
      expect(before).toEqual(stored.get(row.key));
      stored.set(row.key, row);
    },
  });
  return { rows, stored, calls };
}

const plusOne = (row: Row): Row => ({ ...row, value: row.value + 1 });

test('a row is read once and written once, however often it changes', () => {
  const { rows, stored, calls } = openOnMap();
  stored.set(1, { key: 1, value: 10 });
  rows.add({ key: 2, value: 20 });
  for (const key of [1, 2, 2, 1, 1]) rows.change(key, plusOne);
  expect(rows.get(1)).toEqual({ key: 1, value: 13 });
  expect(stored.get(1)).toEqual({ key: 1, value: 10 });
  rows.write();
  rows.write();
  expect([...stored.values()]).toEqual([{ key: 1, value: 13 }, { key: 2, value: 22 }]);
  expect(calls).toEqual(['read 1', 'insert 2', 'update 1']);
});

test('what was taken back before it was written never was', () => {
  const { rows, stored } = openOnMap();
  stored.set(1, { key: 1, value: 10 });
  rows.change(1, plusOne);
  rows.add({ key: 2, value: 20 });
  rows.forget();
  expect([rows.get(1), rows.get(2)]).toEqual([{ key: 1, value: 10 }, undefined]);
  rows.write();
  expect([...stored.values()]).toEqual([{ key: 1, value: 10 }]);
});

test('a row that does not exist is not changed, and one that somebody has stays as it was', () => {
  const { rows, stored } = openOnMap();
  rows.change(7, plusOne);
  rows.write();
  expect(stored.size).toBe(0);
  rows.add({ key: 1, value: 1 });
  const had = rows.get(1);
  rows.change(1, plusOne);
  expect(had).toEqual({ key: 1, value: 1 });
});

test('agrees with a store that is written at once after every step of a random run', () => {
  const random = createRandom(11);
  const { rows, stored } = openOnMap();
  const atOnce = new Map<number, Row>();
  const committed = new Map<number, Row>();
  for (let step = 0; step < 5_000; step++) {
    const key = 1 + Math.floor(random() * 12);
    const what = random();
    if (what < 0.5) {
      const row = atOnce.get(key);
      if (row === undefined) rows.add({ key, value: 0 });
      else rows.change(key, plusOne);
      atOnce.set(key, row === undefined ? { key, value: 0 } : plusOne(row));
    } else if (what < 0.6) {
      rows.write();
      expect(stored).toEqual(atOnce);
      committed.clear();
      for (const [known, row] of atOnce) committed.set(known, row);
    } else if (what < 0.63) {
      rows.forget();
      atOnce.clear();
      for (const [known, row] of committed) atOnce.set(known, row);
    }
    expect(rows.get(key)).toEqual(atOnce.get(key));
  }
});

const engine = join(import.meta.dirname, '../../../engine');
/** They read between batches, when all is written, or have a store of their own; purging writes the rows before it deletes, and forgets them. */
const exempt = /^(?:rest|verify|log|metrics)\/|^history\/apply\.ts$|\/rows\.ts$/;

test('whoever else reads instances within a command has the rows written first', () => {
  const alone = readdirSync(engine, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !exempt.test(path))
    .flatMap((path) => readFileSync(join(engine, path), 'utf8').split('\n').map((line) => ({ path, line })))
    .filter(({ line }) => /\b(?:process|element)_instances\b/.test(line) && !/^\s*(?:\/\/|\*)/.test(line) && !line.includes('written('));
  expect(alone.map(({ path, line }) => `${path}: ${line.trim().slice(0, 30)}`)).toEqual([
    // A condition, and the second line of a statement: both stand in a `written(`.
    'element/state.ts: const activeIn = `process_inst',
    'turn/state.ts: UNION ALL SELECT 1 FROM elemen',
  ]);
});
