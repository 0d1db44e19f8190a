// Task listeners over REST: what their jobs show, what a result says, and when commands to the task answer.
import { afterEach, expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { extended, taskListeners } from '../listeners.ts';
import { file, now, openTestEngine, type TestEngine } from './engine.ts';

let opened: TestEngine | undefined;
afterEach(async () => {
  expect(opened?.defects).toEqual([]);
  await opened?.close();
});

async function withTask() {
  opened = await openTestEngine();
  const { client } = opened;
  const xml = buildProcess('p', (p) => p.start().add('userTask', 'u', extended('<zeebe:userTask/>', taskListeners(['assigning', 'a'], ['updating', 'u'], ['completing', 'f']))).end());
  await client.createDeployment({ resources: [file('p.bpmn', xml)] });
  await client.createProcessInstance({ processDefinitionId: 'p' as never });
  const found = await client.searchUserTasks({}, now);
  const userTaskKey = found.items[0]!.userTaskKey;
  const oneJob = async (type: string) => (await client.activateJobs({ type, timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 5_000 })).jobs[0]!;
  return { client, userTaskKey, oneJob, task: () => client.getUserTask({ userTaskKey }, now) };
}

test('a completion answers when the listener agreed, with what it corrected', async () => {
  const { client, userTaskKey, oneJob, task } = await withTask();
  const completion = client.completeUserTask({ userTaskKey, variables: { r: 1 }, action: 'approve' });
  const job = await oneJob('f');
  expect(job).toMatchObject({ kind: 'TASK_LISTENER', listenerEventType: 'COMPLETING', variables: { r: 1 }, userTask: { action: 'approve', userTaskKey, priority: 50, changedAttributes: [] } });
  expect((await task()).state).toBe('COMPLETING');
  await client.completeJob({ jobKey: job.jobKey, result: { type: 'userTask', denied: false, corrections: { assignee: 'anna', priority: 9, dueDate: '2030-01-01T00:00:00Z', candidateGroups: ['g'] } } });
  await completion;
  expect(await task()).toMatchObject({ state: 'COMPLETED', assignee: 'anna', priority: 9, dueDate: '2030-01-01T00:00:00.000Z', candidateGroups: ['g'] });
});

test('a refused step answers 409 with the reason, and the job keeps it', async () => {
  const { client, userTaskKey, oneJob, task } = await withTask();
  const assignment = client.assignUserTask({ userTaskKey, assignee: 'ben' }).then(() => undefined, (error: unknown) => error);
  const job = await oneJob('a');
  await client.completeJob({ jobKey: job.jobKey, result: { type: 'userTask', denied: true, deniedReason: 'on leave' } });
  expect(await assignment).toMatchObject({ status: 409, detail: `Command 'ASSIGN' rejected with code 'INVALID_STATE': Assignment of the User Task with key '${userTaskKey}' was denied by Task Listener. Reason to deny: 'on leave'` });
  expect(await task()).toMatchObject({ state: 'CREATED' });
  const jobs = await client.searchJobs({ filter: { isDenied: true, kind: 'TASK_LISTENER', listenerEventType: 'ASSIGNING' } }, now);
  expect(jobs.items).toMatchObject([{ jobKey: job.jobKey, deniedReason: 'on leave', isDenied: true, listenerEventType: 'ASSIGNING' }]);
});

test('variables that are set on the task wait for its updating listener', async () => {
  const { client, oneJob, task } = await withTask();
  const elementInstanceKey = (await task()).elementInstanceKey!;
  const written = client.createElementInstanceVariables({ elementInstanceKey, variables: { a: 1 }, local: true });
  const job = await oneJob('u');
  expect(job.variables).toEqual({ a: 1 });
  await client.completeJob({ jobKey: job.jobKey });
  await written;
  expect((await client.searchVariables({ filter: { scopeKey: elementInstanceKey as never } }, now)).items).toMatchObject([{ name: 'a', value: '1' }]);
});
