// Task listeners: jobs that a step of a user task waits for, may correct and may refuse; facts measured on Zeebe 8.8.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { extended, taskListeners } from '../listeners.ts';
import type { TaskListenerResult } from '../../../engine/job/records.ts';

type Listener = readonly [event: string, type: string];
const diagram = (attributes: string, ...listeners: Listener[]) =>
  buildProcess('p', (p) => p.start().add('userTask', 'u', extended('<zeebe:userTask/>', attributes, taskListeners(...listeners))).end()
    .boundary('stop', 'u', { message: { name: 'stop', key: '="1"' } }).end('stopped'));
const anna = '<zeebe:assignmentDefinition assignee="anna" candidateGroups="g1"/>';

async function withTask(attributes: string, ...listeners: Listener[]) {
  const engine = startEngine();
  await engine.deploy(diagram(attributes, ...listeners));
  const key = await engine.start('p', { g: 1 });
  const task = () => engine.rows('SELECT key, state, assignee, priority, due_date, candidate_groups FROM user_tasks')[0]!;
  const userTaskKey = Number(task()['key']);
  const say = async (type: string, result: Partial<TaskListenerResult> = {}) => {
    const job = await engine.oneJob(type);
    await engine.accepted({ type: 'job.complete', jobKey: job.key, variables: {}, result: { denied: false, deniedReason: '', corrections: {}, ...result } });
    return job;
  };
  const waitFor = () => engine.core.awaitTask(userTaskKey, { timeoutMs: 5_000 });
  return { engine, key, task, userTaskKey, say, waitFor };
}

test('creates the task when its creating listeners are done, then assigns it', async () => {
  const { engine, key, task, userTaskKey, say } = await withTask(anna, ['creating', 'c1'], ['create', 'c2'], ['assigning', 'a']);
  expect(task()).toMatchObject({ state: 'CREATING', assignee: null });
  expect(await engine.refused({ type: 'user-task.complete', userTaskKey, variables: {} }))
    .toEqual({ code: 'INVALID_STATE', reason: `Expected to complete user task with key '${userTaskKey}', but it is in state 'CREATING'` });
  const first = await say('c1', { corrections: { priority: 80 } });
  expect(first).toMatchObject({ kind: 'TASK_LISTENER', listenerEvent: 'CREATING', variables: { g: 1 }, userTask: { assignee: 'anna', candidateGroups: ['g1'], priority: 50, changed: [] } });
  expect(first.customHeaders).toMatchObject({ 'io.camunda.zeebe:assignee': 'anna', 'io.camunda.zeebe:candidateGroups': '["g1"]', 'io.camunda.zeebe:priority': '50', 'io.camunda.zeebe:userTaskKey': String(userTaskKey) });
  expect((await say('c2')).userTask).toMatchObject({ priority: 80, changed: ['priority'] });
  expect(task()).toMatchObject({ state: 'ASSIGNING', assignee: null, priority: 80 });
  expect((await say('a')).userTask).toMatchObject({ assignee: 'anna', changed: ['assignee'], action: '' });
  expect(task()).toMatchObject({ state: 'CREATED', assignee: 'anna' });
  expect(engine.stateOf(key)).toBe('ACTIVE');
});

test('may give the task an assignee while it is created, unless the diagram names one', async () => {
  const without = await withTask('', ['creating', 'c']);
  await without.say('c', { corrections: { assignee: 'ben' } });
  expect(without.task()).toMatchObject({ state: 'CREATED', assignee: 'ben' });
  const named = await withTask(anna, ['creating', 'c']);
  const { key: jobKey } = await named.engine.oneJob('c');
  const rejection = await named.engine.refused({ type: 'job.complete', jobKey, variables: {}, result: { denied: false, deniedReason: '', corrections: { assignee: 'ben' } } });
  expect(rejection.reason).toContain("correcting the assignee on 'CREATING' event is not supported when the user task has an assignee defined in the model");
});

test('corrects an assignment, and undoes it when it is refused', async () => {
  const { engine, task, userTaskKey, say, waitFor } = await withTask('', ['assigning', 'a']);
  expect(await engine.accepted({ type: 'user-task.assign', userTaskKey, assignee: 'carl', allowOverride: true })).toEqual({ listens: true });
  let answer = waitFor();
  expect(await engine.refused({ type: 'user-task.update', userTaskKey, changes: { priority: 1 } })).toMatchObject({ code: 'INVALID_STATE' });
  expect((await say('a', { corrections: { assignee: 'dora' } })).userTask).toMatchObject({ assignee: 'carl', action: 'assign' });
  expect(await answer).toEqual({ kind: 'done' });
  expect(task()).toMatchObject({ state: 'CREATED', assignee: 'dora' });
  await engine.accepted({ type: 'user-task.unassign', userTaskKey });
  answer = waitFor();
  expect((await say('a', { denied: true, deniedReason: 'she must' })).userTask).toMatchObject({ assignee: null, action: 'unassign' });
  expect(await answer).toEqual({ kind: 'denied', step: 'ASSIGNING', reason: 'she must' });
  expect(task()).toMatchObject({ state: 'CREATED', assignee: 'dora' });
  expect(engine.rows('SELECT denied_reason FROM jobs ORDER BY key')).toEqual([{ denied_reason: null }, { denied_reason: 'she must' }]);
});

