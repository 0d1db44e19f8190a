// Camunda's generated client (8.8.4, through @camunda8/sdk 8.8.13) drives every operation that is offered; it checks each answer itself.
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operations } from '../../../engine/rest/operations/index.ts';
import { buildProcess } from '../build-process.ts';
import { dmn, form, oneJob, review, waiting } from './diagrams.ts';
import { calledOperations, createClient, file, now, openTestEngine, type TestEngine } from './engine.ts';
import type { Untyped } from './rows.ts';

// The client brands its keys; a test hands them on as it got them.
let test: TestEngine;
let client: Untyped;

beforeEach(async () => {
  test = await openTestEngine();
  client = test.client;
});
afterEach(async () => {
  await test.close();
  expect(test.defects).toEqual([]);
});

afterAll(() => {
  const offered = operations.filter(({ missing }) => missing === undefined).map(({ operationId }) => operationId);
  expect(offered.filter((operationId) => !calledOperations.has(operationId)), 'operations that no test has called').toEqual([]);
});

/** Where the client's own check of requests (sdk-strict-requests.test.ts) refuses what the API takes: files, and `""` for "no date". */
const unchecked = (): Untyped => createClient(test.engine.fetch, 'req:none,res:strict');
const deploy = (...files: File[]) => client.createDeployment({ resources: files });
const start = async (processDefinitionId: string, variables: object = {}) => client.createProcessInstance({ processDefinitionId, variables });
const activate = async (type: string, maxJobsToActivate = 10) => (await client.activateJobs({ type, timeout: 60_000, maxJobsToActivate, requestTimeout: -1, worker: 'w' })).jobs;
const failure = (promise: Promise<unknown>) => promise.then(() => ({ status: 200 }), (error: unknown) => error as { status: number; title: string; detail: string });
const problem = (status: number, title: string, detail: string) => expect.objectContaining({ status, title, detail });

describe('cluster', () => {
  it('tells topology, status, licence and who is asking', async () => {
    expect(await client.getTopology()).toMatchObject({ clusterSize: 1, partitionsCount: 1, gatewayVersion: '8.8.0' });
    await client.getStatus();
    expect(await client.getLicense()).toMatchObject({ validLicense: true });
    expect(await client.getAuthentication()).toMatchObject({ tenants: [{ tenantId: '<default>' }] });
  });
});

describe('deployments', () => {
  it('deploys diagrams, forms and tables together, and gives the same version for the same content', async () => {
    const first = await deploy(file('a.bpmn', oneJob('a')), file('f.form', form()), file('d.dmn', dmn));
    expect(first.deployments).toHaveLength(4);
    const again = await deploy(file('a.bpmn', oneJob('a')));
    expect(again.processes[0]).toEqual(first.processes[0]);
    const changed = await deploy(file('a.bpmn', oneJob('a', 'other')));
    expect(changed.processes[0].processDefinitionVersion).toBe(2);
  });

  it('refuses a broken diagram with the file and the reason, and deploys nothing of it', async () => {
    const refused = await failure(deploy(file('good.bpmn', oneJob('good')), file('bad.bpmn', oneJob('bad').replace('</bpmn:process>', ''))));
    expect(refused).toMatchObject({ status: 400, title: 'INVALID_ARGUMENT', detail: expect.stringContaining('bad.bpmn') });
    expect((await client.searchProcessDefinitions({}, now)).items).toEqual([]);
  });

  it('hands resources out and deletes them', async () => {
    const { processes: [{ processDefinitionKey }], forms: [{ formKey }] } = await deploy(file('a.bpmn', oneJob('a')), file('f.form', form()));
    expect(await client.getResource({ resourceKey: processDefinitionKey })).toMatchObject({ resourceName: 'a.bpmn', resourceId: 'a', version: 1 });
    expect(await client.getResourceContent({ resourceKey: processDefinitionKey })).toBe(oneJob('a'));
    expect(await client.getResourceContent({ resourceKey: formKey })).toBe(form());
    await client.deleteResource({ resourceKey: processDefinitionKey });
    expect((await client.searchProcessDefinitions({}, now)).items).toEqual([]);
    expect(await failure(start('a'))).toMatchObject({ status: 404 });
    expect(await failure(client.deleteResource({ resourceKey: processDefinitionKey }))).toMatchObject({ status: 404, title: 'NOT_FOUND' });
  });
});

describe('process definitions', () => {
  it('are found, read, and shown with diagram, start form and statistics', async () => {
    await deploy(file('a.bpmn', oneJob('a')));
    const { processes: [{ processDefinitionKey }] } = await deploy(file('a.bpmn', oneJob('a', 'other')));
    const { items, page } = await client.searchProcessDefinitions({ filter: { processDefinitionId: 'a', isLatestVersion: true } }, now);
    expect(items).toEqual([{ name: 'One job', resourceName: 'a.bpmn', version: 2, processDefinitionId: 'a', tenantId: '<default>', processDefinitionKey, hasStartForm: false }]);
    expect(page.totalItems).toBe(1n);
    expect(await client.getProcessDefinition({ processDefinitionKey }, now)).toEqual(items[0]);
    expect(await client.getProcessDefinitionXml({ processDefinitionKey }, now)).toBe(oneJob('a', 'other'));
    expect(await client.getStartProcessForm({ processDefinitionKey }, now)).toEqual({});
    await start('a');
    const { items: counts } = await client.getProcessDefinitionStatistics({ processDefinitionKey, filter: { state: 'ACTIVE' } }, now);
    expect(counts).toEqual([{ elementId: 'start', active: 0n, canceled: 0n, incidents: 0n, completed: 1n }, { elementId: 'work', active: 1n, canceled: 0n, incidents: 0n, completed: 0n }].map((count) => expect.objectContaining({ elementId: count.elementId })));
  });
});

