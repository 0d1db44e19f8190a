// The check of an engine's file: it holds in every state, also after a purge, and tells how far it is.
import { expect, test } from 'vitest';
import { verifyStore } from '../../../engine/verify/verify-store.ts';
import { startEngine } from '../engine-under-test.ts';
import { fillEveryTable } from '../fill-every-table.ts';

test('a store with rows in every table holds', async () => {
  const engine = startEngine();
  await fillEveryTable(engine);
  const tables = Number(engine.rows(`SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)[0]?.['n']);
  expect(verifyStore(engine.core.db)).toEqual({ ok: true, commands: expect.any(Number), tables: tables - 1, rows: expect.any(Number) });
});

test('what was purged leaves the log too: the rest holds, and work goes on', async () => {
  const engine = startEngine({ keepHistoryMs: 1_000 });
  await fillEveryTable(engine);
  const before = verifyStore(engine.core.db);
  engine.clock.pin(engine.clock.now() + 10_000);
  expect(await engine.core.purgeHistory()).toBeGreaterThan(0);
  const after = verifyStore(engine.core.db);
  expect(after).toMatchObject({ ok: true });
  expect(after.ok && before.ok && after.rows < before.rows).toBe(true);
  await engine.start('ruled', { score: 7 });
  expect(verifyStore(engine.core.db)).toMatchObject({ ok: true });
});

test('says how far it is', async () => {
  const engine = startEngine();
  await fillEveryTable(engine);
  await Promise.all(Array.from({ length: 1_500 }, (_, nth) => engine.accepted({ type: 'message.publish', name: 'nobody', correlationKey: String(nth), timeToLive: 1_000_000, variables: {} })));
  const said: [string, number][] = [];
  expect(verifyStore(engine.core.db, (what, share) => { said.push([what, share]); })).toMatchObject({ ok: true });
  expect(said.map(([what]) => what)).toEqual(expect.arrayContaining(['replaying the log of the engine', "comparing the engine's rows"]));
  for (const [, share] of said) expect(share > 0 && share <= 1).toBe(true);
});
