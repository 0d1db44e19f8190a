// The process is killed between any two statements while an older store of the engine is brought up to date: the next start does it whole, and nothing is lost.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../engine/store/open-store.ts';
import { verifyStore } from '../../engine/verify/verify-store.ts';
import { dumpTables } from '../engine/dump-store.ts';
import type { KillPoint } from './kill-points.ts';

const golden = readFileSync(new URL('../golden/engine-store-2.sql', import.meta.url), 'utf8');
const root = join(import.meta.dirname, '../..');

function oldStore(folder: string): string {
  const file = join(folder, 'engine.db');
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; BEGIN; ${golden} COMMIT;`);
  db.close();
  return file;
}

/** Opens the store in a process that dies after this statement of the upgrades; false where there are not so many. */
function killAfter(nth: number, file: string, log: string): boolean {
  const point: KillPoint = { file: 'engine.db', at: 'in-script', nth, afterMicroseconds: 0, log };
  const script = `import { openStore } from './engine/store/open-store.ts'; openStore(${JSON.stringify(file)}).close();`;
  const { signal, status, stderr } = spawnSync(process.execPath, ['--import', './test/crash/kill-points.ts', '--input-type=module', '-e', script], { cwd: root, env: { ...process.env, STELLWERK_TEST_KILL_AT: JSON.stringify(point) }, encoding: 'utf8' });
  if (signal === 'SIGKILL') {
    expect(existsSync(log)).toBe(true);
    return true;
  }
  expect(status, stderr).toBe(0);
  return false;
}

test('killed after any statement of the upgrade from version 2, the store opens, is upgraded, and equals its log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'migration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const before = new DatabaseSync(oldStore(folder));
  const rows = dumpTables(before);
  before.close();
  let kills = 0;
  // Each third: the scripts have transactions of three lengths, so that every place in them is met.
  for (let nth = 1; ; nth += 3) {
    const file = oldStore(folder);
    if (!killAfter(nth, file, join(folder, `log-${nth}`))) break;
    kills += 1;
    const store = openStore(file);
    const after = dumpTables(store.db);
    for (const [table, kept] of Object.entries(rows)) expect(after[table], `${table} after statement ${nth}`).toMatchObject(kept);
    expect(verifyStore(store.db)).toMatchObject({ ok: true });
    store.close();
  }
  expect(kills).toBeGreaterThan(5);
}, 400_000);
