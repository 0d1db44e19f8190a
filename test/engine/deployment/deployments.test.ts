// Deployment: versions, identical content, what is refused, deletion.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const version = (job: string) => buildProcess('one', (p) => p.start().service('work', { type: job }).end());

test('a changed diagram is a new version, the same one keeps key and version', async () => {
  const engine = startEngine();
  const first = (await engine.deploy(version('a'))).deployed[0]!;
  expect((await engine.deploy(version('a'))).deployed[0]).toEqual(first);
  const second = (await engine.deploy(version('b'))).deployed[0]!;
  expect(second).toMatchObject({ kind: 'process', bpmnProcessId: 'one', version: 2 });
  expect((await engine.deploy(version('a'))).deployed[0]).toMatchObject({ version: 3 });
});

test('instances stay on their version; new ones get the latest unless another is named', async () => {
  const engine = startEngine();
  const first = (await engine.deploy(version('a'))).deployed[0]!;
  await engine.start('one');
  await engine.deploy(version('b'));
  await engine.start('one');
  await engine.accepted({ type: 'process-instance.create', definition: { bpmnProcessId: 'one', version: 1 }, variables: {} });
  await engine.accepted({ type: 'process-instance.create', definition: { processDefinitionKey: first.key }, variables: {} });
  expect(await engine.activate('a')).toHaveLength(3);
  expect(await engine.activate('b')).toHaveLength(1);
});

test('deploys several resources or none', async () => {
  const engine = startEngine();
  const bad = { name: 'bad.form', content: '{"components": []}' };
  const refusal = await engine.refused({ type: 'deployment.create', resources: [{ name: 'one.bpmn', content: version('a') }, bad] });
  expect(refusal.code).toBe('INVALID_ARGUMENT');
  expect(refusal.reason).toContain(`'bad.form': is no form: expected an object with an id`);
  expect(engine.rows('SELECT * FROM process_definitions')).toEqual([]);
});

test('keeps forms with their versions', async () => {
  const engine = startEngine();
  const form = (text: string) => ({ name: 'f.form', content: JSON.stringify({ id: 'f', text }) });
  const first = (await engine.deploy(form('x'))).deployed[0]!;
  expect((await engine.deploy(form('x'))).deployed[0]).toEqual(first);
  expect((await engine.deploy(form('y'))).deployed[0]).toMatchObject({ kind: 'form', formId: 'f', version: 2 });
});

test('one file that changed makes a new version of every file of the deployment', async () => {
  const engine = startEngine();
  const form = { name: 'f.form', content: JSON.stringify({ id: 'f' }) };
  await engine.deploy(version('a'), form);
  expect((await engine.deploy(version('b'), form)).deployed).toMatchObject([{ kind: 'process', version: 2 }, { kind: 'form', version: 2 }]);
  expect((await engine.deploy(version('b'), form)).deployed).toMatchObject([{ kind: 'process', version: 2 }, { kind: 'form', version: 2 }]);
});

test.each([
  ['nothing', [], 'Expected to deploy at least one resource'],
  ['a file of another kind', [{ name: 'a.txt', content: '' }], `'a.txt': unknown resource type`],
  ['a form that is no JSON', [{ name: 'a.form', content: '{' }], `'a.form': is not JSON`],
  ['one process id twice', [{ name: 'a.bpmn', content: version('a') }, { name: 'b.bpmn', content: version('b') }], `Duplicated process id 'one' in resources 'a.bpmn' and 'b.bpmn'`],
])('refuses %s', async (_what, resources, reason) => {
  const engine = startEngine();
  expect(await engine.refused({ type: 'deployment.create', resources })).toMatchObject({ code: 'INVALID_ARGUMENT', reason: expect.stringContaining(reason) as string });
});

test('deleting the latest version makes the one before it the latest again, with its start events', async () => {
  const engine = startEngine();
  const started = (job: string) => buildProcess('one', (p) => p.start('start', { message: { name: 'go' } }).service(job).end());
  await engine.deploy(started('a'));
  const second = (await engine.deploy(started('b'))).deployed[0]!;
  await engine.accepted({ type: 'resource.delete', resourceKey: second.key });
  await engine.accepted({ type: 'message.publish', name: 'go', correlationKey: '', timeToLive: 0, variables: {} });
  expect(await engine.activate('a')).toHaveLength(1);
  expect((await engine.deploy(started('c'))).deployed[0]).toMatchObject({ version: 3 });
});

test('refuses to delete a definition with running instances, and an unknown key', async () => {
  const engine = startEngine();
  const { key } = (await engine.deploy(version('a'))).deployed[0]!;
  const instance = await engine.start('one');
  expect(await engine.refused({ type: 'resource.delete', resourceKey: key })).toMatchObject({ code: 'INVALID_STATE' });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: instance });
  await engine.accepted({ type: 'resource.delete', resourceKey: key });
  expect(await engine.refused({ type: 'process-instance.create', definition: { bpmnProcessId: 'one' }, variables: {} })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await engine.refused({ type: 'resource.delete', resourceKey: 1 })).toMatchObject({ code: 'NOT_FOUND' });
});
