// Business rule task and decisions on request.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildDecisions } from '../build-decision.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { refuses, runs } from './diagrams.ts';

const dmn = (expression?: string) => ({ name: 'routing.dmn', content: buildDecisions(expression) });
const diagram = (decisionId = 'route', extras = {}) => buildProcess('one', (p) => p.start().rule('decide', decisionId, 'result', extras).end());

test('evaluates the decision with those it requires and makes the result a variable', async () => {
  const engine = startEngine();
  await engine.deploy(dmn(), diagram());
  const key = await engine.start('one', { score: 7 });
  expect(engine.path(key)).toEqual(['start', 'decide', 'end']);
  expect(engine.variables(key)).toEqual({ score: 7, result: 'automatic' });
  expect(engine.rows('SELECT ordinal, decision_id, state, result, process_instance_key FROM decision_instances')).toEqual([
    { ordinal: 1, decision_id: 'grade', state: 'EVALUATED', result: '"good"', process_instance_key: key },
    { ordinal: 2, decision_id: 'route', state: 'EVALUATED', result: '"automatic"', process_instance_key: key },
  ]);
});

test('passes the result through output mappings', async () => {
  const engine = startEngine();
  await engine.deploy(dmn(), diagram('grade', { inputs: { score: '=points * 2' }, outputs: { label: '="is " + result' } }));
  const key = await engine.start('one', { points: 3 });
  expect(engine.variables(key)).toEqual({ points: 3, label: 'is good' });
});

test('raises an incident when the decision is missing, and decides once it is there', async () => {
  const engine = startEngine();
  await engine.deploy(diagram());
  const key = await engine.start('one', { score: 1 });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'CALLED_DECISION_ERROR', element: 'decide', message: `Expected to evaluate decision 'route', but no decision found for id 'route'` });
  await engine.deploy(dmn());
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(engine.variables(key)).toEqual({ score: 1, result: 'review' });
});

test('raises an incident when the decision fails, keeps the failed evaluation, and decides once the input is right', async () => {
  const engine = startEngine();
  await engine.deploy(dmn('= assert(score, score < 10)'), diagram());
  const key = await engine.start('one', { score: 11 });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'DECISION_EVALUATION_ERROR', element: 'decide' });
  expect(engine.rows(`SELECT decision_id, state FROM decision_instances WHERE state = 'FAILED'`)).toEqual([{ decision_id: 'route', state: 'FAILED' }]);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { score: 9 }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(engine.variables(key)).toMatchObject({ result: 9 });
});

test('takes the latest version of the decision; the same file again is no new version', async () => {
  const engine = startEngine();
  const first = await engine.deploy(dmn());
  expect((await engine.deploy(dmn())).deployed).toEqual(first.deployed);
  expect((await engine.deploy(dmn('= "manual"'))).deployed).toMatchObject([
    { kind: 'decision-requirements', decisionRequirementsId: 'routing', version: 2 },
    { kind: 'decision', decisionId: 'grade', version: 2 },
    { kind: 'decision', decisionId: 'route', version: 2 },
  ]);
  await engine.deploy(diagram());
  expect(engine.variables(await engine.start('one', { score: 7 }))).toMatchObject({ result: 'manual' });
});

test('evaluates a decision on request, by id and by key, and tells a failure in its answer', async () => {
  const engine = startEngine();
  const { deployed } = await engine.deploy(dmn('= assert(score, score < 10)'));
  const route = deployed.find((one) => one.kind === 'decision' && one.decisionId === 'route')!;
  const evaluate = (decision: { decisionId: string } | { decisionDefinitionKey: number }, score: number) => engine.accepted({ type: 'decision.evaluate', decision, variables: { score } });
  expect(await evaluate({ decisionId: 'route' }, 3)).toMatchObject({ decisionDefinitionKey: route.key, version: 1, output: 3, failure: null });
  expect(await evaluate({ decisionDefinitionKey: route.key }, 11)).toMatchObject({ output: null, failure: { decisionId: 'route' } });
  expect(await engine.refused({ type: 'decision.evaluate', decision: { decisionId: 'none' }, variables: {} }))
    .toEqual({ code: 'NOT_FOUND', reason: `Expected to evaluate decision 'none', but no decision found for id 'none'` });
});

test('after a restart the decision is read again before it is evaluated', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'engine.db');
  const first = startEngine({ file });
  await first.deploy(dmn(), diagram());
  await first.core.close();
  const second = startEngine({ file });
  const keys = await Promise.all([second.start('one', { score: 7 }), second.start('one', { score: 1 })]);
  expect(keys.map((key) => second.variables(key)['result'])).toEqual(['automatic', 'review']);
  expect(second.core.metrics().defects).toBe(0);
});

test('deleting a graph takes its decisions away', async () => {
  const engine = startEngine();
  const { deployed } = await engine.deploy(dmn());
  await engine.accepted({ type: 'resource.delete', resourceKey: deployed[0]!.key });
  expect(await engine.refused({ type: 'decision.evaluate', decision: { decisionId: 'route' }, variables: {} })).toMatchObject({ code: 'NOT_FOUND' });
});

// The two diagrams of this element.
test('can be done by a job worker', () => runs('business-rule-task', { drive: (engine) => engine.work('work'), path: ['start', 'work', 'end'] }));

test('a business rule task without decision or job type is refused', () => refuses('business-rule-task', 'Element: x', "must have exactly one 'zeebe:taskDefinition'"));
