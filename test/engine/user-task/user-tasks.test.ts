// User tasks: what the diagram gives them, and what people do with them.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { START, startEngine } from '../engine-under-test.ts';

const form = { name: 'review.form', content: JSON.stringify({ id: 'review-form', components: [] }) };
const simple = buildProcess('one', (p) => p.start().user('review').end());

async function withTask() {
  const engine = startEngine();
  await engine.deploy(simple);
  const key = await engine.start('one');
  return { engine, key, task: engine.openTask() };
}

test('takes assignee, candidates, dates, priority, headers and form from the diagram', async () => {
  const engine = startEngine();
  await engine.deploy(form, buildProcess('one', (p) => p.start().user('review', {
    assignee: '=who', groups: 'experts, leads', users: '=["anna"]', due: '=dueAt', followUp: '2026-11-23T08:00:00Z', priority: '=70', formId: 'review-form', headers: { queue: 'a' },
  }, { name: 'Review the case' }).end()));
  const key = await engine.start('one', { who: 'bert', dueAt: '2026-11-24T08:00:00+01:00' });
  expect(engine.openTask()).toMatchObject({
    process_instance_key: key,
    element_instance_key: engine.elementKey(key, 'review'),
    assignee: 'bert',
    candidate_groups: '["experts","leads"]',
    candidate_users: '["anna"]',
    due_date: Date.UTC(2026, 10, 24, 7),
    follow_up_date: Date.UTC(2026, 10, 23, 8),
    priority: 70,
    custom_headers: '{"queue":"a"}',
    creation_date: START,
    form_key: engine.rows('SELECT key FROM forms')[0]?.['key'],
  });
  expect(engine.rows('SELECT kind, name FROM user_task_candidates ORDER BY kind, name')).toEqual([{ kind: 'group', name: 'experts' }, { kind: 'group', name: 'leads' }, { kind: 'user', name: 'anna' }]);
});

test('has a priority of 50 and nothing else unless the diagram says more', async () => {
  const { task } = await withTask();
  expect(task).toMatchObject({ assignee: null, candidate_groups: '[]', due_date: null, priority: 50, form_key: null, custom_headers: null });
});

test('completing it ends the element with the variables given', async () => {
  const { engine, key, task } = await withTask();
  await engine.accepted({ type: 'user-task.complete', userTaskKey: task.key, variables: { verdict: 'grant' } });
  expect(engine.path(key)).toEqual(['start', 'review', 'end']);
  expect(engine.variables(key)).toEqual({ verdict: 'grant' });
  expect(engine.rows('SELECT state, completion_date FROM user_tasks')).toEqual([{ state: 'COMPLETED', completion_date: START }]);
});

test('claiming it without override is refused when somebody else has it', async () => {
  const { engine, task } = await withTask();
  const claim = (assignee: string) => ({ type: 'user-task.assign', userTaskKey: task.key, assignee, allowOverride: false }) as const;
  await engine.accepted(claim('anna'));
  expect(await engine.refused(claim('bert'))).toEqual({ code: 'INVALID_STATE', reason: `Expected to claim user task with key '${task.key}', but it has already been assigned` });
  expect(await engine.refused(claim(' '))).toMatchObject({ code: 'INVALID_STATE', reason: expect.stringContaining('provided assignee is empty') as string });
  await engine.accepted(claim('anna'));
  await engine.accepted({ ...claim('bert'), allowOverride: true });
  expect(engine.openTask()['assignee']).toBe('bert');
  await engine.accepted({ type: 'user-task.unassign', userTaskKey: task.key });
  expect(engine.openTask()['assignee']).toBeNull();
  await engine.accepted(claim('anna'));
});

test('updating changes what is named and leaves the rest', async () => {
  const { engine, task } = await withTask();
  await engine.accepted({ type: 'user-task.update', userTaskKey: task.key, changes: { candidateGroups: ['leads'], dueDate: 5, priority: 90 } });
  await engine.accepted({ type: 'user-task.update', userTaskKey: task.key, changes: { dueDate: null, candidateUsers: ['anna'] } });
  expect(engine.openTask()).toMatchObject({ candidate_groups: '["leads"]', candidate_users: '["anna"]', due_date: null, priority: 90 });
  expect(engine.rows('SELECT name FROM user_task_candidates ORDER BY name')).toEqual([{ name: 'anna' }, { name: 'leads' }]);
  expect(await engine.refused({ type: 'user-task.update', userTaskKey: task.key, changes: { priority: 101 } })).toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test.each(['user-task.assign', 'user-task.unassign', 'user-task.update', 'user-task.complete'] as const)('%s is refused once the task is over, and for an unknown key', async (type) => {
  const { engine, task } = await withTask();
  const command = (userTaskKey: number) => ({ type, userTaskKey, assignee: 'a', allowOverride: true, changes: {}, variables: {} });
  await engine.accepted({ type: 'user-task.complete', userTaskKey: task.key, variables: {} });
  expect(await engine.refused(command(task.key))).toMatchObject({ code: 'NOT_FOUND', reason: expect.stringContaining('but no such user task was found') as string });
  expect(await engine.refused(command(1))).toMatchObject({ code: 'NOT_FOUND' });
});

test('links the latest version of its form when it is made', async () => {
  const engine = startEngine();
  await engine.deploy(form, buildProcess('one', (p) => p.start().user('review', { formId: 'review-form' }).end()));
  await engine.deploy({ name: 'review.form', content: JSON.stringify({ id: 'review-form', components: [{ type: 'text' }] }) });
  await engine.start('one');
  expect(engine.openTask()['form_key']).toBe(engine.rows('SELECT key FROM forms WHERE version = 2')[0]?.['key']);
});

test('raises an incident when its form is missing, and is made once the form is there', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().user('review', { formId: 'review-form' }).end()));
  await engine.start('one');
  const [incident] = engine.incidents();
  expect(incident).toMatchObject({ type: 'FORM_NOT_FOUND', element: 'review' });
  await engine.deploy(form);
  await engine.accepted({ type: 'incident.resolve', incidentKey: incident!.key });
  expect(engine.openTask()['form_key']).not.toBeNull();
});

test.each([
  ['a due date that is none', { due: '=5' }],
  ['candidate groups that are no list of texts', { groups: '=[1]' }],
  ['a priority above 100', { priority: '=101' }],
  ['an assignee that is no text', { assignee: '=1' }],
])('raises an incident for %s', async (_what, task) => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().user('review', task).end()));
  await engine.start('one');
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', element: 'review' }]);
});

test('goes with its instance when that is cancelled', async () => {
  const { engine, key } = await withTask();
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.rows('SELECT state FROM user_tasks')).toEqual([{ state: 'CANCELED' }]);
});