describe('process instances', () => {
  beforeEach(() => deploy(file('a.bpmn', oneJob('a')), file('w.bpmn', waiting('w'))));

  it('start by id, by version and by key, and are found', async () => {
    const byId = await client.createProcessInstance({ processDefinitionId: 'a', processDefinitionVersion: 1, variables: { x: 1 }, tags: ['green'] });
    const byKey = await client.createProcessInstance({ processDefinitionKey: byId.processDefinitionKey });
    expect(byId).toMatchObject({ processDefinitionId: 'a', processDefinitionVersion: 1, tenantId: '<default>', variables: {}, tags: ['green'] });
    const { items } = await client.searchProcessInstances({ filter: { tags: ['green'], variables: [{ name: 'x', value: '1' }] } }, now);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ processInstanceKey: byId.processInstanceKey, processDefinitionName: 'One job', state: 'ACTIVE', hasIncident: false });
    expect(await client.getProcessInstance({ processInstanceKey: byKey.processInstanceKey }, now)).toMatchObject({ state: 'ACTIVE' });
    const { items: either } = await client.searchProcessInstances({ filter: { $or: [{ tags: ['green'] }, { processInstanceKey: byKey.processInstanceKey }] } }, now);
    expect(either).toHaveLength(2);
  });

  it('answer with their variables when their end is awaited', async () => {
    const awaited = client.createProcessInstance({ processDefinitionId: 'a', variables: { x: 1, y: 2 }, awaitCompletion: true, requestTimeout: 10_000n, fetchVariables: ['x', 'z'] });
    const { jobs: [job] } = await client.activateJobs({ type: 'a', timeout: 60_000, maxJobsToActivate: 1 });
    await job.complete({ z: 3 });
    expect(await awaited).toMatchObject({ variables: { x: 1, z: 3 } });
  });

  it('answer 504 when the wait is over, and go on', async () => {
    const refused = await failure(client.createProcessInstance({ processDefinitionId: 'a', awaitCompletion: true, requestTimeout: 20n }));
    expect(refused).toMatchObject({ status: 504 });
    expect(await activate('a')).toHaveLength(1);
  });

  it('answer at once when the awaited instance is cancelled', async () => {
    const awaited = failure(client.createProcessInstance({ processDefinitionId: 'a', awaitCompletion: true, requestTimeout: 10_000n }));
    const { jobs: [job] } = await client.activateJobs({ type: 'a', timeout: 60_000, maxJobsToActivate: 1 });
    await job.cancelWorkflow({});
    expect(await awaited).toMatchObject({ status: 409, title: 'INVALID_STATE' });
  });

  it('show the way they took, and end when cancelled', async () => {
    const { processInstanceKey } = await start('w', { orderId: 'o1' });
    expect((await client.getProcessInstanceSequenceFlows({ processInstanceKey }, now)).items.map(({ elementId }: Untyped) => elementId)).toEqual(['f1']);
    expect((await client.getProcessInstanceStatistics({ processInstanceKey }, now)).items).toHaveLength(2);
    expect(await client.getProcessInstanceCallHierarchy({ processInstanceKey }, now)).toEqual([expect.objectContaining({ processInstanceKey, processDefinitionName: 'Waiting' })]);
    expect((await client.searchProcessInstanceIncidents({ processInstanceKey }, now)).items).toEqual([]);
    await client.cancelProcessInstance({ processInstanceKey });
    expect(await client.getProcessInstance({ processInstanceKey }, now)).toMatchObject({ state: 'TERMINATED', endDate: expect.any(String) });
    expect(await failure(client.cancelProcessInstance({ processInstanceKey }))).toMatchObject({ status: 404, title: 'NOT_FOUND' });
  });
});

