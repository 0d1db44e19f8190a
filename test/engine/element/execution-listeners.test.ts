// Execution listeners: jobs before an element's work and after it, and around a whole process; facts measured on Zeebe 8.8.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { executionListeners, extended, job } from '../listeners.ts';

const headers = '<zeebe:taskHeaders><zeebe:header key="h" value="1"/></zeebe:taskHeaders>';
const mapping = '<zeebe:ioMapping><zeebe:input source="=x" target="i"/><zeebe:output source="=r" target="o"/></zeebe:ioMapping>';
const around = buildProcess('p', (p) => p.start().add('serviceTask', 'a', extended(job('t'), headers, mapping, executionListeners(['start', 's1'], ['start', '="s" + string(1 + 1)'], ['end', 'e1'], ['end', 'e2']))).end());
const processWith = (...listeners: (readonly ['start' | 'end', string])[]) => around.replace(/<bpmn:serviceTask.*<\/bpmn:serviceTask>/s, '<bpmn:task id="a"/>').replace('isExecutable="true">', `isExecutable="true">${extended(executionListeners(...listeners))}`);

test('runs the start listeners one after the other before the work, with variables local to the element', async () => {
  const engine = startEngine();
  await engine.deploy(around);
  const key = await engine.start('p', { x: 1, g: 0 });
  const first = await engine.oneJob('s1');
  expect(first).toMatchObject({ kind: 'EXECUTION_LISTENER', listenerEvent: 'START', elementId: 'a', customHeaders: { h: '1' }, variables: { x: 1, g: 0, i: 1 }, userTask: null });
  expect(await engine.activate('s2')).toEqual([]);
  await engine.accepted({ type: 'job.complete', jobKey: first.key, variables: { g: 7, i: 5 } });
  await engine.work('s2');
  const element = engine.elementKey(key, 'a');
  expect(engine.variables(element)).toEqual({ g: 7, i: 5 });
  expect(engine.variables(key)).toEqual({ x: 1, g: 0 });
  expect((await engine.oneJob('t')).variables).toEqual({ x: 1, g: 7, i: 5 });
});

test('runs the end listeners after the output mappings, with variables that go to the scope around', async () => {
  const engine = startEngine();
  await engine.deploy(around);
  const key = await engine.start('p', { x: 1, g: 0 });
  for (const type of ['s1', 's2']) await engine.work(type);
  await engine.work('t', { r: 9, g: 1 });
  const end = await engine.oneJob('e1');
  expect(end).toMatchObject({ listenerEvent: 'END', variables: { g: 1, r: 9, o: 9 } });
  expect(engine.path(key)).toEqual(['start', 'a:ACTIVE']);
  await engine.accepted({ type: 'job.complete', jobKey: end.key, variables: { o: 10, g: 8, z: 1 } });
  await engine.work('e2');
  expect(engine.variables(key)).toEqual({ x: 1, g: 8, o: 10, z: 1 });
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('runs the listeners of a process before its first element and after its last one', async () => {
  const engine = startEngine();
  await engine.deploy(processWith(['start', 's'], ['end', 'e']));
  const key = await engine.start('p', { g: 0 });
  expect(engine.path(key)).toEqual([]);
  expect(await engine.work('s', { g: 1 })).toMatchObject({ elementId: 'p', elementInstanceKey: key, variables: { g: 0 } });
  expect(engine.path(key)).toEqual(['start', 'a', 'end']);
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('e', { z: 1 });
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.variables(key)).toEqual({ g: 1, z: 1 });
});

test('raises an incident when a listener has no retries left, and goes on when it is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(around);
  const key = await engine.start('p', { x: 1 });
  const { key: jobKey } = await engine.oneJob('s1');
  await engine.accepted({ type: 'job.fail', jobKey, retries: 0, retryBackOff: 0, errorMessage: 'broken', variables: {} });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXECUTION_LISTENER_NO_RETRIES', element: 'a', message: 'broken' });
  await engine.accepted({ type: 'job.update', jobKey, retries: 1 });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  for (const type of ['s1', 's2', 't', 'e1', 'e2']) await engine.work(type);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('begins with the first listener again when the type of a later one could not be evaluated', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().add('task', 'a', extended(executionListeners(['start', 'x'], ['start', '=later']))).end()));
  const key = await engine.start('p');
  await engine.work('x');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'a' });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { later: 'y' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await engine.work('x');
  await engine.work('y');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('tries the listener of a process again when its incident is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(processWith(['start', '=kind']));
  const key = await engine.start('p');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'p' });
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { kind: 'y' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await engine.work('y');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('takes the listener job back when the instance is canceled', async () => {
  const engine = startEngine();
  await engine.deploy(around);
  const key = await engine.start('p', { x: 1 });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.rows('SELECT state FROM jobs')).toEqual([{ state: 'CANCELED' }]);
  await engine.deploy(processWith(['start', 's']));
  const held = await engine.start('p');
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: held });
  expect(engine.rows('SELECT state FROM jobs ORDER BY key DESC LIMIT 1')).toEqual([{ state: 'CANCELED' }]);
  expect(engine.stateOf(held)).toBe('TERMINATED');
});

