// Activities that wait for nothing do not open their boundary events; what waits does.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import type { ScopeBuilder } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const ask = { message: { name: 'ask', key: '=k' } };
const kinds: readonly [string, (scope: ScopeBuilder) => ScopeBuilder][] = [
  ['a script task', (p) => p.script('x', '=1', 'r')],
  ['a manual task', (p) => p.add('manualTask', 'x')],
  ['an undefined task', (p) => p.add('task', 'x')],
];

test.each(kinds)('%s leaves a buffered message to others', async (_what, draw) => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => draw(p.start('s')).end('e').boundary('b', 'x', ask).end('e2')));
  await engine.accepted({ type: 'message.publish', name: 'ask', correlationKey: '1', timeToLive: 60_000, variables: {} });
  const key = await engine.start('p', { k: '1' });
  expect(engine.path(key)).toEqual(['s', 'x', 'e']);
  expect(engine.rows('SELECT * FROM message_subscriptions')).toEqual([]);
});

test.each(kinds)('%s has no incident from a correlation key that fails', async (_what, draw) => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => draw(p.start('s')).end('e').boundary('b', 'x', ask).end('e2')));
  expect(engine.stateOf(await engine.start('p'))).toBe('COMPLETED');
});

test('a script task that a job worker does opens them', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start('s').jobTask('scriptTask', 'x').end('e').boundary('b', 'x', ask).end('e2')));
  const key = await engine.start('p', { k: '1' });
  await engine.accepted({ type: 'message.publish', name: 'ask', correlationKey: '1', timeToLive: 0, variables: {} });
  expect(engine.path(key)).toEqual(['s', 'x:TERMINATED', 'b', 'e2']);
});
