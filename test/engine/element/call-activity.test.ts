// Call activity: another process does it.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { refuses, runs } from './diagrams.ts';

const child = buildProcess('child', (p) => p.start().service('child-work').end());
const caller = (attributes = {}, extras = {}) => buildProcess('caller', (p) => p.start().call('call', 'child', attributes, extras).end());
const childOf = (engine: ReturnType<typeof startEngine>) => Number(engine.rows(`SELECT key FROM process_instances WHERE bpmn_process_id = 'child'`)[0]?.['key']);

test('starts the latest version of the called process and goes on when it ends', async () => {
  const engine = startEngine();
  await engine.deploy(child, caller());
  const key = await engine.start('caller', { x: 1 });
  const childKey = childOf(engine);
  expect(engine.rows('SELECT parent_process_instance_key AS parent, parent_element_instance_key AS element FROM process_instances WHERE key = ?', childKey))
    .toEqual([{ parent: key, element: engine.elementKey(key, 'call') }]);
  expect((await engine.work('child-work', { y: 2 })).variables).toEqual({ x: 1 });
  expect(engine.stateOf(childKey)).toBe('COMPLETED');
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.variables(key)).toEqual({ x: 1, y: 2 });
});

test('hands over only its inputs and takes back only its outputs when it is told so', async () => {
  const engine = startEngine();
  await engine.deploy(child, caller({ propagateAllParentVariables: 'false', propagateAllChildVariables: 'false' }, { inputs: { given: '=x' }, outputs: { result: '=y' } }));
  const key = await engine.start('caller', { x: 1, secret: 's' });
  expect((await engine.work('child-work', { y: 2, noise: 3 })).variables).toEqual({ given: 1 });
  expect(engine.variables(key)).toEqual({ x: 1, secret: 's', result: 2 });
});

test('takes nothing back without outputs when child variables are not propagated', async () => {
  const engine = startEngine();
  await engine.deploy(child, caller({ propagateAllChildVariables: 'false' }));
  const key = await engine.start('caller');
  await engine.work('child-work', { y: 2 });
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.variables(key)).toEqual({});
});

test('finds the called process by an expression', async () => {
  const engine = startEngine();
  await engine.deploy(child, buildProcess('caller', (p) => p.start().call('call', '=which').end()));
  await engine.start('caller', { which: 'child' });
  expect(await engine.activate('child-work')).toHaveLength(1);
});

test('raises an incident when the called process is missing, and calls it once it is there', async () => {
  const engine = startEngine();
  await engine.deploy(caller());
  const key = await engine.start('caller');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'CALLED_ELEMENT_ERROR', element: 'call', message: `Expected process with BPMN process id 'child' to be deployed, but not found.` });
  await engine.deploy(child);
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await engine.work('child-work');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('raises an incident when the called process has no none start event', async () => {
  const engine = startEngine();
  await engine.deploy(caller(), buildProcess('child', (p) => p.start('start', { message: { name: 'go' } }).end()));
  await engine.start('caller');
  expect(engine.incidents()).toMatchObject([{ type: 'CALLED_ELEMENT_ERROR' }]);
});

test('ends the called process with the caller, which alone can be cancelled', async () => {
  const engine = startEngine();
  await engine.deploy(child, caller());
  const key = await engine.start('caller');
  expect(await engine.refused({ type: 'process-instance.cancel', processInstanceKey: childOf(engine) })).toMatchObject({ code: 'INVALID_STATE', reason: expect.stringContaining(`Cancel the root process instance '${key}' instead.`) as string });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.stateOf(childOf(engine))).toBe('TERMINATED');
  expect(await engine.activate('child-work')).toEqual([]);
});

test('binds to the version of the same deployment or to a version tag', async () => {
  const engine = startEngine();
  const version = (job: string, tag?: string) => buildProcess('child', (p) => p.start().service('child-work', { type: job }).end(), tag === undefined ? {} : { versionTag: tag });
  await engine.deploy(version('first', 'v1'), caller({ bindingType: 'deployment' }), buildProcess('tagged', (p) => p.start().call('call', 'child', { bindingType: 'versionTag', versionTag: 'v1' }).end()));
  await engine.deploy(version('second'));
  await engine.start('caller');
  await engine.start('tagged');
  expect(await engine.activate('first')).toHaveLength(2);
  expect(await engine.activate('second')).toEqual([]);
});

// The two diagrams of this element.
test('runs another process', () => runs('call-activity', { drive: (engine) => engine.work('work'), before: [buildProcess('child', (p) => p.start().service('work').end())], path: ['start', 'call', 'end'] }));

test('a call activity that calls nothing is refused', () => refuses('call-activity', 'Element: x', "must have exactly one 'zeebe:calledElement'"));

test('a process that was about to begin does not when its call activity was ended meanwhile', async () => {
  const engine = startEngine();
  await engine.deploy(
    buildProcess('p', (p) => p.start().parallel('fork').call('call', 'child').each({ over: '=[1]', sequential: true }).end('f').from('fork').parallel('again').end('stop', { throws: { terminate: true } }).from('again').service('one').end('e').from('again').service('two').end('g')),
    buildProcess('child', (p) => p.start().service('work').end()),
  );
  expect(engine.stateOf(await engine.start('p'))).toBe('COMPLETED');
  expect(engine.rows('SELECT state FROM process_instances').filter(({ state }) => state === 'ACTIVE')).toEqual([]);
});
