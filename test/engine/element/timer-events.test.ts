// Timers: catch events, boundary events that interrupt or not, start events.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { START, startEngine } from '../engine-under-test.ts';

const HOUR = 3_600_000;

test('a catch event waits out its duration, to the millisecond', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().catch('pause', { timer: { duration: '=wait' } }).end()));
  const key = await engine.start('one', { wait: 'PT2H' });
  await engine.passTime(2 * HOUR - 1);
  expect(engine.path(key)).toEqual(['start', 'pause:ACTIVE']);
  await engine.passTime(1);
  expect(engine.path(key)).toEqual(['start', 'pause', 'end']);
  expect(engine.rows('SELECT * FROM timers')).toEqual([]);
});

test('a catch event waits for its date', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().catch('pause', { timer: { date: '=due' } }).end()));
  const key = await engine.start('one', { due: '2026-11-23T12:00:00+01:00' });
  await engine.passTime(23 * HOUR - 1);
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.passTime(1);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('raises an incident when the date is none, and waits once that is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().catch('pause', { timer: { date: '=due' } }).end()));
  const key = await engine.start('one', { due: 'soon' });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'pause', message: `Invalid date-time format 'soon' for expression` });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { due: '2026-11-22T13:00:00Z' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await engine.passTime(HOUR);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an interrupting boundary timer ends the task', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().user('review').end().boundary('late', 'review', { timer: { duration: 'PT1H' } }).service('escalate').end('escalated')));
  const key = await engine.start('one');
  await engine.passTime(HOUR);
  expect(engine.path(key)).toEqual(['start', 'review:TERMINATED', 'late', 'escalate:ACTIVE']);
  await engine.work('escalate');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('a boundary timer that does not interrupt adds a token; the instance ends when both are done', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().user('review').end().boundary('late', 'review', { timer: { duration: 'PT1H' } }, { nonInterrupting: true }).service('escalate').end('escalated')));
  const key = await engine.start('one');
  await engine.passTime(HOUR);
  expect(engine.path(key)).toEqual(['start', 'review:ACTIVE', 'late', 'escalate:ACTIVE']);
  await engine.accepted({ type: 'user-task.complete', userTaskKey: engine.openTask().key, variables: {} });
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('escalate');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('a boundary timer cycle comes as often as it says, and no more once the task is done', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().user('review').end().boundary('remind', 'review', { timer: { cycle: '=rhythm' } }, { nonInterrupting: true }).service('send').end('sent')));
  await engine.start('one', { rhythm: 'R3/PT1H' });
  for (const count of [1, 2, 3, 3]) {
    await engine.passTime(HOUR);
    expect(engine.rows(`SELECT 1 FROM element_instances WHERE element_id = 'remind'`)).toHaveLength(count);
  }
  await engine.start('one', { rhythm: 'R/PT1H' });
  expect(engine.rows('SELECT 1 FROM timers')).toHaveLength(1);
  const task = engine.rows(`SELECT key FROM user_tasks ORDER BY key DESC`)[0]!;
  await engine.accepted({ type: 'user-task.complete', userTaskKey: Number(task['key']), variables: {} });
  expect(engine.rows('SELECT 1 FROM timers')).toEqual([]);
});

test('when the task is done its boundary timer is taken back', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end().boundary('late', 'work', { timer: { duration: 'PT1H' } }).end('late-end')));
  const key = await engine.start('one');
  await engine.work('work');
  await engine.passTime(HOUR);
  expect(engine.path(key)).toEqual(['start', 'work', 'end']);
});

test('the boundary timer sees the local variables of its task', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', {}, { inputs: { limit: 'PT5M' } }).end().boundary('late', 'work', { timer: { duration: '=limit' } }).end('late-end')));
  await engine.start('one');
  expect(engine.rows('SELECT due_at FROM timers')).toEqual([{ due_at: START + 300_000 }]);
});

test('a boundary timer that cannot be read leaves the task waiting for a resolution, without a job', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end().boundary('late', 'work', { timer: { duration: '=limit' } }).end('late-end')));
  const key = await engine.start('one');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'work' });
  expect(await engine.activate('work')).toEqual([]);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { limit: 'PT1H' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(await engine.activate('work')).toHaveLength(1);
});

test('a timer start event starts an instance per turn, of the latest version only', async () => {
  const engine = startEngine();
  const version = (job: string) => buildProcess('nightly', (p) => p.start('start', { timer: { cycle: 'R/P1D' } }).service(job).end());
  await engine.deploy(version('first'));
  await engine.passTime(24 * HOUR);
  await engine.passTime(24 * HOUR);
  await engine.deploy(version('second'));
  await engine.passTime(24 * HOUR);
  expect(await engine.activate('first')).toHaveLength(2);
  expect(await engine.activate('second')).toHaveLength(1);
});

test('a timer start event with a date starts one instance', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('once', (p) => p.start('start', { timer: { date: '2026-11-22T13:00:00Z' } }).end()));
  await engine.passTime(HOUR);
  await engine.passTime(HOUR);
  expect(engine.rows('SELECT state FROM process_instances')).toEqual([{ state: 'COMPLETED' }]);
});
