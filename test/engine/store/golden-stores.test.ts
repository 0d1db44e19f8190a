// A store of every version that was ever released opens, is upgraded, is what its log says, and goes on to the end of every instance.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../engine/store/open-store.ts';
import { dumpSql } from '../../golden/dump-sql.ts';
import { buildProcess } from '../build-process.ts';
import { dumpRebuilt, dumpTables } from '../dump-store.ts';
import { startEngine, type EngineUnderTest } from '../engine-under-test.ts';
import { fillEveryTable } from '../fill-every-table.ts';

/** `engine-store-N.sql`, written by the code of version N; see the README there. */
const golden = new URL('../../golden/', import.meta.url);
const versions = readdirSync(golden).flatMap((name) => /^engine-store-(\d+)\.sql$/.exec(name)?.[1] ?? []);
const HOUR = 3_600_000;

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'engine.db');
}

function goldenFile(version: string): string {
  const file = newFile();
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; BEGIN; ${readFileSync(new URL(`engine-store-${version}.sql`, golden), 'utf8')} COMMIT;`);
  db.close();
  return file;
}

const schemaOf = (db: DatabaseSync) => db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
/** What the planner is told; `ANALYZE` orders it by its own lights. */
const statisticsOf = (db: DatabaseSync) => db.prepare('SELECT * FROM sqlite_stat1 ORDER BY idx').all();
const stateTables = (tables: Record<string, unknown[]>) => Object.entries(tables).filter(([name]) => name !== 'log');

describe.each(versions)('a store of version %s', (version) => {
  test('is brought up to this version, keeps every row, and equals what its log says', () => {
    const file = goldenFile(version);
    const before = new DatabaseSync(file);
    const rows = dumpTables(before);
    before.close();
    const store = openStore(file);
    const fresh = openStore(newFile());
    expect(schemaOf(store.db)).toEqual(schemaOf(fresh.db));
    expect(statisticsOf(store.db)).toEqual(statisticsOf(fresh.db));
    const after = dumpTables(store.db);
    for (const [table, kept] of stateTables(rows)) expect(after[table], table).toMatchObject(kept);
    expect(rows['log']?.length).toBeGreaterThan(50);
    expect(dumpRebuilt(store.db)).toEqual(after);
    expect(store.db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    fresh.close();
    store.close();
  });

  test('holds every kind of waiting state, and each instance in it goes on to its end', async () => {
    const engine = startEngine({ file: goldenFile(version) });
    const waits = {
      jobs: `SELECT count(*) AS n FROM jobs WHERE phase = 'ACTIVATABLE'`,
      'user tasks': `SELECT count(*) AS n FROM user_tasks WHERE state = 'CREATED'`,
      timers: 'SELECT count(*) AS n FROM timers WHERE element_instance_key IS NOT NULL',
      messages: 'SELECT count(*) AS n FROM message_subscriptions WHERE open = 1',
      'joining tokens': 'SELECT count(*) AS n FROM waiting_tokens',
      'multi-instances': 'SELECT count(*) AS n FROM multi_instances',
    };
    for (const [what, sql] of Object.entries(waits)) expect(engine.rows(sql)[0]?.['n'], what).toBeGreaterThan(0);
    await engine.deploy(buildProcess('p1', (p) => p.start().service('new').end()));
    const begun = await engine.start('p1');
    await engine.passTime(2 * HOUR);
    for (let round = 0; round < 30; round++) await goOn(engine);
    // Its join awaits a flow that the instance never takes: those can only be cancelled.
    for (const { key, bpmn_process_id } of running(engine)) {
      expect(bpmn_process_id).toBe('all');
      await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: Number(key) });
    }
    expect(running(engine)).toEqual([]);
    expect(engine.stateOf(begun)).toBe('COMPLETED');
    expect(dumpRebuilt(engine.core.db)).toEqual(dumpTables(engine.core.db));
  });
});

const running = (engine: EngineUnderTest) => engine.rows(`SELECT key, bpmn_process_id FROM process_instances WHERE state = 'ACTIVE'`);

/** Does what the instances wait for, whatever it is. */
async function goOn(engine: EngineUnderTest): Promise<void> {
  for (const { key } of engine.incidents()) await engine.accepted({ type: 'incident.resolve', incidentKey: key });
  for (const { type, kind } of engine.rows(`SELECT DISTINCT type, kind FROM jobs WHERE phase = 'ACTIVATABLE'`)) {
    const adHoc = kind === 'AD_HOC_SUB_PROCESS' ? { adHoc: { activate: [], isFulfilled: true, cancelRemaining: true } } : {};
    const variables = kind === 'TASK_LISTENER' ? {} : { again: false };
    for (const job of await engine.activate(String(type))) await engine.core.submit({ type: 'job.complete', jobKey: job.key, variables, ...adHoc });
  }
  for (const { key } of engine.rows(`SELECT key FROM element_instances WHERE element_id = 'ah' AND state = 'ACTIVE'`)) {
    await engine.core.submit({ type: 'ad-hoc.activate', adHocSubProcessInstanceKey: Number(key), elements: [{ elementId: 'A', variables: {} }], cancelRemaining: false });
  }
  for (const { key } of engine.rows(`SELECT key FROM user_tasks WHERE state = 'CREATED'`)) await engine.core.submit({ type: 'user-task.complete', userTaskKey: Number(key), variables: {} });
  for (const { name } of engine.rows('SELECT DISTINCT signal_name AS name FROM signal_subscriptions WHERE element_instance_key IS NOT NULL')) {
    await engine.accepted({ type: 'signal.broadcast', signalName: String(name), variables: {} });
  }
  for (const { name, key } of engine.rows('SELECT DISTINCT message_name AS name, correlation_key AS key FROM message_subscriptions WHERE open = 1')) {
    await engine.accepted({ type: 'message.publish', name: String(name), correlationKey: String(key), timeToLive: 0, variables: {} });
  }
  await engine.passTime(10 * HOUR);
}

/** With STELLWERK_WRITE_GOLDEN=1 the store of this version becomes golden: done once, at its release. */
test('a store written as SQL is the same store when it is read', async () => {
  const file = newFile();
  const engine = startEngine({ file });
  await fillEveryTable(engine);
  await engine.core.close();
  const db = new DatabaseSync(file);
  const text = dumpSql(db);
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  const read = new DatabaseSync(':memory:');
  read.exec(text);
  expect(schemaOf(read)).toEqual(schemaOf(db));
  expect(dumpTables(read)).toEqual(dumpTables(db));
  db.close();
  read.close();
  if (process.env['STELLWERK_WRITE_GOLDEN'] === '1') writeFileSync(new URL(`engine-store-${version}.sql`, golden), text);
});
