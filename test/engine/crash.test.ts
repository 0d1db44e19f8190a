// Kill the process at any moment: what was acknowledged is there, and the state is what the log says.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../engine/store/open-store.ts';
import { dumpRebuilt, dumpTables } from './dump-store.ts';

const child = new URL('./crash-child.ts', import.meta.url).pathname;

/** Runs the child until it has said so many lines, kills it, and answers what it said. */
async function runAndKill(file: string, lines: number): Promise<string[]> {
  const process_ = spawn(process.execPath, [child, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: process_.stdout })) {
    said.push(line);
    if (said.length === lines) process_.kill('SIGKILL');
  }
  return said;
}

test('after a kill every acknowledged command is there and the state equals the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'engine.db');
  const said: string[] = [];
  for (const lines of [1, 7, 40, 101, 256]) {
    said.push(...(await runAndKill(file, lines)));
    const store = openStore(file);
    const rows = (sql: string) => new Set(store.db.prepare(sql).all().map((row) => String(row['key'])));
    const instances = rows('SELECT key FROM process_instances');
    const worked = rows(`SELECT process_instance_key AS key FROM user_tasks`);
    for (const line of said) {
      const [word, key = ''] = line.split(' ');
      if (word === 'created') expect(instances, line).toContain(key);
      if (word === 'worked') expect(worked, line).toContain(key);
    }
    expect(dumpRebuilt(store.db)).toEqual(dumpTables(store.db));
    expect(store.db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    store.close();
  }
  expect(said.filter((line) => line.startsWith('worked')).length).toBeGreaterThan(100);
}, 60_000);