test('completes an element once, whatever reaches it while its end listeners run', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().add('receiveTask', 'wait', extended(executionListeners(['end', 'e'])), { messageRef: 'message-1' }).end('done').from().catch('other', { message: { name: 'go', key: '=id' } }).from('done')));
  const key = await engine.start('p', { id: '1' });
  for (let time = 0; time < 2; time++) await engine.accepted({ type: 'message.publish', name: 'go', correlationKey: '1', timeToLive: 0, variables: { time } });
  await engine.work('e');
  expect(engine.path(key)).toEqual(['start', 'wait', 'done']);
});

const refused = [
  ['start', 'bpmn:startEvent id="start"', "Execution listeners of type 'start' are not supported by start events"],
  ['end', 'bpmn:exclusiveGateway id="gate"', "Execution listeners of type 'end' are not supported by gateway element"],
] as const;
test.each(refused)('refuses a listener of type %s on %s', async (event, element, reason) => {
  const engine = startEngine();
  const xml = buildProcess('p', (p) => p.start('start').exclusive('gate').end()).replace(`<${element}>`, `<${element}>${extended(executionListeners([event, 'x']))}`);
  expect((await engine.refused({ type: 'deployment.create', resources: [{ name: 'p.bpmn', content: xml }] })).reason).toContain(reason);
});

test('refuses two listeners of one event with one type, and one without a type', async () => {
  const engine = startEngine();
  const deploy = (...listeners: (readonly ['start' | 'end', string])[]) =>
    engine.refused({ type: 'deployment.create', resources: [{ name: 'p.bpmn', content: buildProcess('p', (p) => p.start().add('task', 'a', extended(executionListeners(...listeners))).end()) }] });
  expect((await deploy(['start', 'x'], ['start', 'x'])).reason).toContain("Found '2' duplicates based on eventType[start] and type[x], these combinations should be unique.");
  expect((await deploy(['end', ''])).reason).toContain("Attribute 'type' must be present and not empty");
});

test('sets variables of an end listener in the scope around the element, and drops those of a parallel gateway', async () => {
  const engine = startEngine();
  const heard = (id: string, event: 'start' | 'end') => extended(executionListeners([event, id]));
  await engine.deploy(buildProcess('p', (p) => p.start().add('parallelGateway', 'gw', heard('before', 'start')).sub('sub', (s) => s.start('in').add('manualTask', 't', heard('after', 'end')).service('w').end('out')).end()));
  const key = await engine.start('p', { x: 1 });
  await engine.work('before', { x: 2 });
  await engine.work('after', { x: 3, y: 4 });
  expect(engine.variables(key)).toEqual({ x: 1 });
  expect(engine.variables(engine.elementKey(key, 'sub'))).toEqual({ x: 3, y: 4 });
});

test('no boundary event interrupts what its end listeners hold up', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().add('manualTask', 't', extended(executionListeners(['end', 'after']))).end('e').boundary('late', 't', { timer: { duration: 'PT1H' } }).end('e2')));
  const key = await engine.start('p');
  await engine.passTime(3_600_000);
  await engine.work('after');
  expect(engine.path(key).at(-1)).toBe('e');
});

test('leaves the variables of an end listener in the scope around the element, known or not', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().sub('sub', (s) => s.start('s').add('serviceTask', 'a', extended(job('t'), executionListeners(['end', 'e']))).service('after').end('e1')).end()));
  const key = await engine.start('p', { x: 0 });
  await engine.work('t');
  await engine.work('e', { x: 1, y: 2 });
  expect(engine.variables(engine.elementKey(key, 'sub'))).toEqual({ x: 1, y: 2 });
  expect(engine.variables(key)).toEqual({ x: 0 });
});

test('refuses a BPMN error from the job of a listener', async () => {
  const engine = startEngine();
  await engine.deploy(around);
  await engine.start('p', { x: 1 });
  const { key } = await engine.oneJob('s1');
  expect(await engine.refused({ type: 'job.throw-error', jobKey: key, errorCode: 'E', errorMessage: '', variables: {} })).toMatchObject({ code: 'INVALID_STATE', reason: expect.stringContaining('Cannot throw BPMN error from EXECUTION_LISTENER job') });
});
