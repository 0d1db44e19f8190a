// Completions that do not wait for the disk: what a power failure takes back, and who may hear of them before.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createRestHandler } from '../../../engine/rest/handle.ts';
import { copyStore, logLength } from '../../harness/power-failure.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

/** An engine on a file with an instance whose first job is handed out, and ways to look at what a power failure would leave. */
async function startOnFile() {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const file = join(folder, 'engine.db');
  const engine = startEngine({ file });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await engine.deploy(buildProcess('p', (process) => process.start().service('first', { type: 'first' }).service('second', { type: 'second' }).end()));
  await engine.start('p');
  const first = await engine.oneJob('first');
  let copies = 0;
  return {
    ...engine,
    first,
    unsynced: () => engine.core.metrics().unsyncedCommits,
    syncedLength: logLength(file),
    /** `type:state` of each job in a copy of the files. */
    jobsAfter: (syncedLength: number | undefined) => {
      const copy = join(folder, `copy-${++copies}.db`);
      copyStore(file, copy, syncedLength);
      const db = new DatabaseSync(copy);
      const jobs = db.prepare('SELECT type, state FROM jobs ORDER BY key').all().map(({ type, state }) => `${String(type)}:${String(state)}`);
      db.close();
      return jobs;
    },
    completeLightly: (jobKey: number) => engine.core.submit({ type: 'job.complete', jobKey, variables: {} }, { isLight: true }),
  };
}

const request = (path: string, body: unknown, repeatsHarmlessly: boolean) =>
  ({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)), signal: new AbortController().signal, repeatsHarmlessly });

test('a light completion is kept when the process ends, and taken back as a whole by a power failure', async () => {
  const { first, completeLightly, jobsAfter, syncedLength, unsynced } = await startOnFile();
  await completeLightly(first.key);
  expect(unsynced()).toBe(1);
  expect(jobsAfter(undefined)).toEqual(['first:COMPLETED', 'second:CREATED']);
  expect(jobsAfter(syncedLength)).toEqual(['first:CREATED']);
});

test('the next durable command makes it durable too', async () => {
  const { first, completeLightly, start, unsynced } = await startOnFile();
  await completeLightly(first.key);
  await start('p');
  expect(unsynced()).toBe(0);
});

test('a command that shares its batch with one that is not light waits for the disk with it', async () => {
  const { first, completeLightly, start, unsynced } = await startOnFile();
  await Promise.all([completeLightly(first.key), start('p')]);
  expect(unsynced()).toBe(0);
});

test('nothing stays unsynced for long', async () => {
  const { first, completeLightly, unsynced } = await startOnFile();
  await completeLightly(first.key);
  await vi.waitFor(() => expect(unsynced()).toBe(0));
});

test('somebody else is shown it only once it is durable', async () => {
  const { core, first, completeLightly, unsynced } = await startOnFile();
  const handle = createRestHandler(core, { onDefect: (error) => { throw error; }, isClosing: () => false });
  await completeLightly(first.key);
  await handle(request('/jobs/search', {}, true));
  expect(unsynced()).toBe(1);
  await handle(request('/jobs/search', {}, false));
  expect(unsynced()).toBe(0);
});

test('somebody else who waits for a job gets the one it brings only once that is durable', async () => {
  const { core, first, completeLightly, unsynced } = await startOnFile();
  const handle = createRestHandler(core, { onDefect: (error) => { throw error; }, isClosing: () => false });
  const waiting = handle(request('/jobs/activation', { type: 'second', timeout: 60_000, maxJobsToActivate: 1 }, false));
  await vi.waitFor(() => expect(core.metrics().waitingActivations).toBe(1));
  let unsyncedAtAnswer: number | undefined;
  const answered = waiting.then((answer) => { unsyncedAtAnswer = unsynced(); return answer; });
  await completeLightly(first.key);
  expect(String((await answered).body)).toContain('"type":"second"');
  expect(unsyncedAtAnswer).toBe(0);
});