describe('jobs', () => {
  beforeEach(() => deploy(file('a.bpmn', oneJob('a'))));

  it('come with everything a worker needs, and complete once', async () => {
    await start('a', { x: 1, y: 2 });
    const { jobs: [job] } = await client.activateJobs({ type: 'a', timeout: 60_000, maxJobsToActivate: 1, worker: 'w', fetchVariable: ['x'] });
    expect(job).toMatchObject({ type: 'a', processDefinitionId: 'a', elementId: 'work', customHeaders: { colour: 'red' }, worker: 'w', retries: 2, variables: { x: 1 }, kind: 'BPMN_ELEMENT' });
    expect(Number(job.deadline)).toBeGreaterThan(Date.now() + 30_000);
    await client.completeJob({ jobKey: job.jobKey, variables: { z: 3 } });
    expect(await failure(client.completeJob({ jobKey: job.jobKey }))).toEqual(
      problem(404, 'NOT_FOUND', expect.stringMatching(/^Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job with key '\d+'/) as unknown as string));
    const { items: [shown] } = await client.searchJobs({ filter: { state: 'COMPLETED' } }, now);
    expect(shown).toMatchObject({ jobKey: job.jobKey, state: 'COMPLETED', type: 'a', hasFailedWithRetriesLeft: false });
  });

  it('fail with retries, then raise an incident that a person resolves', async () => {
    const { processInstanceKey } = await start('a');
    const [{ jobKey }] = await activate('a');
    await client.failJob({ jobKey, retries: 1, errorMessage: 'once more', retryBackOff: 0n });
    expect((await client.searchJobs({ filter: { hasFailedWithRetriesLeft: true } }, now)).items).toHaveLength(1);
    await activate('a');
    await client.failJob({ jobKey, retries: 0, errorMessage: 'no more' });
    const { items: [incident] } = await client.searchIncidents({ filter: { state: 'ACTIVE', errorType: 'JOB_NO_RETRIES' } }, now);
    expect(incident).toMatchObject({ errorMessage: 'no more', processInstanceKey, jobKey, elementId: 'work' });
    expect(await client.getIncident({ incidentKey: incident.incidentKey }, now)).toEqual(incident);
    expect((await client.searchProcessInstanceIncidents({ processInstanceKey }, now)).items).toEqual([incident]);
    expect((await client.searchProcessInstances({ filter: { hasIncident: true } }, now)).items).toHaveLength(1);
    expect((await client.searchElementInstances({ filter: { hasIncident: true, type: 'SERVICE_TASK' } }, now)).items).toMatchObject([{ incidentKey: incident.incidentKey }]);
    // What Java answers for "no more".hashCode().
    expect((await client.searchProcessInstances({ filter: { incidentErrorHashCode: 2051903060 } }, now)).items).toMatchObject([{ processInstanceKey }]);
    expect((await client.searchProcessInstances({ filter: { incidentErrorHashCode: { $neq: 2051903060 } } }, now)).items).toEqual([]);
    await client.updateJob({ jobKey, changeset: { retries: 1 } });
    await client.resolveIncident({ incidentKey: incident.incidentKey });
    expect(await activate('a')).toHaveLength(1);
    expect((await client.searchIncidents({ filter: { state: 'RESOLVED' } }, now)).items).toHaveLength(1);
    expect(await failure(client.resolveIncident({ incidentKey: incident.incidentKey }))).toMatchObject({ status: 404 });
  });

  it('throw an error that nothing catches into an incident', async () => {
    await start('a');
    const [job] = await activate('a');
    await client.throwJobError({ jobKey: job.jobKey, errorCode: 'LOST', errorMessage: 'gone' });
    expect((await client.searchIncidents({}, now)).items).toMatchObject([{ errorType: 'UNHANDLED_ERROR_EVENT' }]);
  });
});

describe('user tasks', () => {
  let task: Untyped;
  beforeEach(async () => {
    await deploy(file('r.bpmn', review('r')), file('f.form', form()));
    await start('r', { amount: 21 });
    [task] = (await client.searchUserTasks({ filter: { candidateGroup: 'experts', state: 'CREATED' } }, now)).items;
  });

  it('are found with everything an inbox shows', () => {
    expect(task).toMatchObject({ name: 'Look at it', state: 'CREATED', elementId: 'look', candidateGroups: ['experts', 'chiefs'], candidateUsers: [], processName: 'Review', processDefinitionVersion: 1, priority: 50, dueDate: expect.any(String), formKey: expect.any(String) });
    expect(task).not.toHaveProperty('assignee');
  });

  it('are claimed once, given back, changed and completed', async () => {
    const { userTaskKey } = task;
    await client.assignUserTask({ userTaskKey, assignee: 'ada', allowOverride: false });
    expect(await failure(client.assignUserTask({ userTaskKey, assignee: 'bob', allowOverride: false }))).toMatchObject({ status: 409, title: 'INVALID_STATE' });
    await client.unassignUserTask({ userTaskKey });
    await client.assignUserTask({ userTaskKey, assignee: 'bob' });
    await unchecked().updateUserTask({ userTaskKey, changeset: { priority: 80, dueDate: '', candidateGroups: [], followUpDate: '2030-01-01T00:00:00Z' } });
    const changed = await client.getUserTask({ userTaskKey }, now);
    expect(changed).toMatchObject({ assignee: 'bob', priority: 80, candidateGroups: [], followUpDate: '2030-01-01T00:00:00.000Z' });
    expect(changed).not.toHaveProperty('dueDate');
    await client.completeUserTask({ userTaskKey, variables: { verdict: 'grant' } });
    expect(await client.getUserTask({ userTaskKey }, now)).toMatchObject({ state: 'COMPLETED', completionDate: expect.any(String) });
    expect(await failure(client.completeUserTask({ userTaskKey }))).toEqual(
      problem(404, 'NOT_FOUND', `Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete user task with key '${userTaskKey}', but no such user task was found`));
  });

  it('show their form and the variables they see', async () => {
    const { userTaskKey } = task;
    expect(await client.getUserTaskForm({ userTaskKey }, now)).toMatchObject({ formId: 'look-form', schema: JSON.parse(form()) });
    const { items } = await client.searchUserTaskVariables({ userTaskKey, sort: [{ field: 'name', order: 'ASC' }] }, now);
    expect(items.map(({ name, value }: Untyped) => [name, value])).toEqual([['amount', '21'], ['doubled', '42']]);
  });
});

describe('signals', () => {
  it('reach who waits', async () => {
    await deploy(file('s.bpmn', buildProcess('s', (p) => p.start('start', { signal: 'go' }).user('review').end())));
    expect(await client.broadcastSignal({ signalName: 'go', variables: { by: 'us' } })).toMatchObject({ tenantId: '<default>', signalKey: expect.any(String) });
    const { items } = await client.searchProcessInstances({ filter: { processDefinitionId: 's' } }, now);
    expect(items).toMatchObject([{ state: 'ACTIVE' }]);
    expect(await failure(client.broadcastSignal({ signalName: '' }))).toMatchObject({ status: 400 });
  });
});

