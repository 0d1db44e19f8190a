// Completions that do not wait for the commit: what the end of the process takes back, and who may hear of them before.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openCore } from '../../../engine/core.ts';
import { createRestHandler } from '../../../engine/rest/handle.ts';
import { copyStore } from '../../harness/copy-store.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const diagram = buildProcess('p', (process) => process.start().service('first', { type: 'first' }).service('second', { type: 'second' }).end());

// What is held is committed after a while of real time: a busy machine must not get there before a test has looked.
beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

/** An engine on a file with an instance whose first job is handed out, and ways to look at what the end of the process would leave. */
async function startOnFile(given: { beforeCommit?: () => void } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const file = join(folder, 'engine.db');
  const engine = startEngine({ ...given, file });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await engine.deploy(diagram);
  await engine.start('p');
  const first = await engine.oneJob('first');
  const { core } = engine;
  let copies = 0;
  return {
    ...engine,
    file,
    first,
    held: () => core.metrics().heldBatches,
    handle: createRestHandler(core, { onDefect: (error) => { throw error; }, isClosing: () => false }),
    /** `type:state` of each job, would the process end now. */
    jobsLeft: () => {
      const copy = join(folder, `copy-${++copies}.db`);
      copyStore(file, copy);
      const db = new DatabaseSync(copy);
      const jobs = db.prepare('SELECT type, state FROM jobs ORDER BY key').all().map(({ type, state }) => `${String(type)}:${String(state)}`);
      db.close();
      return jobs;
    },
    completeLightly: (jobKey: number) => core.submit({ type: 'job.complete', jobKey, variables: {} }, { isLight: true }),
    takeLightly: (jobType: string) => core.activateJobs({ jobType, worker: 'test', timeout: 60_000, maxJobs: 10, requestTimeout: -1 }, undefined, { isLight: true }),
  };
}

const request = (path: string, body: unknown, repeatsHarmlessly: boolean) =>
  ({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)), signal: new AbortController().signal, repeatsHarmlessly });

test('light completions wait for a commit together, and the end of the process takes them back together', async () => {
  const { first, completeLightly, takeLightly, jobsLeft, held } = await startOnFile();
  await completeLightly(first.key);
  const [second] = await takeLightly('second');
  await completeLightly(second?.key ?? 0);
  expect(held()).toBe(3);
  expect(jobsLeft()).toEqual(['first:CREATED']);
});

test('the next command that is not light commits them with it', async () => {
  const { first, completeLightly, start, jobsLeft, held } = await startOnFile();
  await completeLightly(first.key);
  await start('p');
  expect(held()).toBe(0);
  expect(jobsLeft()).toEqual(['first:COMPLETED', 'second:CREATED', 'first:CREATED']);
});

