// Event sub-processes: what starts them while the scope around them runs, and what they end.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import type { ScopeBuilder } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { refuses, runs } from './diagrams.ts';

const HOUR = 3_600_000;
type OnEvent = Parameters<ScopeBuilder['onEvent']>;
const watched = (trigger: OnEvent[1], extras: OnEvent[3] = {}) => buildProcess('watched', (p) => p.start().service('work').end().onEvent('watch', trigger, (s) => s.service('react').end('watch-end'), extras));

test('a timer interrupts: all else in the process ends, and the process ends with the event sub-process', async () => {
  const engine = startEngine();
  await engine.deploy(watched({ timer: { duration: 'PT1H' } }));
  const key = await engine.start('watched');
  await engine.passTime(HOUR);
  expect(engine.path(key)).toEqual(['start', 'work:TERMINATED', 'watch:ACTIVE', 'watch-start', 'react:ACTIVE']);
  await engine.work('react');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('a cycle that does not interrupt comes again and again beside the work', async () => {
  const engine = startEngine();
  await engine.deploy(watched({ timer: { cycle: 'R/PT1H' } }, { nonInterrupting: true }));
  const key = await engine.start('watched');
  await engine.passTime(HOUR);
  await engine.passTime(HOUR);
  expect(await engine.activate('react')).toHaveLength(2);
  await engine.work('work');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  for (const { key: jobKey } of engine.rows(`SELECT key FROM jobs WHERE type = 'react'`)) await engine.accepted({ type: 'job.complete', jobKey: Number(jobKey), variables: {} });
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.rows('SELECT 1 FROM timers')).toEqual([]);
});

test('a message brings its variables into the process, or only what the start event maps out', async () => {
  const engine = startEngine();
  await engine.deploy(watched({ message: { name: 'news', key: '=id' } }, { nonInterrupting: true, startOutputs: { heard: '=word' } }));
  const key = await engine.start('watched', { id: 'a' });
  for (const word of ['hello', 'bye']) await engine.accepted({ type: 'message.publish', name: 'news', correlationKey: 'a', timeToLive: 0, variables: { word, more: 1 } });
  expect(engine.variables(key)).toEqual({ id: 'a', heard: 'bye' });
  expect(await engine.activate('react')).toHaveLength(2);
});

test('the key of a message may be a variable that the start message just brought', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('watched', (p) => p.start('start', { message: { name: 'go' } }).service('work').end().onEvent('watch', { message: { name: 'stop', key: '=id' } }, (s) => s.end('stopped'))));
  await engine.accepted({ type: 'message.publish', name: 'go', correlationKey: '', timeToLive: 0, variables: { id: 'a' } });
  await engine.accepted({ type: 'message.publish', name: 'stop', correlationKey: 'a', timeToLive: 0, variables: {} });
  expect(engine.rows(`SELECT state FROM process_instances`)).toEqual([{ state: 'COMPLETED' }]);
});

test('an error is caught before the boundary event of the sub-process sees it; once interrupted nothing is caught there', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().sub('inner', (s) => s.start('s').service('work').end('e').onEvent('rescue', { error: 'E' }, (r) => r.end('again', { error: 'E' }))).end()
    .boundary('outer', 'inner', { error: 'E' }).end('sorry')));
  const key = await engine.start('one');
  const job = await engine.oneJob('work');
  await engine.accepted({ type: 'job.throw-error', jobKey: job.key, errorCode: 'E', errorMessage: '', variables: {} });
  expect(engine.path(key)).toEqual(['start', 'inner:ACTIVE', 's', 'work:TERMINATED', 'rescue:ACTIVE', 'rescue-start', 'again:ACTIVE']);
  expect(engine.incidents()).toMatchObject([{ type: 'UNHANDLED_ERROR_EVENT', element: 'again' }]);
});

test('an interrupting start closes what the others of the scope waited for', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end()
    .onEvent('first', { timer: { duration: 'PT1H' } }, (s) => s.service('a').end('a-end')).onEvent('second', { signal: 'go' }, (s) => s.end('b-end'), { nonInterrupting: true })));
  const key = await engine.start('one');
  await engine.passTime(HOUR);
  await engine.accepted({ type: 'signal.broadcast', signalName: 'go', variables: {} });
  expect(engine.path(key)).not.toContain('second');
  expect(engine.rows('SELECT 1 FROM signal_subscriptions')).toEqual([]);
});

test('a start that cannot be awaited is an incident at the start event of the scope', async () => {
  const engine = startEngine();
  await engine.deploy(watched({ timer: { duration: '=limit' } }));
  const key = await engine.start('watched');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'start' });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { limit: 'PT1H' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await engine.passTime(HOUR);
  expect(engine.path(key)).toContain('react:ACTIVE');
});

test('cancelling takes back what the process waited for', async () => {
  const engine = startEngine();
  await engine.deploy(watched({ timer: { duration: 'PT1H' } }));
  const key = await engine.start('watched');
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.rows('SELECT 1 FROM timers')).toEqual([]);
});

test('variables may be called whatever they like: an error brings "failure" and "message" along like any other', async () => {
  const engine = startEngine();
  await engine.deploy(watched({ error: 'BROKEN' }));
  const key = await engine.start('watched', { failure: 'CONDITION_ERROR', message: 'mine' });
  const [job] = await engine.activate('work');
  await engine.accepted({ type: 'job.throw-error', jobKey: job?.key ?? 0, errorCode: 'BROKEN', errorMessage: '', variables: { failure: 'CONDITION_ERROR', message: 'brought' } });
  expect(engine.path(key)).toEqual(['start', 'work:TERMINATED', 'watch:ACTIVE', 'watch-start', 'react:ACTIVE']);
  expect(engine.rows('SELECT 1 FROM incidents')).toEqual([]);
});

// The two diagrams of this element.
test('interrupts the scope around it', () => runs('event-sub-process', { drive: (engine) => engine.passTime(3_600_000), path: ['start', 'work:TERMINATED', 'late', 'late-start', 'late-end'] }));

test('an event sub-process without trigger is refused', () => refuses('event-sub-process', 'Element: x', 'Start events in event subprocesses must be one of: message, timer, error, signal or escalation'));

test('ends the event that throws the signal which interrupts its own scope, before it completes', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().end('thrown', { throws: { signal: 'go' } }).onEvent('on', { signal: 'go' }, (s) => s.service('work').end('done'))));
  const key = await engine.start('p');
  expect(engine.path(key)).toEqual(['start', 'thrown:TERMINATED', 'on:ACTIVE', 'on-start', 'work:ACTIVE']);
});
