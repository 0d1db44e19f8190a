// Service task: a job worker does it.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { refuses, runs } from './diagrams.ts';

test('offers a job and goes on when the worker completes it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', { headers: { region: 'north' } }).end()));
  const key = await engine.start('one', { x: 1 });
  expect(engine.path(key)).toEqual(['start', 'work:ACTIVE']);
  const job = await engine.work('work', { y: 2 });
  expect(job).toMatchObject({ variables: { x: 1 }, customHeaders: { region: 'north' }, retries: 3, elementId: 'work', processInstanceKey: key, bpmnProcessId: 'one', processDefinitionVersion: 1 });
  expect(engine.path(key)).toEqual(['start', 'work', 'end']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.variables(key)).toEqual({ x: 1, y: 2 });
});

test('reads the job type and the retries from expressions', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', { type: '="score-" + model', retries: '=tries' }).end()));
  await engine.start('one', { model: 'credit', tries: 7 });
  expect(await engine.oneJob('score-credit')).toMatchObject({ retries: 7 });
});

test('raises an incident when the job type is no text, and offers the job once that is resolved', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work', { type: '=model' }).end()));
  const key = await engine.start('one', { model: 5 });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'work' });
  expect(incident?.message).toContain(`Expected result of the expression 'model' to be 'STRING', but was 'NUMBER'`);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { model: 'credit' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(engine.incidents()).toEqual([]);
  await engine.work('credit');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

for (const tag of ['sendTask', 'scriptTask', 'businessRuleTask']) {
  test(`does a ${tag} by a job when it has a task definition`, async () => {
    const engine = startEngine();
    await engine.deploy(buildProcess('one', (p) => p.start().jobTask(tag, 'work').end()));
    const key = await engine.start('one');
    await engine.work('work', { done: true });
    expect(engine.path(key)).toEqual(['start', 'work', 'end']);
    expect(engine.variables(key)).toEqual({ done: true });
  });
}

test('passes a manual task, a task without kind and a throw event without definition at once', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().add('manualTask', 'by-hand').add('task', 'anything').add('intermediateThrowEvent', 'milestone').end()));
  const key = await engine.start('one');
  expect(engine.path(key)).toEqual(['start', 'by-hand', 'anything', 'milestone', 'end']);
});

// The two diagrams of this element.
test('is done by a job worker', () => runs('service-task', { drive: (engine) => engine.work('work'), path: ['start', 'work', 'end'] }));

test('a service task without a job type is refused', () => refuses('service-task', 'Element: x', "must have exactly one 'zeebe:taskDefinition'"));