describe('messages', () => {
  beforeEach(() => deploy(file('w.bpmn', waiting('w'))));

  it('are correlated at once, or not at all', async () => {
    const { processInstanceKey } = await start('w', { orderId: 'o1' });
    expect((await client.searchMessageSubscriptions({ filter: { messageName: 'paid', correlationKey: 'o1' } }, now)).items).toMatchObject([{ processInstanceKey, messageSubscriptionState: 'CREATED' }]);
    expect(await failure(client.correlateMessage({ name: 'paid', correlationKey: 'other' }))).toMatchObject({ status: 404, title: 'NOT_FOUND' });
    expect(await client.correlateMessage({ name: 'paid', correlationKey: 'o1', variables: { sum: 1 } })).toMatchObject({ processInstanceKey });
  });

  it('are buffered when published, each id once', async () => {
    expect(await client.publishMessage({ name: 'paid', correlationKey: 'o2', messageId: 'm1', timeToLive: 60_000n })).toMatchObject({ messageKey: expect.any(String) });
    expect(await failure(client.publishMessage({ name: 'paid', correlationKey: 'o2', messageId: 'm1', timeToLive: 60_000n }))).toMatchObject({ status: 409, title: 'ALREADY_EXISTS' });
    const awaited = await client.createProcessInstance({ processDefinitionId: 'w', variables: { orderId: 'o2' }, awaitCompletion: true });
    expect(awaited.variables).toEqual({ orderId: 'o2' });
  });
});

describe('decisions', () => {
  beforeEach(() => deploy(file('d.dmn', dmn)));

  it('are evaluated by id and by key, with the rules that matched', async () => {
    const byId = await client.evaluateDecision({ decisionDefinitionId: 'route', variables: { amount: 11 } });
    expect(byId).toMatchObject({ decisionDefinitionId: 'route', decisionRequirementsId: 'routing', output: '"people"', failureMessage: '' });
    expect(byId.evaluatedDecisions[0]).toMatchObject({
      output: '"people"', matchedRules: [{ ruleId: 'big', ruleIndex: 1, evaluatedOutputs: [{ outputName: 'Lane', outputValue: '"people"' }] }], evaluatedInputs: [{ inputName: 'Amount', inputValue: '11' }],
    });
    const byKey = await client.evaluateDecision({ decisionDefinitionKey: byId.decisionDefinitionKey, variables: { amount: 1 } });
    expect(byKey.output).toBe('"machine"');
    expect(await failure(client.evaluateDecision({ decisionDefinitionId: 'none' }))).toMatchObject({ status: 404 });
  });

  it('are found and read, and so are their evaluations', async () => {
    const { items: [definition] } = await client.searchDecisionDefinitions({ filter: { decisionDefinitionId: 'route' } }, now);
    const { decisionDefinitionKey, decisionRequirementsKey } = definition;
    expect(await client.getDecisionDefinition({ decisionDefinitionKey }, now)).toEqual(definition);
    expect(await client.getDecisionDefinitionXml({ decisionDefinitionKey }, now)).toBe(dmn);
    expect(await client.getDecisionRequirements({ decisionRequirementsKey }, now)).toMatchObject({ decisionRequirementsName: 'Routing', resourceName: 'd.dmn' });
    expect((await client.searchDecisionRequirements({}, now)).items).toHaveLength(1);
    expect(await client.getDecisionRequirementsXml({ decisionRequirementsKey }, now)).toBe(dmn);
    await client.evaluateDecision({ decisionDefinitionId: 'route', variables: { amount: 11 } });
    const { items: [evaluated] } = await client.searchDecisionInstances({ filter: { decisionDefinitionId: 'route', state: 'EVALUATED' } }, now);
    expect(evaluated).toMatchObject({ result: '"people"', decisionDefinitionKey });
    const one = await client.getDecisionInstance({ decisionEvaluationInstanceKey: evaluated.decisionEvaluationInstanceKey }, now);
    expect(one).toMatchObject({ ...evaluated, evaluatedInputs: [{ inputValue: '11' }], matchedRules: [{ ruleIndex: 1 }] });
  });
});

describe('variables and element instances', () => {
  it('are found, read and written', async () => {
    await deploy(file('a.bpmn', oneJob('a')));
    const { processInstanceKey } = await start('a', { x: { y: [1] } });
    const { items: elements } = await client.searchElementInstances({ filter: { processInstanceKey }, sort: [{ field: 'elementInstanceKey' }] }, now);
    expect(elements.map(({ elementId, type, state }: Untyped) => [elementId, type, state])).toEqual([['a', 'PROCESS', 'ACTIVE'], ['start', 'START_EVENT', 'COMPLETED'], ['work', 'SERVICE_TASK', 'ACTIVE']]);
    const work = elements[2];
    expect(await client.getElementInstance({ elementInstanceKey: work.elementInstanceKey }, now)).toEqual(work);
    await client.createElementInstanceVariables({ elementInstanceKey: work.elementInstanceKey, variables: { own: true }, local: true });
    await client.createElementInstanceVariables({ elementInstanceKey: work.elementInstanceKey, variables: { x: 2 } });
    const { items } = await client.searchVariables({ filter: { processInstanceKey }, sort: [{ field: 'name' }] }, now);
    expect(items.map(({ name, value, scopeKey }: Untyped) => [name, value, scopeKey])).toEqual([['own', 'true', work.elementInstanceKey], ['x', '2', processInstanceKey]]);
    expect(await client.getVariable({ variableKey: items[1].variableKey }, now)).toMatchObject({ name: 'x', value: '2' });
  });
});

