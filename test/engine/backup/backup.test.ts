// Backup and restore of a folder of the engine: live and stopped, whole or refused with a sentence.
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { engineStoreVersions, openControlSocket, restoreBackup, takeBackup } from '../../../engine/backup/index.ts';
import { silentLogger } from '../../../engine/logger.ts';
import { buildProcess } from '../build-process.ts';
import { dumpRebuilt, dumpTables } from '../dump-store.ts';
import { startEngine, type EngineUnderTest } from '../engine-under-test.ts';

const one = buildProcess('one', (p) => p.start().service('work').end());

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function engineIn(data: string): Promise<EngineUnderTest> {
  mkdirSync(data, { recursive: true });
  const engine = startEngine({ file: join(data, 'engine.db') });
  if (engine.rows('SELECT 1 FROM process_definitions').length === 0) await engine.deploy(one);
  return engine;
}

/** A folder with one finished and one waiting instance and a document, open until the test closes it. */
async function filled(): Promise<{ folder: string; data: string; to: string; engine: EngineUnderTest; waiting: number }> {
  const folder = newFolder();
  const data = join(folder, 'data');
  const engine = await engineIn(data);
  await engine.start('one', { n: 1 });
  await engine.work('work');
  const waiting = await engine.start('one', { n: 2 });
  engine.core.documents.create([{ id: 'd', content: Buffer.from('hello'), metadata: { contentType: 'text/plain', fileName: 'd.txt', customProperties: {} } }]);
  writeFileSync(join(data, 'notes.json'), '{}');
  return { folder, data, to: join(folder, 'copy'), engine, waiting };
}

async function live(): Promise<Awaited<ReturnType<typeof filled>> & { letGo: () => number }> {
  const made = await filled();
  let letGo = 0;
  const control = await openControlSocket({ folder: made.data, logger: silentLogger, afterBackup: () => { letGo += 1; } });
  onTestFinished(() => control.close());
  return { ...made, letGo: () => letGo };
}

test('a folder that is in use is copied as of one instant, and what happens meanwhile is not in the copy', async () => {
  const { folder, data, to, engine, waiting, letGo } = await live();
  // Of this folder alone, and on its way while the backup is taken.
  for (const note of ['engine.db.mark', 'engine.db.mark.new']) writeFileSync(join(data, note), '{}');
  let started = 0;
  let isOver = false;
  const load = (async () => {
    while (!isOver) {
      await engine.start('one', { text: 'x'.repeat(5_000) });
      started += 1;
    }
  })();
  const { isLive, manifest } = await takeBackup(data, to);
  isOver = true;
  await load;
  expect(isLive).toBe(true);
  expect(started).toBeGreaterThan(0);
  expect(letGo()).toBe(1);
  expect(manifest.files.map(({ name }) => name)).toEqual(['documents.db', 'engine.db', 'notes.json']);
  expect(readdirSync(to).sort()).toEqual(['backup.json', 'documents.db', 'engine.db', 'notes.json']);

  const restored = join(folder, 'restored');
  await restoreBackup(to, restored, engineStoreVersions);
  const again = await engineIn(restored);
  expect(dumpRebuilt(again.core.db)).toEqual(dumpTables(again.core.db));
  expect(again.rows('SELECT count(*) AS n FROM process_instances')[0]?.['n']).toBeLessThanOrEqual(2 + started);
  expect(Buffer.from(again.core.documents.contentOf('d') ?? []).toString()).toBe('hello');
  await again.work('work');
  expect(again.stateOf(waiting)).toBe('COMPLETED');
});

test('a stopped folder is copied, too, and so is one whose process was killed, with what lies in its write-ahead log', async () => {
  const { folder, data, to, engine, waiting } = await filled();
  // As it lies on the disk at this moment: after a kill.
  const killed = join(folder, 'killed');
  cpSync(data, killed, { recursive: true });
  expect(existsSync(join(killed, 'engine.db-wal'))).toBe(true);
  const state = dumpTables(engine.core.db);
  await engine.core.close();
  for (const [index, source] of [data, killed].entries()) {
    expect((await takeBackup(source, `${to}-${index}`)).isLive).toBe(false);
    const restored = join(folder, `restored-${index}`);
    await restoreBackup(`${to}-${index}`, restored, engineStoreVersions);
    const again = await engineIn(restored);
    expect(dumpTables(again.core.db)).toEqual(state);
    await again.work('work');
    expect(again.stateOf(waiting)).toBe('COMPLETED');
  }
});