test('what is held after a commit has its whole time again', async () => {
  const { first, completeLightly, takeLightly, start, held } = await startOnFile();
  await completeLightly(first.key);
  vi.advanceTimersByTime(40);
  await start('p');
  await takeLightly('second');
  vi.advanceTimersByTime(49);
  expect(held()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(held()).toBe(0);
});

test('a light command in one batch with another waits for the commit', async () => {
  const { first, completeLightly, start, held } = await startOnFile();
  await Promise.all([completeLightly(first.key), start('p')]);
  expect(held()).toBe(0);
});

test('nothing is held for long, and nothing when the engine closes', async () => {
  const { core, file, first, completeLightly, takeLightly, held } = await startOnFile();
  await completeLightly(first.key);
  expect(held()).toBe(1);
  vi.advanceTimersByTime(50);
  expect(held()).toBe(0);
  await takeLightly('second');
  expect(held()).toBe(1);
  await core.close();
  const again = openCore({ file, clock: core.clock });
  onTestFinished(() => again.close());
  expect(again.db.prepare(`SELECT phase FROM jobs WHERE type = 'second'`).get()).toEqual({ phase: 'ACTIVATED' });
});

test('what they rely on elsewhere is told to be put on disk before their commit, and not before it is due', async () => {
  let asked = 0;
  const { first, completeLightly, start, held } = await startOnFile({ beforeCommit: () => { asked += 1; } });
  asked = 0;
  await completeLightly(first.key);
  expect({ asked, held: held() }).toEqual({ asked: 0, held: 1 });
  vi.advanceTimersByTime(50);
  expect({ asked, held: held() }).toEqual({ asked: 1, held: 0 });
  await start('p');
  expect(asked).toBe(2);
});

test('where that cannot be done they are taken back', async () => {
  let diskIsFull = false;
  const { first, completeLightly, jobsLeft, held, oneJob } = await startOnFile({ beforeCommit: () => { if (diskIsFull) throw new Error('the other store could not be written'); } });
  await completeLightly(first.key);
  diskIsFull = true;
  vi.advanceTimersByTime(50);
  expect(held()).toBe(0);
  diskIsFull = false;
  expect(jobsLeft()).toEqual(['first:CREATED']);
  await completeLightly(first.key);
  expect(await oneJob('second')).toBeDefined();
});

test('somebody else is shown it only once it is durable', async () => {
  const { handle, first, completeLightly, held } = await startOnFile();
  await completeLightly(first.key);
  await handle(request('/jobs/search', {}, true));
  expect(held()).toBe(1);
  await handle(request('/jobs/search', {}, false));
  expect(held()).toBe(0);
});

test('somebody else who waits for a job gets the one it brings only once that is durable', async () => {
  const { core, handle, first, completeLightly, held } = await startOnFile();
  const waiting = handle(request('/jobs/activation', { type: 'second', timeout: 60_000, maxJobsToActivate: 1 }, false));
  await vi.waitFor(() => expect(core.metrics().waitingActivations).toBe(1));
  await completeLightly(first.key);
  expect(held()).toBe(0);
  expect(String((await waiting).body)).toContain('"type":"second"');
});

test('where it cannot be committed it is taken back, and no key that a worker knows is given again', async () => {
  const { first, completeLightly, takeLightly, deploy, start, rows, held } = await startOnFile();
  await deploy(buildProcess('later', (process) => process.start().service('other', { type: 'other' }).end()));
  await completeLightly(first.key);
  const [second] = await takeLightly('second');
  rows('PRAGMA max_page_count = 1');
  await expect(start('later', { text: 'x'.repeat(1_000_000) })).rejects.toThrow("took the transaction back");
  rows('PRAGMA max_page_count = 1073741823');
  expect(held()).toBe(0);
  await start('later');
  expect(rows('SELECT type, phase FROM jobs ORDER BY key')).toEqual([{ type: 'first', phase: 'ACTIVATED' }, { type: 'other', phase: 'ACTIVATABLE' }]);
  expect(rows('SELECT key FROM jobs WHERE key <= ? ORDER BY key', second?.key ?? 0)).toEqual([{ key: first.key }]);
});

test('jobs that are free again because their handing out was taken back go to those who wait for one', async () => {
  const { core, takeLightly, start, rows, passTime } = await startOnFile();
  await start('p');
  const [taken] = await takeLightly('first');
  const waiting = core.activateJobs({ jobType: 'first', worker: 'other', timeout: 60_000, maxJobs: 1, requestTimeout: 3_600_000 }, undefined, { isLight: true });
  await core.settled();
  rows('PRAGMA max_page_count = 1');
  await expect(start('p', { text: 'x'.repeat(1_000_000) })).rejects.toThrow('took the transaction back');
  rows('PRAGMA max_page_count = 1073741823');
  await passTime(1_000);
  expect(await waiting).toMatchObject([{ key: taken?.key, worker: 'other' }]);
});

test('no key that a worker knows is given again however many batches fail after that', async () => {
  const { first, completeLightly, takeLightly, deploy, start, rows, core } = await startOnFile();
  await deploy(buildProcess('later', (process) => process.start().service('other', { type: 'other' }).end()));
  await completeLightly(first.key);
  const [second] = await takeLightly('second');
  rows('PRAGMA max_page_count = 1');
  for (const text of ['x', 'y']) await expect(start('later', { text: text.repeat(1_000_000) })).rejects.toThrow('took the transaction back');
  rows('PRAGMA max_page_count = 1073741823');
  const lastKnown = second?.key ?? Infinity;
  expect(core.metrics().lastKey).toBeGreaterThanOrEqual(lastKnown);
  await start('later');
  expect(rows('SELECT key FROM jobs WHERE key <= ? ORDER BY key', lastKnown)).toEqual([{ key: first.key }]);
});
