// User tasks that a job worker does: what their job tells, and how one becomes a Camunda user task.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const JOB = 'io.camunda.zeebe:userTask';
const simple = buildProcess('one', (p) => p.start().userByWorker('review').end());

test('waits for the job worker of all such tasks, and is no task in an inbox', async () => {
  const engine = startEngine();
  await engine.deploy(simple);
  const key = await engine.start('one');
  expect(engine.rows('SELECT * FROM user_tasks')).toEqual([]);
  expect(await engine.work(JOB, { verdict: 'grant' })).toMatchObject({ elementId: 'review', retries: 1, customHeaders: {} });
  expect(engine.path(key)).toEqual(['start', 'review', 'end']);
  expect(engine.variables(key)).toEqual({ verdict: 'grant' });
});

test('its job tells whose it is, when it is due and its form, beside the headers of the diagram', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().userByWorker('review', {
    assignee: '=who', groups: 'experts, leads', users: '=[]', due: '=dueAt', followUp: '2026-11-23T08:00:30.5Z', formKey: '="as written"', headers: { queue: 'a' },
  }).end()));
  await engine.start('one', { who: 'bert', dueAt: '2026-11-24T08:00:00@Europe/Berlin' });
  expect((await engine.oneJob(JOB)).customHeaders).toEqual({
    queue: 'a', [`io.camunda.zeebe:assignee`]: 'bert', 'io.camunda.zeebe:candidateGroups': '["experts","leads"]', 'io.camunda.zeebe:candidateUsers': '[]',
    'io.camunda.zeebe:dueDate': '2026-11-24T08:00+01:00[Europe/Berlin]', 'io.camunda.zeebe:followUpDate': '2026-11-23T08:00:30.500Z', 'io.camunda.zeebe:formKey': '="as written"',
  });
});

test('is ended with its instance, and its job is taken back', async () => {
  const engine = startEngine();
  await engine.deploy(simple);
  const key = await engine.start('one');
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(engine.rows('SELECT state FROM jobs')).toEqual([{ state: 'CANCELED' }]);
});

test('raises an incident when a date cannot be read', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().userByWorker('review', { due: '=dueAt' }).end()));
  await engine.start('one', { dueAt: 'tomorrow' });
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', element: 'review' }]);
});

async function migrated(source: string, target: string, before: (engine: ReturnType<typeof startEngine>) => Promise<unknown> = async () => undefined) {
  const engine = startEngine();
  await engine.deploy(source, target);
  const processInstanceKey = await engine.start('one', { who: 'bert' });
  await before(engine);
  const targetProcessDefinitionKey = Number(engine.rows(`SELECT key FROM process_definitions WHERE bpmn_process_id = 'two'`)[0]!['key']);
  return { engine, processInstanceKey, command: { type: 'process-instance.migrate', processInstanceKey, targetProcessDefinitionKey, mapping: [{ source: 'review', target: 'review' }] } as const };
}
const camunda = buildProcess('two', (p) => p.start().user('review', { assignee: '=who', groups: 'others', priority: '80' }).end());

test('a migration makes it a Camunda user task, with what its job told', async () => {
  const source = buildProcess('one', (p) => p.start().userByWorker('review', { assignee: 'anna', groups: 'experts', due: '2026-11-24T08:00:00Z', headers: { queue: 'a' }, formKey: 'paper' }).end());
  const { engine, processInstanceKey, command } = await migrated(source, camunda);
  await engine.accepted(command);
  expect(engine.rows('SELECT state FROM jobs')).toEqual([{ state: 'CANCELED' }]);
  const task = engine.openTask();
  expect(task).toMatchObject({ assignee: 'bert', candidate_groups: '["experts"]', due_date: Date.UTC(2026, 10, 24, 8), priority: 80, custom_headers: '{"queue":"a"}', external_form_reference: 'paper', form_key: null });
  await engine.accepted({ type: 'user-task.complete', userTaskKey: task.key, variables: {} });
  expect(engine.stateOf(processInstanceKey)).toBe('COMPLETED');
});

test('the incident of a job that becomes a task ends with it', async () => {
  const { engine, command } = await migrated(simple, camunda, async (engine) => {
    const job = await engine.oneJob(JOB);
    await engine.accepted({ type: 'job.fail', jobKey: job.key, retries: 0, retryBackOff: 0, errorMessage: 'no', variables: {} });
  });
  expect(engine.incidents()).toMatchObject([{ type: 'JOB_NO_RETRIES' }]);
  await engine.accepted(command);
  expect(engine.incidents()).toEqual([]);
});

test('a Camunda user task does not become one of a job worker', async () => {
  const { engine, command } = await migrated(buildProcess('one', (p) => p.start().user('review').end()), buildProcess('two', (p) => p.start().userByWorker('review').end()));
  expect((await engine.refused(command)).reason).toContain(`active user task with id 'review' and implementation 'zeebe user task' is mapped to a user task with id 'review' and deprecated implementation 'job worker'`);
});

test('one whose job was not made for an incident waits with its migration', async () => {
  const { engine, command } = await migrated(buildProcess('one', (p) => p.start().userByWorker('review', { assignee: '=missing.name' }).end()), camunda);
  expect(await engine.refused(command)).toMatchObject({ code: 'INVALID_STATE', reason: expect.stringContaining('Please resolve any incidents') as string });
});