test('a plain copy of the stopped files opens whole', async () => {
  const { folder, data, engine } = await filled();
  const state = dumpTables(engine.core.db);
  await engine.core.close();
  cpSync(data, join(folder, 'plain'), { recursive: true });
  const again = await engineIn(join(folder, 'plain'));
  expect(dumpTables(again.core.db)).toEqual(state);
});

test('a folder whose process takes no backups is refused, and so is one that says why', async () => {
  const { data, to } = await filled();
  await expect(takeBackup(data, to)).rejects.toThrow(/^A process has the folder .*data open, but takes no backups: .* End it, and back up the stopped folder\.$/);
  const control = await openControlSocket({ folder: data, logger: silentLogger, refusal: 'The cases are elsewhere.' });
  onTestFinished(() => control.close());
  await expect(takeBackup(data, to)).rejects.toThrow('The cases are elsewhere.');
  expect(existsSync(to)).toBe(false);
  expect(existsSync(`${to}.partial`)).toBe(false);
});

test('a backup goes to a new folder only, and comes from a data folder only', async () => {
  const { folder, data, to } = await live();
  mkdirSync(to);
  writeFileSync(join(to, 'mine.txt'), 'mine');
  await expect(takeBackup(data, to)).rejects.toThrow(`The backup cannot go to ${to}: it is not empty, and nothing in it is overwritten.`);
  expect(readFileSync(join(to, 'mine.txt'), 'utf8')).toBe('mine');
  await expect(takeBackup(join(folder, 'nowhere'), join(folder, 'b'))).rejects.toThrow('There is no folder');
  await expect(takeBackup(to, join(folder, 'b'))).rejects.toThrow('holds neither engine.db nor ledger.db');
  writeFileSync(join(to, 'master.key'), '');
  await expect(takeBackup(to, join(folder, 'b'))).rejects.toThrow(/not in the folder but in PostgreSQL/);
});

test('a copy that cannot be written is told by the process, and leaves nothing behind', async () => {
  const { data, to, letGo } = await live();
  const asked = takeBackup(data, join(data, 'engine.db', 'inside'));
  await expect(asked).rejects.toThrow(/ENOTDIR|cannot go/);
  expect(letGo()).toBe(0);
  expect((await takeBackup(data, to)).isLive).toBe(true);
});

const spoil: [string, (backup: string) => void, RegExp][] = [
  ['one byte more', (backup) => { appendFileSync(join(backup, 'engine.db'), 'x'); }, /is damaged: its file engine\.db is not the one that was written/],
  ['one byte changed', (backup) => { const file = join(backup, 'engine.db'); const bytes = readFileSync(file); bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000); writeFileSync(file, bytes); }, /its file engine\.db is not the one/],
  ['a file missing', (backup) => { rmSync(join(backup, 'documents.db')); }, /its file documents\.db cannot be read/],
  ['a manifest cut off', (backup) => { writeFileSync(join(backup, 'backup.json'), '{"format":1'); }, /its backup\.json cannot be read/],
  ['a name that leads elsewhere', (backup) => { const file = join(backup, 'backup.json'); writeFileSync(file, readFileSync(file, 'utf8').replace('documents.db', '../documents.db')); }, /its backup\.json cannot be read/],
  ['no manifest', (backup) => { rmSync(join(backup, 'backup.json')); }, /There is no backup in .*: it has no file backup\.json/],
  ['a newer format', (backup) => { const file = join(backup, 'backup.json'); writeFileSync(file, readFileSync(file, 'utf8').replace('"format": 1', '"format": 2')); }, /has format 2, this program reads 1: it was written by a newer program/],
];

test.each(spoil)('a backup with %s is refused, and nothing is restored', async (_what, damage, words) => {
  const { folder, data, to } = await live();
  await takeBackup(data, to);
  damage(to);
  const restored = join(folder, 'restored');
  await expect(restoreBackup(to, restored, engineStoreVersions)).rejects.toThrow(words);
  expect(readdirSync(folder).filter((name) => name.startsWith('restored'))).toEqual([]);
});

test('a store of a newer version, and a folder that holds something, are refused by restore', async () => {
  const { folder, data, to, engine } = await filled();
  await engine.core.close();
  const db = new DatabaseSync(join(data, 'engine.db'));
  db.exec('PRAGMA user_version = 99');
  db.close();
  await takeBackup(data, to);
  await expect(restoreBackup(to, join(folder, 'restored'), engineStoreVersions)).rejects.toThrow(/^engine\.db in the backup has version 99, this program reads \d: it was written by a newer program/);
  const full = join(folder, 'full');
  cpSync(data, full, { recursive: true });
  await expect(restoreBackup(to, full, { 'engine.db': 99, 'documents.db': 1 })).rejects.toThrow(`The data cannot go to ${full}: it is not empty`);
});