describe('batch operations', () => {
  const jobs = (id: string) => file(`${id}.bpmn`, buildProcess(id, (p) => p.start('s').service('a').service('b').end('e')));
  const end = async (batchOperationKey: string) => {
    for (;;) {
      const found = await client.getBatchOperation({ batchOperationKey }, now);
      if (found.state !== 'ACTIVE') return found;
      await new Promise(setImmediate);
    }
  };
  const keysOf = async (count: number) => {
    const keys: string[] = [];
    for (let n = 0; n < count; n++) keys.push((await start('p', { n })).processInstanceKey);
    return keys;
  };
  const items = async (batchOperationKey: string) => (await client.searchBatchOperationItems({ filter: { batchOperationKey }, sort: [{ field: 'itemKey' }] }, now)).items;
  beforeEach(() => deploy(jobs('p'), jobs('q')));

  it('cancel what a filter finds, and can be looked up by what they touched', async () => {
    const [first, second, third] = await keysOf(3);
    const { batchOperationKey, batchOperationType } = await client.cancelProcessInstancesBatchOperation({ filter: { processInstanceKey: { $in: [first, second] } } }, now);
    expect(batchOperationType).toBe('CANCEL_PROCESS_INSTANCE');
    expect(await end(batchOperationKey)).toMatchObject({ state: 'COMPLETED', operationsTotalCount: 2, operationsCompletedCount: 2, operationsFailedCount: 0, errors: [], startDate: expect.any(String), endDate: expect.any(String) });
    expect((await items(batchOperationKey)).map(({ itemKey, state, processedDate }: Untyped) => [itemKey, state, typeof processedDate])).toEqual([[first, 'COMPLETED', 'string'], [second, 'COMPLETED', 'string']]);
    const { items: ended } = await client.searchProcessInstances({ filter: { batchOperationId: batchOperationKey } }, now);
    expect(ended.map(({ processInstanceKey, state }: Untyped) => [processInstanceKey, state])).toEqual([[first, 'TERMINATED'], [second, 'TERMINATED']]);
    expect(await client.getProcessInstance({ processInstanceKey: third }, now)).toMatchObject({ state: 'ACTIVE' });
    expect((await client.searchBatchOperations({ filter: { operationType: 'CANCEL_PROCESS_INSTANCE', state: 'COMPLETED' }, sort: [{ field: 'endDate', order: 'DESC' }] }, now)).items).toMatchObject([{ batchOperationKey }]);
  });

  it('resolve incidents, and say of each why it could not be', async () => {
    for (const retries of [0, 0]) {
      await start('p');
      const [{ jobKey }] = await activate('a', 1);
      await client.failJob({ jobKey, retries, errorMessage: 'no' });
    }
    const { items: [first] } = await client.searchIncidents({ sort: [{ field: 'incidentKey' }] }, now);
    await client.updateJob({ jobKey: first.jobKey, changeset: { retries: 1 } });
    const { batchOperationKey } = await client.resolveIncidentsBatchOperation({ filter: { hasIncident: true } }, now);
    expect(await end(batchOperationKey)).toMatchObject({ state: 'COMPLETED', operationsTotalCount: 2, operationsCompletedCount: 1, operationsFailedCount: 1 });
    expect(await items(batchOperationKey)).toMatchObject([{ itemKey: first.incidentKey, state: 'COMPLETED', operationType: 'RESOLVE_INCIDENT' }, { state: 'FAILED', errorMessage: expect.stringContaining('no retries left') }]);
    expect(await activate('a')).toHaveLength(1);
  });

  it('migrate and modify', async () => {
    const keys = await keysOf(2);
    const { items: [target] } = await client.searchProcessDefinitions({ filter: { processDefinitionId: 'q' } }, now);
    const migrated = await client.migrateProcessInstancesBatchOperation({
      filter: { processDefinitionId: 'p' }, migrationPlan: { targetProcessDefinitionKey: target.processDefinitionKey, mappingInstructions: [{ sourceElementId: 'a', targetElementId: 'a' }] },
    }, now);
    expect(await end(migrated.batchOperationKey)).toMatchObject({ state: 'COMPLETED', operationsCompletedCount: 2, batchOperationType: 'MIGRATE_PROCESS_INSTANCE' });
    const moved = await client.modifyProcessInstancesBatchOperation({ filter: { processDefinitionId: 'q' }, moveInstructions: [{ sourceElementId: 'a', targetElementId: 'b' }] }, now);
    expect(await end(moved.batchOperationKey)).toMatchObject({ state: 'COMPLETED', operationsCompletedCount: 2, batchOperationType: 'MODIFY_PROCESS_INSTANCE' });
    for (const processInstanceKey of keys) {
      const { items: [active] } = await client.searchElementInstances({ filter: { processInstanceKey, state: 'ACTIVE', type: 'SERVICE_TASK' } }, now);
      expect(active).toMatchObject({ elementId: 'b', processDefinitionId: 'q' });
    }
    expect(await failure(client.migrateProcessInstancesBatchOperation({ filter: {}, migrationPlan: { targetProcessDefinitionKey: '1', mappingInstructions: [] } }, now))).toMatchObject({ status: 404 });
  });

  it('of nothing are completed at once; those that have ended are not found', async () => {
    const { batchOperationKey } = await client.cancelProcessInstancesBatchOperation({ filter: { processInstanceKey: '1' } }, now);
    expect(await client.getBatchOperation({ batchOperationKey }, now)).toMatchObject({ state: 'COMPLETED', operationsTotalCount: 0 });
    for (const [verb, call] of [['cancel', 'cancelBatchOperation'], ['suspend', 'suspendBatchOperation'], ['resume', 'resumeBatchOperation']] as const) {
      expect(await failure(client[call]({ batchOperationKey }, now))).toEqual(problem(404, 'NOT_FOUND', `Command '${verb.toUpperCase()}' rejected with code 'NOT_FOUND': Expected to ${verb} a batch operation with key '${batchOperationKey}', but no such batch operation was found`));
    }
  });

  it('are suspended, resumed and cancelled while items wait', async () => {
    const created = await keysOf(120);
    const { batchOperationKey } = await client.cancelProcessInstancesBatchOperation({ filter: { processDefinitionId: 'p' } }, now);
    await client.suspendBatchOperation({ batchOperationKey }, now);
    const suspended = await client.getBatchOperation({ batchOperationKey }, now);
    expect(suspended).toMatchObject({ state: 'SUSPENDED', operationsTotalCount: created.length });
    expect(suspended.operationsCompletedCount).toBeLessThan(created.length);
    for (let n = 0; n < 20; n++) await new Promise(setImmediate);
    expect(await client.getBatchOperation({ batchOperationKey }, now)).toEqual(suspended);
    expect(await failure(client.suspendBatchOperation({ batchOperationKey }, now))).toMatchObject({ status: 409, title: 'INVALID_STATE' });
    await client.resumeBatchOperation({ batchOperationKey }, now);
    expect(await failure(client.resumeBatchOperation({ batchOperationKey }, now))).toMatchObject({ status: 409, title: 'INVALID_STATE' });
    expect(await end(batchOperationKey)).toMatchObject({ state: 'COMPLETED', operationsCompletedCount: created.length });

    await keysOf(120);
    const other = await client.cancelProcessInstancesBatchOperation({ filter: { processDefinitionId: 'p' } }, now);
    await client.cancelBatchOperation({ batchOperationKey: other.batchOperationKey }, now);
    const canceled = await client.getBatchOperation({ batchOperationKey: other.batchOperationKey }, now);
    expect(canceled).toMatchObject({ state: 'CANCELED', endDate: expect.any(String) });
    const { items: left, page } = await client.searchBatchOperationItems({ filter: { batchOperationKey: other.batchOperationKey, state: 'CANCELED' } }, now);
    expect(left.length).toBeGreaterThan(0);
    expect(Number(page.totalItems) + canceled.operationsCompletedCount).toBe(120);
  });
});

