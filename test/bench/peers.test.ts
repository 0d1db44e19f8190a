import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Timing } from './measure.ts';
import type { Contestant } from './peers/contestant.ts';
import { floor } from './peers/our-contestants.ts';
import { peersMarkdown, peersRows } from './peers/peers-table.ts';
import { runRounds, type Standing } from './peers/run-rounds.ts';
import { cpuMsOf, residentBytesOf } from './process-tree.ts';
import { verdictOn } from './targets.ts';

const sizes = { warmUp: 1, rounds: 3, atOnce: 10, oneAtATime: 1, short: true, say: () => {} };

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'stellwerk-peers-test-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** Answers one speed after the other to what is run 100 at once. */
function contestant(name: string, speeds: number[], log: string[] = []): Contestant {
  const timing = (perSecond: number): Timing => ({ count: 1, concurrency: 1, perSecond, p50Ms: 1, p99Ms: 2 });
  return {
    name,
    durability: 'none',
    open: async () => ({
      async run(_count, atOnce) {
        if (atOnce === 1) return timing(1);
        log.push(name);
        const speed = speeds.shift();
        if (speed === undefined) throw new Error(`${name} is broken`);
        return timing(speed);
      },
      warmUp: async () => 'nobody',
      cpuMs: () => 0,
      async close() {
        log.push(`${name} closed`);
      },
    }),
  };
}

test('plays every round with all, begun by another each time, and takes medians', async () => {
  const log: string[] = [];
  const { standings, failures } = await runRounds([contestant('a', [1, 100, 3], log), contestant('b', [5, 6, 4], log)], folder(), sizes);
  expect(log).toEqual(['a', 'b', 'b', 'a', 'a', 'b', 'a closed', 'b closed']);
  expect(standings.map(({ perSecond }) => perSecond)).toEqual([{ median: 3, least: 1, most: 100 }, { median: 5, least: 4, most: 6 }]);
  expect(failures).toEqual([]);
});

test('names one that fails, closes it, and goes on with the others', async () => {
  const log: string[] = [];
  const unopened: Contestant = { name: 'c', durability: '', open: () => Promise.reject(new Error('no such engine')) };
  const { standings, failures } = await runRounds([contestant('a', [1, 2, 3], log), contestant('b', [], log), unopened], folder(), sizes);
  expect(failures.map(({ name }) => name)).toEqual(['c', 'b']);
  expect(standings.map(({ name }) => name)).toEqual(['a']);
  expect(log).toEqual(['a', 'b', 'a', 'a', 'a closed', 'b closed']);
});

test('writes ratios above 1 where ours is better', () => {
  const standing = (name: string, perSecond: number, p50Ms: number, cpuMs: number): Standing => ({ name, durability: 'x', served: 'y', perSecond: { median: perSecond, least: 1, most: 2 }, oneAtATime: { p50Ms, p99Ms: 9 }, cpuMs, load: { least: 0.5, most: 0.5 } });
  const ours = standing('ours', 3_000, 1, 0.3);
  const rows = peersRows([ours, standing('theirs', 300, 4, 1.5)], ours);
  expect(rows[1]).toMatchObject({ 'ours is faster by': '10 ×', 'ours is sooner by': '4 ×', 'ours takes less by': '5 ×', load: '0.5' });
  expect(peersMarkdown([ours], ours)).toContain('| ours | 3000 | 1 to 2 | 1 × |');
});

test('says by how much a target is missed', () => {
  expect(verdictOn({ what: 'Speed', wanted: 3_000, found: 1_500, unit: ' a second', better: 'more' })).toBe('Speed: 1500 a second, wanted at least 3000 a second: **missed** by a factor of 2.');
  expect(verdictOn({ what: 'Wait', wanted: 2, found: 1.5, unit: ' ms', better: 'less' })).toBe('Wait: 1.5 ms, wanted at most 2 ms: met.');
});

test('runs the process on a stub, which is the floor', async () => {
  const open = await floor.open(folder());
  onTestFinished(() => open.close());
  expect(await open.run(20, 5)).toMatchObject({ count: 20, concurrency: 5 });
});

test('counts what a process and those below it use', async () => {
  const child = spawn('sh', ['-c', 'while :; do :; done & echo up; wait'], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  onTestFinished(() => {
    // It would outlive a test that fails.
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
  });
  const before = cpuMsOf(pid);
  while (cpuMsOf(pid) < before + 30) await new Promise((resolve) => setImmediate(resolve));
  expect(residentBytesOf(pid)).toBeGreaterThan(100_000);
  process.kill(-pid, 'SIGKILL');
  await once(child, 'exit');
  expect(cpuMsOf(pid)).toBe(0);
});
