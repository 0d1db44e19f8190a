// Signals reach everybody who waits; escalations go up the scopes and stop nobody who does not want to be stopped.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const broadcast = (signalName: string, variables = {}) => ({ type: 'signal.broadcast', signalName, variables }) as const;

test('a signal starts processes and goes to catch and boundary events at once', async () => {
  const engine = startEngine();
  await engine.deploy(
    buildProcess('starts', (p) => p.start('start', { signal: 'go' }).service('started').end()),
    buildProcess('waits', (p) => p.start().catch('await', { signal: 'go' }, { outputs: { heard: '=word' } }).end()),
    buildProcess('works', (p) => p.start().service('work').end().boundary('called', 'work', { signal: 'go' }, { nonInterrupting: true }).end('called-end')),
  );
  const [waits, works] = [await engine.start('waits'), await engine.start('works')];
  const { signalKey } = await engine.accepted(broadcast('go', { word: 'hi' }));
  expect(signalKey).toBeGreaterThan(0);
  expect(engine.variables(waits)).toEqual({ heard: 'hi' });
  expect(engine.path(works)).toEqual(['start', 'work:ACTIVE', 'called', 'called-end']);
  expect((await engine.oneJob('started')).variables).toEqual({ word: 'hi' });
  await engine.accepted(broadcast('go'));
  expect(engine.path(works).filter((step) => step === 'called')).toHaveLength(2);
});

test('a signal is not kept for who comes later, and only the latest version starts', async () => {
  const engine = startEngine();
  const version = (job: string) => buildProcess('starts', (p) => p.start('start', { signal: 'go' }).service(job).end());
  await engine.deploy(version('first'));
  await engine.deploy(version('second'));
  await engine.accepted(broadcast('other'));
  await engine.accepted(broadcast('go'));
  expect(await engine.activate('first')).toEqual([]);
  expect(await engine.activate('second')).toHaveLength(1);
});

test('a throw event sends only its own variables along', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('starts', (p) => p.start('start', { signal: 'go' }).service('started').end()),
    buildProcess('throws', (p) => p.start().throws('tell', { signal: 'go' }, { inputs: { a: '=1' } }).end('again', { throws: { signal: 'go' } })));
  await engine.start('throws', { secret: 1 });
  expect((await engine.activate('started')).map((job) => job.variables)).toEqual([{ a: 1 }, {}]);
});

const inner = (interrupting: boolean) => buildProcess('one', (p) => p.start().sub('inner', (s) => s.start('s').throws('tell', { escalation: 'E' }).service('work').end('e')).end()
  .boundary('told', 'inner', { escalation: null }, { nonInterrupting: !interrupting }).end('told-end'));

test('an escalation that does not interrupt leaves the sub-process going on', async () => {
  const engine = startEngine();
  await engine.deploy(inner(false));
  const key = await engine.start('one');
  await engine.work('work');
  expect(engine.path(key)).toEqual(['start', 'inner', 's', 'tell', 'told', 'told-end', 'work', 'e', 'end']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an escalation that interrupts ends the sub-process', async () => {
  const engine = startEngine();
  await engine.deploy(inner(true));
  const key = await engine.start('one');
  expect(engine.path(key)).toEqual(['start', 'inner:TERMINATED', 's', 'tell:TERMINATED', 'told', 'told-end']);
});

test('an escalation that nobody catches is none', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().end('tell', { throws: { escalation: 'E' } })));
  const key = await engine.start('one');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an escalation leaves a called process', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('child', (p) => p.start().end('tell', { throws: { escalation: 'E' } })),
    buildProcess('one', (p) => p.start().call('call', 'child').end().boundary('told', 'call', { escalation: 'E' }, { nonInterrupting: true }).end('told-end')));
  const key = await engine.start('one');
  expect(engine.path(key)).toContain('told-end');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('an escalation starts an event sub-process of its scope', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end('tell', { throws: { escalation: 'E' } }).onEvent('help', { escalation: 'E' }, (s) => s.end('helped'))));
  const key = await engine.start('one');
  await engine.work('work');
  expect(engine.path(key)).toEqual(['start', 'work', 'tell:TERMINATED', 'help', 'help-start', 'helped']);
});
