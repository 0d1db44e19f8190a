// A store from which acknowledged commands are missing is not opened in silence: a removed or cut write-ahead log, an older copy.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createClock } from '../../../engine/clock.ts';
import { openCore } from '../../../engine/core.ts';
import { buildProcess } from '../build-process.ts';
import { dumpRebuilt, dumpTables, stateOf } from '../dump-store.ts';
import { START } from '../engine-under-test.ts';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }); });
afterEach(() => { vi.useRealTimers(); });

const warnings: string[] = [];
const logger = { info: () => {}, error: () => {}, warn: (_fields: object, message: string) => { warnings.push(message); } };

function open(file: string, more: { acceptLoss?: number } = {}) {
  warnings.length = 0;
  const clock = createClock();
  clock.pin(START);
  const core = openCore({ file, clock, logger, ...more });
  onTestFinished(() => core.close());
  const start = async (): Promise<number> => {
    const created = await core.submit({ type: 'process-instance.create', definition: { bpmnProcessId: 'one' }, variables: {} });
    if (!created.ok) throw new Error(created.rejection.reason);
    return created.answer.processInstanceKey;
  };
  const position = () => Number(core.db.prepare('SELECT max(position) AS p FROM log').get()?.['p']);
  return { core, start, position };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mark-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const markOf = (file: string): { position: number } | undefined => (existsSync(`${file}.mark`) ? (JSON.parse(readFileSync(`${file}.mark`, 'utf8')) as { position: number }) : undefined);

/** What a process that was killed leaves: `kept` commands in the file itself, the others in the write-ahead log alone. */
async function killedStore(): Promise<{ file: string; kept: number; last: number; keys: number[] }> {
  const live = join(newFolder(), 'engine.db');
  const { core, start, position } = open(live);
  await core.submit({ type: 'deployment.create', resources: [{ name: 'one.bpmn', content: buildProcess('one', (p) => p.start().service('work').end()) }] });
  const keys = [await start()];
  core.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const kept = position();
  for (let nth = 0; nth < 20; nth++) keys.push(await start());
  const last = position();
  await vi.advanceTimersByTimeAsync(1_000);
  while (markOf(live)?.position !== last) await new Promise(setImmediate);
  const file = join(newFolder(), 'engine.db');
  for (const end of ['', '-wal', '.mark']) copyFileSync(`${live}${end}`, `${file}${end}`);
  await core.close();
  return { file, kept, last, keys };
}

const missing = (file: string, kept: number, last: number) => `The engine's store ${file} ends at command ${kept}, but command ${last} was on disk at 2026-11-22T12:00:00.000Z: up to ${last - kept} acknowledged commands are missing.`;

test('whose write-ahead log was removed, is refused, and opens whole once that is back', async () => {
  const { file, kept, last, keys } = await killedStore();
  copyFileSync(`${file}-wal`, `${file}-elsewhere`);
  rmSync(`${file}-wal`);
  expect(() => open(file)).toThrow(missing(file, kept, last));
  expect(() => open(file)).toThrow(`set STELLWERK_ACCEPT_LOSS=engine@${kept} for one start`);
  copyFileSync(`${file}-elsewhere`, `${file}-wal`);
  const { core, position } = open(file);
  expect(position()).toBe(last);
  expect(core.db.prepare('SELECT key FROM process_instances ORDER BY key').all().map(({ key }) => key)).toEqual(keys);
  expect(warnings).toEqual([]);
});

test('whose write-ahead log was cut, is refused with the number of commands', async () => {
  const { file, kept, last } = await killedStore();
  truncateSync(`${file}-wal`, Math.floor(statSync(`${file}-wal`).size / 2));
  expect(() => open(file)).toThrow(/ends at command (\d+), but command \d+ was on disk/);
  const end = Number(/ends at command (\d+)/.exec(messageOf(() => open(file)))?.[1]);
  expect(end).toBeGreaterThan(kept);
  expect(end).toBeLessThan(last);
});

test('that is an older copy, is refused', async () => {
  const { file, kept, last } = await killedStore();
  const older = join(newFolder(), 'engine.db');
  copyFileSync(file, older);
  copyFileSync(`${file}.mark`, `${older}.mark`);
  expect(() => open(older)).toThrow(missing(older, kept, last));
});

test('goes on where exactly that loss is accepted: no key and no position is given twice, and the log says it', async () => {
  const { file, kept, last, keys } = await killedStore();
  rmSync(`${file}-wal`);
  expect(() => open(file, { acceptLoss: last })).toThrow('are missing');
  const first = open(file, { acceptLoss: kept });
  expect(warnings).toEqual([expect.stringContaining('The start goes on without them, as it was told to.')]);
  expect(first.core.db.prepare(`SELECT position FROM log WHERE command = 'store.accept-loss'`).all()).toEqual([{ position: last + 1 }]);
  expect(await first.start()).toBeGreaterThan(Math.max(...keys));
  expect(stateOf(dumpRebuilt(first.core.db))).toEqual(stateOf(dumpTables(first.core.db)));
  await first.core.close();
  const again = open(file);
  expect(warnings).toEqual([]);
  expect(again.position()).toBe(last + 2);
});

test('of which nothing is left, cannot be gone on from', async () => {
  const { file } = await killedStore();
  for (const end of ['', '-wal']) rmSync(`${file}${end}`);
  expect(() => open(file, { acceptLoss: 0 })).toThrow('Nothing of it is left to go on from. Restore a backup, or start with a new data folder.');
});

test('without a note, or with one that nobody can read, is opened', async () => {
  const { file, last } = await killedStore();
  writeFileSync(`${file}.mark`, '{');
  const first = open(file);
  expect(first.position()).toBe(last);
  expect(warnings).toEqual([expect.stringContaining('cannot be read')]);
  await first.core.close();
  expect(markOf(file)).toMatchObject({ position: last });
  rmSync(`${file}.mark`);
  expect(open(file).position()).toBe(last);
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was thrown');
}
