// Commands of a batch share one savepoint at most; where one meets a defect they run again, each alone, and nobody can tell.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { dumpRebuilt, dumpTables } from '../dump-store.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { writtenStatements } from '../written-statements.ts';

const one = buildProcess('one', (p) => p.start().service('work').end());
const broken = buildProcess('broken', (p) => p.start().add('task', 'defect').end());
const create = (bpmnProcessId: string) => ({ type: 'process-instance.create', definition: { bpmnProcessId }, variables: {} }) as const;

// What is held is committed after a while of real time.
beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

async function startWithDefect() {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const engine = startEngine({ file: join(folder, 'engine.db') });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await engine.deploy(one, broken);
  engine.rows(`CREATE TEMP TRIGGER planted BEFORE INSERT ON main.element_instances WHEN NEW.element_id = 'defect' BEGIN SELECT RAISE(ABORT, 'a planted defect'); END`);
  const isAsTheLogSays = () => {
    const [original, again] = [dumpTables(engine.core.db), dumpRebuilt(engine.core.db)];
    for (const table of Object.keys(original)) expect(again[table], table).toEqual(original[table]);
  };
  return { ...engine, isAsTheLogSays };
}

test('a batch without a defect makes no savepoint, however many commands it has', async () => {
  const engine = await startWithDefect();
  const savepointsOf = async (work: () => Promise<unknown>) => (await writtenStatements(work)).filter((sql) => sql.startsWith('SAVEPOINT'));
  expect(await savepointsOf(() => Promise.all(Array.from({ length: 20 }, () => engine.accepted(create('one')))))).toEqual([]);
  expect(await savepointsOf(() => Promise.allSettled([engine.core.submit(create('one')), engine.core.submit(create('broken'))]))).toEqual(['SAVEPOINT command', 'SAVEPOINT command']);
});

test('each command of a batch with a defect is counted, logged and answered once', async () => {
  const engine = await startWithDefect();
  const before = engine.core.metrics();
  const waiting = engine.core.activateJobs({ jobType: 'work', worker: 'w', timeout: 60_000, maxJobs: 10, requestTimeout: 3_600_000 });
  const answers = await Promise.allSettled(['one', 'broken', 'absent', 'one', 'broken'].map((id) => engine.core.submit(create(id))));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'rejected']);
  expect(await waiting).toHaveLength(2);
  const { commands, rejections, defects, batches } = engine.core.metrics();
  // The request for jobs runs when it comes and again when there are some.
  expect({ commands: commands - before.commands, rejections: rejections - before.rejections, defects: defects - before.defects, batches: batches - before.batches }).toEqual({ commands: 7, rejections: 1, defects: 2, batches: 1 });
  expect(engine.rows('SELECT 1 FROM process_instances')).toHaveLength(2);
  engine.isAsTheLogSays();
});

test('a defect takes back nothing of the light batches that are held, nor of the commands beside it', async () => {
  const engine = await startWithDefect();
  const keys = [await engine.start('one'), await engine.start('one')];
  const [first, second] = await engine.activate('work');
  const light = (jobKey = 0) => engine.core.submit({ type: 'job.complete', jobKey, variables: { by: jobKey } }, { isLight: true });
  await light(first?.key);
  expect(engine.core.metrics().heldBatches).toBe(1);
  const [completed, failed] = await Promise.allSettled([light(second?.key), engine.core.submit(create('broken'))]);
  expect([completed.status, failed.status]).toEqual(['fulfilled', 'rejected']);
  expect(keys.map(engine.stateOf)).toEqual(['COMPLETED', 'COMPLETED']);
  expect(engine.core.metrics().heldBatches).toBe(0);
  engine.isAsTheLogSays();
});
