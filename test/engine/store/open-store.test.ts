// The store's file: one process at a time, one version, and everything still there after a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../engine/store/open-store.ts';
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

test('a file of another version is refused with a sentence', () => {
  const file = fileInNewFolder();
  openStore(file).close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(() => openStore(file)).toThrow('has version 99');
});

const indexesOfVersion5 = [
  ...['process_definitions', 'forms', 'decision_definitions'].flatMap((table) => ['latest', 'tag', 'deployment'].map((kind) => `${table}_${kind}`)),
  'decision_requirements_latest', 'user_tasks_creation', 'user_tasks_ended', 'message_start_subscriptions_process', 'message_start_subscriptions_definition',
  'process_instances_ended', 'decision_instances_standalone', 'batch_operations_ended',
];

test('a store of the version before is brought up to this one, and keeps what it holds', () => {
  const file = fileInNewFolder();
  openStore(file).close();
  const db = new DatabaseSync(file);
  const schema = (of: DatabaseSync) => of.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  const now = schema(db);
  const statistics = (of: DatabaseSync) => of.prepare('SELECT * FROM sqlite_stat1 ORDER BY idx').all();
  const statisticsNow = statistics(db);
  db.exec(`DROP TABLE sqlite_stat1; ${indexesOfVersion5.map((index) => `DROP INDEX ${index}`).join('; ')}`);
  db.exec(`DROP TABLE batch_operation_items; DROP TABLE batch_operations; DROP TABLE correlated_messages; DROP TABLE fulfilled_ad_hoc_sub_processes; DROP TABLE last_elements; DROP VIEW variable_values; DROP TABLE variable_items; DROP TABLE turn_follow_ups; DROP TABLE unfinished_turns; PRAGMA user_version = 2;
    DROP INDEX user_tasks_state; CREATE INDEX user_tasks_state ON user_tasks (state, creation_date);
    DROP INDEX user_tasks_due; CREATE INDEX user_tasks_due ON user_tasks (state, due_date, creation_date);
    DROP INDEX message_subscriptions_open; CREATE INDEX message_subscriptions_open ON message_subscriptions (message_name, correlation_key, key) WHERE open = 1;
    INSERT INTO deployments VALUES (1, 2)`);
  db.close();
  const upgraded = openStore(file);
  expect(schema(upgraded.db)).toEqual(now);
  expect(statistics(upgraded.db)).toEqual(statisticsNow);
  expect(upgraded.db.prepare('SELECT * FROM deployments').all()).toEqual([{ key: 1, created_at: 2 }]);
  upgraded.close();
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
