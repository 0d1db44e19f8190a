// The look that erases cases whose time is over: all of them, and only when the clock can be believed.
import type { KyselyPlugin } from 'kysely';
import { describe, expect, test } from 'vitest';
import { readInput, recordDecision, verifyChain, type Ledger } from '../../ledger/index.ts';
import { silentLog, startErasure, type Erasure } from '../../workers/index.ts';
import { definition, openBench, release, scored, type Bench } from '../ledger/fixture.ts';

const dayMs = 86_400_000;

async function decided(bench: Bench): Promise<string> {
  const live = await release(bench);
  const caseId = await scored(bench, live.releaseId);
  await recordDecision(bench.ledger, { caseId, proposed: { by: 'model' } });
  return caseId;
}

async function manyDecided(bench: Bench, releaseId: string, count: number): Promise<void> {
  const caseIds = await Promise.all(Array.from({ length: count }, () => scored(bench, releaseId)));
  await Promise.all(caseIds.map((caseId) => recordDecision(bench.ledger, { caseId, proposed: { by: 'model' } })));
}

/** What the ledger is asked outside of units of work, since the last call of `read`. */
function countReads(ledger: Ledger): { ledger: Ledger; read: () => { statements: number; rows: number } } {
  let counted = { statements: 0, rows: 0 };
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      counted.statements += 1;
      counted.rows += result.rows.length;
      return Promise.resolve(result);
    },
  };
  const read = () => {
    const before = counted;
    counted = { statements: 0, rows: 0 };
    return before;
  };
  return { ledger: { ...ledger, db: ledger.db.withPlugin(counting) }, read };
}

/** As the days go by in a running server: a look now and then. */
async function pass(bench: Bench, erasure: Erasure, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    bench.clock.move(dayMs);
    await erasure.run();
  }
}

function started(ledger: Ledger): { erasure: Erasure; said: string[] } {
  const said: string[] = [];
  const note = (_: unknown, text: string) => { said.push(text); };
  return { erasure: startErasure({ ledger, log: { ...silentLog, info: note, warn: note, error: note } }), said };
}

describe('the look for cases whose time is over', () => {
  test('erases them on the day, tells how many, and says so in the log', async () => {
    const bench = await openBench();
    const caseId = await decided(bench);
    const { erasure, said } = started(bench.ledger);
    await erasure.run();
    await pass(bench, erasure, definition.retentionDays - 1);
    expect(await readInput(bench.ledger, caseId)).toMatchObject({ kind: 'readable' });
    expect(said).toEqual([]);
    await pass(bench, erasure, 1);
    expect(await readInput(bench.ledger, caseId)).toEqual({ kind: 'erased' });
    expect(erasure.metrics()).toEqual({ cases: 1, keys: 1, failedLooks: 0 });
    expect(said).toEqual([expect.stringContaining('was erased')]);
    expect(await verifyChain(bench.ledger)).toMatchObject({ ok: true });
    await erasure.stop();
  });

  test.each([['while the server runs', true], ['while it was down', false]])('does not believe a clock that jumped far ahead %s before a day has passed', async (_, wasRunning) => {
    const bench = await openBench();
    const caseId = await decided(bench);
    const { erasure, said } = started(bench.ledger);
    if (wasRunning) await erasure.run();
    bench.clock.move(2 * definition.retentionDays * dayMs);
    await erasure.run();
    bench.clock.move(dayMs - 1);
    await erasure.run();
    expect(await readInput(bench.ledger, caseId)).toMatchObject({ kind: 'readable' });
    expect(said).toEqual([expect.stringContaining('Set the clock right')]);
    bench.clock.move(1);
    await erasure.run();
    expect(await readInput(bench.ledger, caseId)).toEqual({ kind: 'erased' });
    await erasure.stop();
  });

  test('cleans the write-ahead log once after an erasure, also where it failed to the first time', async () => {
    const bench = await openBench();
    await decided(bench);
    let cleanings = 0;
    const cleanCaseLog = (): Promise<void> => (++cleanings === 1 ? Promise.reject(new Error('busy')) : bench.ledger.cleanCaseLog());
    const { erasure } = started({ ...bench.ledger, cleanCaseLog });
    await pass(bench, erasure, definition.retentionDays - 1);
    expect(cleanings).toBe(0);
    await expect(pass(bench, erasure, 1)).rejects.toThrow('busy');
    await pass(bench, erasure, 2);
    expect(cleanings).toBe(2);
    await erasure.stop();
  });

  test('destroys with the next look a key that it failed to destroy, and cleans the log then', async () => {
    const bench = await openBench();
    const caseId = await decided(bench);
    const { keys } = bench.ledger.vault;
    const { key_id: keyId } = await bench.ledger.db.selectFrom('cases').select('key_id').where('case_id', '=', caseId).executeTakeFirstOrThrow();
    let isFull = true;
    let cleanings = 0;
    const erase: typeof keys.erase = (...keyIds) => (isFull && keyIds.length > 0 ? Promise.reject(new Error('disk full')) : keys.erase(...keyIds));
    const cleanCaseLog = (): Promise<void> => {
      cleanings += 1;
      return bench.ledger.cleanCaseLog();
    };
    const { erasure } = started({ ...bench.ledger, vault: { ...bench.ledger.vault, keys: { ...keys, erase } }, cleanCaseLog });
    await pass(bench, erasure, definition.retentionDays - 1);
    await expect(pass(bench, erasure, 1)).rejects.toThrow('disk full');
    expect(await keys.remaining([keyId])).toEqual([keyId]);
    isFull = false;
    await erasure.run();
    expect(await keys.remaining([keyId])).toEqual([]);
    expect(cleanings).toBe(1);
    await erasure.stop();
  });

  test('reads only decisions that may be due: where none is, as little with six hundred cases as with one', async () => {
    const bench = await openBench();
    const { releaseId } = await release(bench);
    await manyDecided(bench, releaseId, 1);
    const { ledger, read } = countReads(bench.ledger);
    const { erasure } = started(ledger);
    await erasure.run();
    read();
    await erasure.run();
    const quiet = read();
    await manyDecided(bench, releaseId, 300);
    await pass(bench, erasure, 1);
    await manyDecided(bench, releaseId, 300);
    await erasure.run();
    read();
    await pass(bench, erasure, definition.retentionDays - 3);
    expect(read()).toEqual({ statements: quiet.statements * (definition.retentionDays - 3), rows: quiet.rows * (definition.retentionDays - 3) });
    // What it has not read yet is read a day early, for clocks may differ.
    await pass(bench, erasure, 1);
    const early = read();
    expect(early.rows).toBeGreaterThanOrEqual(301);
    expect(early.rows).toBeLessThan(301 + 10);
    expect(early.statements).toBeLessThan(10);
    expect(erasure.metrics().cases).toBe(0);
    await pass(bench, erasure, 1);
    expect(erasure.metrics().cases).toBe(301);
    read();
    await erasure.run();
    expect(read()).toEqual(quiet);
    await erasure.stop();
  });

  test('erases nothing any more once it was stopped', async () => {
    const bench = await openBench();
    const caseId = await decided(bench);
    const { erasure } = started(bench.ledger);
    await pass(bench, erasure, definition.retentionDays - 1);
    await erasure.stop();
    bench.clock.move(dayMs);
    await erasure.run();
    expect(await readInput(bench.ledger, caseId)).toMatchObject({ kind: 'readable' });
  });
});