describe('the history of correlations', () => {
  it('tells which message went where', async () => {
    await deploy(file('w.bpmn', waiting('w')), file('m.bpmn', buildProcess('m', (p) => p.start('begin', { message: { name: 'paid' } }).end())));
    const { processInstanceKey } = await start('w', { orderId: 'o1' });
    const { messageKey } = await client.publishMessage({ name: 'paid', correlationKey: 'o1', timeToLive: 0n });
    const { items } = await client.searchCorrelatedMessageSubscriptions({ filter: { messageKey }, sort: [{ field: 'processDefinitionId', order: 'DESC' }] }, now);
    expect(items).toMatchObject([
      { messageKey, messageName: 'paid', correlationKey: 'o1', processInstanceKey, processDefinitionId: 'w', partitionId: 1, elementInstanceKey: expect.any(String), tenantId: '<default>' },
      { messageKey, processDefinitionId: 'm', elementId: 'begin' },
    ]);
    expect(items[1]).not.toHaveProperty('elementInstanceKey');
    expect((await client.searchProcessInstances({ filter: { processInstanceKey: items[1].processInstanceKey } }, now)).items).toMatchObject([{ state: 'COMPLETED' }]);
  });
});

describe('documents', () => {
  beforeEach(() => {
    client = unchecked();
  });
  const hello = (name = 'hello.txt') => new File(['Hello \u00fc'], name, { type: 'text/plain' });

  it('are uploaded with what is known of them, downloaded by their hash, and deleted', async () => {
    const metadata = { contentType: 'text/x-note', fileName: 'note.txt', expiresAt: '2090-01-01T00:00:00.000Z', processDefinitionId: 'p', processInstanceKey: '7', customProperties: { a: [1] } };
    const uploaded = await client.createDocument({ file: hello(), metadata });
    expect(uploaded).toMatchObject({ 'camunda.document.type': 'camunda', storeId: 'local', documentId: expect.any(String), contentHash: createHash('sha256').update('Hello \u00fc').digest('hex') });
    expect(uploaded.metadata).toMatchObject({ contentType: 'text/x-note', fileName: 'note.txt', expiresAt: '2090-01-01T00:00:00.000Z', processDefinitionId: 'p', processInstanceKey: '7', customProperties: { a: [1] } });
    expect(Number(uploaded.metadata.size)).toBe(8);
    const { documentId, contentHash } = uploaded;
    const answer = await test.engine.fetch(`http://engine.test/v2/documents/${documentId}?contentHash=${contentHash}`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition'), await answer.text()]).toEqual([200, 'text/x-note', "attachment; filename*=UTF-8''note.txt", 'Hello \u00fc']);
    expect(await failure(client.getDocument({ documentId, contentHash: '00' }))).toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
    expect(await failure(client.getDocument({ documentId }))).toEqual(problem(400, 'INVALID_ARGUMENT', `No document hash provided for document ${documentId}`));
    expect(await failure(client.createDocumentLink({ documentId, contentHash }))).toMatchObject({ status: 403, title: 'FORBIDDEN' });
    await client.deleteDocument({ documentId });
    for (const call of ['getDocument', 'createDocumentLink', 'deleteDocument']) expect(await failure(client[call]({ documentId, contentHash }))).toEqual(problem(404, 'NOT_FOUND', `Document with id '${documentId}' not found`));
  });

  it('keep their bytes, whatever they are', async () => {
    const every = Uint8Array.from({ length: 256 * 300 }, (_, n) => n % 256);
    const { documentId, contentHash, metadata } = await client.createDocument({ file: new File([every], 'bytes') });
    expect(metadata).toMatchObject({ contentType: 'application/octet-stream', fileName: 'bytes', customProperties: {} });
    // The client's strict check expects text of every document; it fails itself on the bytes that it was right to fetch.
    const believing: Untyped = createClient(test.engine.fetch, 'req:none,res:none');
    const back = await believing.getDocument({ documentId, contentHash });
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(every);
  });

  it('take the id that they are given, once, and stores that there are', async () => {
    await client.createDocument({ file: hello(), documentId: '../../etc/passwd', storeId: 'local' });
    expect(await failure(client.createDocument({ file: hello(), documentId: '../../etc/passwd' }))).toMatchObject({ status: 409, title: 'ALREADY_EXISTS' });
    expect(await failure(client.createDocument({ file: hello(), documentId: 'x'.repeat(300) }))).toMatchObject({ status: 400 });
    expect(await failure(client.createDocument({ file: hello(), storeId: 'gcp' }))).toEqual(problem(400, 'INVALID_ARGUMENT', "Document store with id 'gcp' does not exist"));
  });

  it('come several at once, each with its metadata', async () => {
    const { createdDocuments, failedDocuments } = await client.createDocuments({ files: [hello('a'), hello('b')], metadataList: [{ customProperties: { n: 1 } }, { fileName: 'second' }] });
    expect(failedDocuments).toEqual([]);
    expect(createdDocuments.map(({ metadata }: Untyped) => [metadata.fileName, metadata.customProperties])).toEqual([['a', { n: 1 }], ['second', {}]]);
    expect(await failure(client.createDocuments({ files: [hello()], metadataList: [{}, {}] }))).toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
    expect(await failure(client.createDocuments({ files: [hello()], metadataList: [{ colour: 'red' }] }))).toEqual(problem(400, 'Bad Request', 'Request property [colour] cannot be parsed'));
    expect(await failure(client.createDocuments({ files: [] }))).toMatchObject({ status: 400 });
  });

  it('come as text, too, which is all that the client sends when it checks its requests', async () => {
    const strict: Untyped = createClient(test.engine.fetch, 'req:strict,res:strict');
    const { documentId, contentHash, metadata } = await strict.createDocument({ file: 'as text', metadata: { fileName: 'a.txt', contentType: 'text/plain' } });
    expect(metadata).toMatchObject({ fileName: 'a.txt', contentType: 'text/plain' });
    expect(await strict.getDocument({ documentId, contentHash })).toBe('as text');
    expect((await strict.createDocuments({ files: ['one', 'two'] })).createdDocuments).toHaveLength(2);
  });

  it('are gone when they expire', async () => {
    test.clock.pin(Date.parse('2030-01-01T00:00:00Z'));
    const { documentId, contentHash } = await client.createDocument({ file: hello(), metadata: { expiresAt: '2030-01-01T01:00:00Z' } });
    expect(await client.getDocument({ documentId, contentHash })).toBe('Hello \u00fc');
    test.clock.pin(Date.parse('2030-01-01T01:00:00Z'));
    expect(await failure(client.getDocument({ documentId, contentHash }))).toMatchObject({ status: 404 });
  });
});

describe('usage', () => {
  it('is counted between two instants', async () => {
    const at = (hour: string) => `2030-01-01T${hour}:00:00.000Z`;
    test.clock.pin(Date.parse(at('10')));
    await deploy(file('a.bpmn', oneJob('a')), file('r.bpmn', review('r')), file('f.form', form()), file('d.dmn', dmn));
    await start('a');
    await start('r', { amount: 1 });
    await client.evaluateDecision({ decisionDefinitionId: 'route', variables: { amount: 1 } });
    const { items: [{ userTaskKey }] } = await client.searchUserTasks({}, now);
    await client.assignUserTask({ userTaskKey, assignee: 'ada' });
    const usage = (from: string, to: string, withTenants = false) => client.getUsageMetrics({ startTime: at(from), endTime: at(to), withTenants }, now);
    expect(await usage('10', '10')).toMatchObject({ processInstances: 2n, decisionInstances: 1n, assignees: 1n, activeTenants: 1n });
    expect(await usage('11', '12')).toMatchObject({ processInstances: 0n, decisionInstances: 0n, assignees: 1n });
    expect(await usage('08', '09')).toMatchObject({ processInstances: 0n, decisionInstances: 0n, assignees: 0n });
    expect((await usage('10', '12', true)).tenants).toMatchObject({ '<default>': { processInstances: 2n } });
    const bad = await test.engine.fetch('http://engine.test/v2/system/usage-metrics?startTime=tomorrow&endTime=2030-01-01T00:00:00Z');
    expect(await bad.json()).toMatchObject({ status: 400, detail: "The provided startTime 'tomorrow' cannot be parsed as a date according to RFC 3339, section 5.6." });
    expect((await test.engine.fetch('http://engine.test/v2/system/usage-metrics')).status).toBe(400);
  });
});

describe('the clock', () => {
  it('stands where a test pins it and runs again when let go', async () => {
    const at = Date.parse('2030-01-01T00:00:00Z');
    await client.pinClock({ timestamp: at });
    expect(test.clock.now()).toBe(at);
    await client.resetClock();
    expect(test.clock.now()).toBeLessThan(at);
  });
});

describe('with the client rewriting requests (req:strict)', () => {
  it('takes int64 as text as well', async () => {
    const strict: Untyped = createClient(test.engine.fetch, 'req:strict,res:strict');
    await strict.createDeployment({ resources: [file('a.bpmn', oneJob('a'))] });
    await strict.createProcessInstance({ processDefinitionId: 'a', requestTimeout: 100n, variables: {} });
    const { jobs } = await strict.activateJobs({ type: 'a', timeout: 60_000n, maxJobsToActivate: 1, requestTimeout: 0n, worker: 'w' });
    expect(jobs).toHaveLength(1);
    await strict.failJob({ jobKey: jobs[0].jobKey, retries: 1, retryBackOff: 5n, errorMessage: 'x' });
    await strict.publishMessage({ name: 'm', correlationKey: 'c', timeToLive: 5n });
    await strict.pinClock({ timestamp: 5n });
  });
});

describe('changes of a running instance', () => {
  const deploy = async () => {
    const diagram = (id: string, more: string) => file(`${id}.bpmn`, buildProcess(id, (p) => p.start('s').service('a').service('b').service(more).end('e')));
    const { processes } = await client.createDeployment({ resources: [diagram('p', 'c'), diagram('q', 'd')] });
    return processes.find((one: Untyped) => one.processDefinitionId === 'q').processDefinitionKey;
  };
  const elements = async (processInstanceKey: string) =>
    ((await client.searchElementInstances({ filter: { processInstanceKey: processInstanceKey } }, now)).items ?? []).filter((one: Untyped) => one.type !== 'PROCESS');
  const path = async (processInstanceKey: string) => (await elements(processInstanceKey)).map((one: Untyped) => `${one.elementId}:${one.state}`);

  it('begin where they are told, with tags', async () => {
    await deploy();
    const startAt = (elementId: string) => client.createProcessInstance({ processDefinitionId: 'p', startInstructions: [{ elementId: elementId }], tags: ['urgent'] });
    const created = await startAt('b');
    expect(created.tags).toEqual(['urgent']);
    expect(await path(created.processInstanceKey)).toEqual(['b:ACTIVE']);
    expect(await failure(startAt('s'))).toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
  });

  it('modify it', async () => {
    await deploy();
    const { processInstanceKey } = await client.createProcessInstance({ processDefinitionId: 'p' });
    const a = (await elements(processInstanceKey)).find((one: Untyped) => one.elementId === 'a');
    await client.modifyProcessInstance({
      processInstanceKey,
      activateInstructions: [{ elementId: 'c', ancestorElementInstanceKey: '-1', variableInstructions: [{ variables: { x: 1 }, scopeId: '' }] }],
      terminateInstructions: [{ elementInstanceKey: a.elementInstanceKey }],
    });
    expect(await path(processInstanceKey)).toEqual(['s:COMPLETED', 'a:TERMINATED', 'c:ACTIVE']);
    expect(await failure(client.modifyProcessInstance({ processInstanceKey: '99' }))).toMatchObject({ status: 404, detail: "Command 'MODIFY' rejected with code 'NOT_FOUND': Expected to modify process instance but no process instance found with key '99'" });
  });

  it('migrate it', async () => {
    const targetProcessDefinitionKey = await deploy();
    const { processInstanceKey } = await client.createProcessInstance({ processDefinitionId: 'p' });
    const migrate = (...mappingInstructions: object[]) => client.migrateProcessInstance({ processInstanceKey, targetProcessDefinitionKey, mappingInstructions: mappingInstructions });
    expect(await failure(migrate())).toMatchObject({ status: 409, title: 'INVALID_STATE' });
    await migrate({ sourceElementId: 'a', targetElementId: 'b' });
    expect(await client.getProcessInstance({ processInstanceKey }, now)).toMatchObject({ processDefinitionId: 'q' });
  });

  it('activate elements of an ad-hoc sub-process', async () => {
    const inside = ['A', 'B'].map((id) => `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>`).join('');
    await client.createDeployment({ resources: [file('p.bpmn', buildProcess('p', (p) => p.start('s').add('adHocSubProcess', 'ah', inside).end('e')))] });
    const { processInstanceKey } = await client.createProcessInstance({ processDefinitionId: 'p' });
    const { elementInstanceKey } = (await elements(processInstanceKey)).find((one: Untyped) => one.elementId === 'ah');
    await client.activateAdHocSubProcessActivities({ adHocSubProcessInstanceKey: elementInstanceKey, elements: [{ elementId: 'B', variables: { x: 1 } }] });
    expect(await path(processInstanceKey)).toEqual(['s:COMPLETED', 'ah:ACTIVE', 'ah#innerInstance:ACTIVE', 'B:ACTIVE']);
    expect(await failure(client.activateAdHocSubProcessActivities({ adHocSubProcessInstanceKey: elementInstanceKey, elements: [{ elementId: 'x' }] }))).toMatchObject({ status: 404, title: 'NOT_FOUND' });
  });
});
