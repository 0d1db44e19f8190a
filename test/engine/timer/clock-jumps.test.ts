// The clock goes back or jumps ahead: no timer fires twice, none is lost, no job is held for ever.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createClock } from '../../../engine/clock.ts';
import { openCore } from '../../../engine/core.ts';
import { createScheduler } from '../../../engine/processing/scheduler.ts';
import { buildProcess } from '../build-process.ts';
import { START, startEngine } from '../engine-under-test.ts';

const HOUR = 3_600_000;
const waitsAnHour = buildProcess('one', (p) => p.start().catch('pause', { timer: { duration: 'PT1H' } }).end());
const reminds = buildProcess('reminds', (p) => p.start().user('review').end().boundary('remind', 'review', { timer: { cycle: 'R/PT1H' } }, { nonInterrupting: true }).end('reminded'));

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

test('a timer that fired does not fire again when the clock goes back, and one that waits is not lost', async () => {
  const engine = startEngine();
  await engine.deploy(waitsAnHour);
  const [fired, waiting] = [await engine.start('one'), await engine.start('one')];
  await engine.passTime(HOUR);
  expect([engine.stateOf(fired), engine.stateOf(waiting)]).toEqual(['COMPLETED', 'COMPLETED']);
  const late = await engine.start('one');
  await engine.passTime(-HOUR);
  expect(engine.stateOf(late)).toBe('ACTIVE');
  const early = await engine.start('one');
  await engine.passTime(HOUR);
  expect([engine.stateOf(late), engine.stateOf(early)]).toEqual(['ACTIVE', 'COMPLETED']);
  await engine.passTime(HOUR);
  expect(engine.stateOf(late)).toBe('COMPLETED');
  expect(engine.rows(`SELECT count(*) AS n FROM element_instances WHERE element_id = 'pause'`)).toEqual([{ n: 4 }]);
});

test('a cycle goes on once an hour, however the clock is set', async () => {
  const engine = startEngine();
  await engine.deploy(reminds);
  await engine.start('reminds');
  const reminders = () => Number(engine.rows(`SELECT count(*) AS n FROM element_instances WHERE element_id = 'reminded'`)[0]?.['n']);
  await engine.passTime(HOUR);
  expect(reminders()).toBe(1);
  await engine.passTime(-HOUR);
  await engine.passTime(HOUR);
  expect(reminders()).toBe(1);
  await engine.passTime(HOUR);
  expect(reminders()).toBe(2);
  expect(engine.rows('SELECT count(*) AS n FROM timers')).toEqual([{ n: 1 }]);
});

test('a job whose lock ends in the past or the far future comes again once', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end()));
  await engine.start('one');
  const job = await engine.oneJob('work');
  await engine.passTime(-HOUR);
  expect(await engine.activate('work')).toEqual([]);
  await engine.passTime(10 * HOUR);
  const [again, ...others] = await engine.activate('work');
  expect([again?.key, others]).toEqual([job.key, []]);
  await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {} });
  expect((await engine.refused({ type: 'job.complete', jobKey: job.key, variables: {} })).code).toBe('NOT_FOUND');
});

test('a clock behind the log is told of when the store is opened', async () => {
  const engine = startEngine();
  await engine.deploy(waitsAnHour);
  const folder = mkdtempSync(join(tmpdir(), 'clock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'engine.db');
  engine.core.db.exec(`VACUUM INTO '${file}'`);
  const said: string[] = [];
  const clock = createClock();
  clock.pin(START - HOUR);
  const core = openCore({ file, clock, logger: { info: () => {}, error: () => {}, warn: (_fields, message) => { said.push(message); } } });
  await core.close();
  expect(said).toEqual([expect.stringContaining('The clock stands at 2026-11-22T11:00:00.000Z, but the last command was decided at 2026-11-22T12:00:00.000Z.')]);
});

test('a machine clock that jumps ahead is noticed within ten seconds', () => {
  let machine = START;
  let woken = 0;
  const scheduler = createScheduler(createClock(() => machine), () => { woken += 1; });
  scheduler.consider(START + HOUR);
  machine += HOUR;
  vi.advanceTimersByTime(9_999);
  expect(woken).toBe(0);
  vi.advanceTimersByTime(1);
  expect(woken).toBe(1);
  scheduler.close();
});