test('shows an update to its listeners and applies it with their corrections', async () => {
  const { engine, task, userTaskKey, say } = await withTask(anna, ['updating', 'u']);
  await engine.accepted({ type: 'user-task.update', userTaskKey, changes: { priority: 10, candidateGroups: ['g9'] }, action: 'esc' });
  expect(task()).toMatchObject({ state: 'UPDATING', priority: 50 });
  expect((await say('u', { corrections: { dueDate: 5, priority: 11 } })).userTask).toMatchObject({ priority: 10, candidateGroups: ['g9'], changed: ['candidateGroupsList', 'priority'], action: 'esc' });
  expect(task()).toMatchObject({ state: 'CREATED', priority: 11, due_date: 5, candidate_groups: '["g9"]' });
});

test('takes variables that are set on the task as an update', async () => {
  const { engine, key, say } = await withTask('', ['updating', 'u']);
  const elementInstanceKey = engine.elementKey(key, 'u');
  await engine.accepted({ type: 'variable.set', elementInstanceKey, variables: { a: 1 }, local: true });
  expect(engine.variables(elementInstanceKey)).toEqual({});
  expect(await say('u')).toMatchObject({ variables: { a: 1, g: 1 }, userTask: { changed: ['variables'] } });
  expect(engine.variables(elementInstanceKey)).toEqual({ a: 1 });
});

test('completes the task when the last listener agrees; each sees the variables that were given', async () => {
  const { engine, key, task, userTaskKey, say, waitFor } = await withTask(anna, ['completing', 'f1'], ['complete', 'f2']);
  await engine.accepted({ type: 'user-task.complete', userTaskKey, variables: { r: 1 } });
  const answer = waitFor();
  expect((await say('f1', { corrections: { assignee: 'zed' } })).variables).toEqual({ g: 1, r: 1 });
  await say('f2', { denied: true, deniedReason: 'incomplete' });
  expect(await answer).toEqual({ kind: 'denied', step: 'COMPLETING', reason: 'incomplete' });
  expect(task()).toMatchObject({ state: 'CREATED', assignee: 'anna' });
  expect(engine.variables(key)).toEqual({ g: 1 });
  await engine.accepted({ type: 'user-task.complete', userTaskKey, variables: { r: 2 } });
  await say('f1');
  await say('f2', { corrections: { priority: 3 } });
  expect(task()).toMatchObject({ state: 'COMPLETED', priority: 3 });
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect(engine.variables(key)).toEqual({ g: 1, r: 2 });
});

test('refuses variables, errors and contradictions from a task listener', async () => {
  const { engine, userTaskKey } = await withTask('', ['completing', 'f'], ['creating', 'c']);
  const creating = await engine.oneJob('c');
  const complete = (jobKey: number, result: Partial<TaskListenerResult>, variables = {}) =>
    engine.refused({ type: 'job.complete', jobKey, variables, result: { denied: false, deniedReason: '', corrections: {}, ...result } });
  expect((await complete(creating.key, { denied: true })).reason).toContain("Denying result is not supported for 'CREATING' task listener jobs");
  expect((await complete(creating.key, {}, { v: 1 })).reason).toContain('Task Listener job completion with variables payload provided is not yet supported');
  await engine.accepted({ type: 'job.complete', jobKey: creating.key, variables: {} });
  await engine.accepted({ type: 'user-task.complete', userTaskKey, variables: {} });
  const completing = await engine.oneJob('f');
  expect((await complete(completing.key, { denied: true, corrections: { priority: 1 } })).reason).toContain('Expected to complete task listener job with corrections, but the job result is denied');
  expect(await engine.refused({ type: 'job.throw-error', jobKey: completing.key, errorCode: 'E', errorMessage: '', variables: {} })).toMatchObject({ code: 'INVALID_STATE' });
});

test('raises an incident when a task listener has no retries left', async () => {
  const { engine, key, userTaskKey, say } = await withTask('', ['completing', 'f']);
  await engine.accepted({ type: 'user-task.complete', userTaskKey, variables: {} });
  const { key: jobKey } = await engine.oneJob('f');
  await engine.accepted({ type: 'job.fail', jobKey, retries: 0, retryBackOff: 0, errorMessage: 'x', variables: {} });
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'TASK_LISTENER_NO_RETRIES', element: 'u' });
  await engine.accepted({ type: 'job.update', jobKey, retries: 1 });
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  await say('f');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('ends a canceled instance when the canceling listeners are done', async () => {
  const { engine, key, task, say } = await withTask('', ['canceling', 'x1'], ['cancel', 'x2']);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(task()).toMatchObject({ state: 'CANCELING' });
  expect(engine.stateOf(key)).toBe('ACTIVE');
  expect(await engine.refused({ type: 'process-instance.cancel', processInstanceKey: key })).toMatchObject({ code: 'NOT_FOUND' });
  await say('x1');
  await say('x2', { corrections: { priority: 3 } });
  expect(task()).toMatchObject({ state: 'CANCELED', priority: 3 });
  expect(engine.path(key)).toEqual(['start', 'u:TERMINATED']);
  expect(engine.stateOf(key)).toBe('TERMINATED');
});

test('lets the boundary event go on when the canceling listeners are done', async () => {
  const { engine, key, userTaskKey, waitFor, say } = await withTask('', ['canceling', 'x'], ['completing', 'f']);
  await engine.accepted({ type: 'user-task.complete', userTaskKey, variables: {} });
  const answer = waitFor();
  await engine.accepted({ type: 'message.publish', name: 'stop', correlationKey: '1', timeToLive: 0, variables: { why: 'late' } });
  expect(await answer).toEqual({ kind: 'canceled' });
  expect(await engine.activate('f')).toEqual([]);
  expect(engine.path(key)).toEqual(['start', 'u:ACTIVE']);
  await say('x');
  expect(engine.path(key)).toEqual(['start', 'u:TERMINATED', 'stop', 'stopped']);
  expect(engine.variables(key)).toEqual({ g: 1, why: 'late' });
});
