// The store's file: one process at a time, one version, and everything still there after a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../engine/store/open-store.ts';
import { holdFile } from '../../harness/hold-file.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

function fileInNewFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'engine.db');
}

test('a second opening of the same file is refused with a sentence', () => {
  const file = fileInNewFolder();
  const store = openStore(file);
  expect(() => openStore(file)).toThrow(`The engine's store ${file} is in use by another process.`);
  store.close();
  openStore(file).close();
});

test('a reader that holds the file for a moment is waited for: after a kill the first to open it brings its log back alone', async () => {
  const file = fileInNewFolder();
  openStore(file).close();
  await holdFile(file, 300);
  openStore(file).close();
});

test('a file of another version is refused with a sentence', () => {
  const file = fileInNewFolder();
  openStore(file).close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(() => openStore(file)).toThrow('has version 99');
});

test('every commit is fsynced', () => {
  const store = openStore(fileInNewFolder());
  expect(store.db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(store.db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  store.close();
});

test('after a restart instances go on, jobs are known, timers fire', async () => {
  const file = fileInNewFolder();
  const first = startEngine({ file });
  await first.deploy(buildProcess('one', (p) => p.start().service('work').catch('pause', { timer: { duration: 'PT1H' } }).end()));
  const key = await first.start('one', { a: 1 });
  const { lastKey } = first.core.metrics();
  await first.core.close();

  const second = startEngine({ file });
  expect(second.core.metrics().lastKey).toBe(lastKey);
  expect((await second.work('work')).variables).toEqual({ a: 1 });
  await second.core.close();

  const third = startEngine({ file });
  await third.passTime(3_600_000);
  expect(third.stateOf(key)).toBe('COMPLETED');
});
