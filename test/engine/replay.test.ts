// The log holds everything: state rebuilt from it equals the state, row by row.
import { expect, test } from 'vitest';
import { dumpRebuilt, dumpTables } from './dump-store.ts';
import { startEngine } from './engine-under-test.ts';
import { fillEveryTable } from './fill-every-table.ts';

test('state rebuilt from the log equals the state', async () => {
  const engine = startEngine();
  await fillEveryTable(engine);
  const [original, again] = [dumpTables(engine.core.db), dumpRebuilt(engine.core.db)];
  for (const table of Object.keys(original)) expect(again[table], table).toEqual(original[table]);
  const empty = Object.entries(original).filter(([, rows]) => rows.length === 0).map(([table]) => table);
  // Those of an endless loop are rebuilt in turn/turns.test.ts, the items of a list that is being collected in element/multi-instance-collects.test.ts.
  expect(empty, 'tables that this test does not fill').toEqual(['turn_follow_ups', 'unfinished_turns', 'variable_items']);
});
