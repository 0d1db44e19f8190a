// The SDK's hand-written REST client, over HTTP and with its oddities: empty JSON bodies, lower-case sort order, an empty authorization.
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Camunda8 } from '@camunda8/sdk';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { dmn, form, oneJob, review, waiting } from './diagrams.ts';
import { openTestEngine, type TestEngine } from './engine.ts';
import { serve, type Served } from './http.ts';
import type { Untyped } from './rows.ts';

let test: TestEngine;
let served: Served;
let c8: Camunda8;
let client: Untyped;

beforeEach(async () => {
  test = await openTestEngine();
  served = await serve(test.engine);
  c8 = new Camunda8({ ZEEBE_REST_ADDRESS: served.address, CAMUNDA_AUTH_STRATEGY: 'NONE', CAMUNDA_OAUTH_DISABLED: true, CAMUNDA_LOG_LEVEL: 'none' });
  client = noting(c8.getCamundaRestClient());
  await client.deployResources([{ name: 'a.bpmn', content: oneJob('a') }, { name: 'r.bpmn', content: review('r') }, { name: 'w.bpmn', content: waiting('w') }, { name: 'f.form', content: form() }, { name: 'd.dmn', content: dmn }]);
});
afterEach(async () => {
  await c8.closeAllClients();
  await served.close();
  await test.close();
  expect(test.defects).toEqual([]);
});

/** Methods that a test has called. */
const called = new Set<string>();
function noting(client: Untyped): Untyped {
  return new Proxy(client, {
    get: (target, name) => {
      if (typeof name === 'string') called.add(name);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
/** What makes no request of its own, and old names of other methods. */
const others = ['constructor', 'getHeaders', 'getConfig', 'startWorkers', 'stopWorkers', 'callApiEndpoint', 'addDefaultTenantId', 'assignTask', 'updateTask', 'unassignTask'];

afterAll(() => {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(new Camunda8({ CAMUNDA_OAUTH_DISABLED: true, CAMUNDA_LOG_LEVEL: 'none' }).getCamundaRestClient()));
  expect(methods.length).toBeGreaterThan(50);
  expect(methods.filter((name) => !called.has(name) && !others.includes(name)), 'methods that no test has called').toEqual([]);
});

const statusOf = (promise: Promise<unknown>) => promise.then(() => 200, (error: { statusCode: number }) => error.statusCode);
const lastRequest = () => served.requests.at(-1);

describe('the legacy client', () => {
  it('asks what kind of cluster this is', async () => {
    expect(await client.getTopology()).toMatchObject({ clusterSize: 1 });
    expect(lastRequest()).toMatchObject({ headers: { 'content-type': 'application/json', authorization: '' }, body: '' });
    expect(await client.getLicenseStatus()).toMatchObject({ licenseType: 'apache-2.0' });
  });

  it('works jobs', async () => {
    const worker = client.createJobWorker({ type: 'a', worker: 'w', maxJobsToActivate: 5, timeout: 60_000, pollIntervalMs: 5, jobHandler: (job: Untyped) => job.complete({ z: job.variables.x + 1 }) });
    const done = await client.createProcessInstanceWithResult({ processDefinitionId: 'a', variables: { x: 1 }, fetchVariables: ['z'] });
    worker.stop();
    expect(done.variables).toEqual({ z: 2 });
  });

  it('activates, fails, updates and completes a job, and resolves its incident', async () => {
    await client.createProcessInstance({ processDefinitionId: 'a', variables: { x: 1 } });
    const activate = () => client.activateJobs({ type: 'a', worker: 'w', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 100 });
    const [job] = await activate();
    await client.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: 'no', retryBackOff: 0 });
    const { items: [incident] } = await client.searchIncidents({ filter: { state: 'ACTIVE' }, sort: [{ field: 'creationTime', order: 'desc' }] });
    await client.updateJob({ jobKey: job.jobKey, retries: 2 });
    await client.resolveIncident(incident.incidentKey);
    expect(lastRequest()).toMatchObject({ body: '', headers: { 'content-type': 'application/json' } });
    const [again] = await activate();
    await client.completeJob({ jobKey: again.jobKey, variables: { y: 1 } });
    expect(await statusOf(client.completeJob({ jobKey: again.jobKey, variables: {} }))).toBe(404);
    await client.createProcessInstance({ processDefinitionId: 'a', variables: {} });
    const [third] = await activate();
    await client.errorJob({ jobKey: third.jobKey, errorCode: 'E', errorMessage: 'm', variables: {} });
  });

  it('does what an inbox does', async () => {
    await client.createProcessInstance({ processDefinitionId: 'r', variables: { amount: 1 } });
    const { items: [task], page } = await client.searchUserTasks({ filter: { state: 'CREATED' } });
    expect(JSON.parse(lastRequest()?.body ?? '')).toMatchObject({ sort: [{ field: 'creationDate', order: 'asc' }], page: { from: 0, limit: 100 } });
    expect(String(page.totalItems)).toBe('1');
    const { userTaskKey } = task;
    expect(await client.getUserTask(userTaskKey)).toMatchObject({ userTaskKey, name: 'Look at it' });
    await client.assignUserTask({ userTaskKey, assignee: 'ada', allowOverride: false });
    await client.unassignUserTask({ userTaskKey });
    expect(lastRequest()).toMatchObject({ method: 'DELETE', body: '' });
    expect(await statusOf(client.updateUserTask({ userTaskKey, changeset: { priority: 1 } })), 'a path that Camunda 8.8 does not have either').toBe(404);
    expect((await client.searchUserTaskVariables({ userTaskKey, sort: [{ field: 'name' }] })).items.map(({ name }: Untyped) => name)).toEqual(['amount', 'doubled']);
    await client.completeUserTask({ userTaskKey, variables: { verdict: 'grant' } });
    expect(await client.getUserTask(userTaskKey)).toMatchObject({ state: 'COMPLETED' });
  });

  it('publishes and correlates messages, evaluates decisions, cancels', async () => {
    const { processInstanceKey } = await client.createProcessInstance({ processDefinitionId: 'w', variables: { orderId: 'o' } });
    expect(await client.correlateMessage({ name: 'paid', correlationKey: 'o', variables: {} })).toMatchObject({ processInstanceKey });
    expect(await statusOf(client.correlateMessage({ name: 'paid', correlationKey: 'o', variables: {} }))).toBe(404);
    await client.publishMessage({ name: 'paid', correlationKey: 'p', timeToLive: 1000, variables: {} });
    expect(await client.evaluateDecision({ decisionDefinitionId: 'route', variables: { amount: 100 } })).toMatchObject({ output: '"people"' });
    const other = await client.createProcessInstance({ processDefinitionId: 'a', variables: {} });
    await client.cancelProcessInstance({ processInstanceKey: other.processInstanceKey });
    expect(await statusOf(client.cancelProcessInstance({ processInstanceKey: other.processInstanceKey }))).toBe(404);
    expect(await client.broadcastSignal({ signalName: 's', variables: {} })).toMatchObject({ signalKey: expect.any(String) });
  });

  it('reads definitions, instances, elements and variables, writes variables, deletes resources', async () => {
    const started = await client.createProcessInstance({ processDefinitionId: 'a', variables: { x: 'text' } });
    const { items: [definition] } = await client.searchProcessDefinitions({ filter: { processDefinitionId: 'a' } });
    expect(await client.getProcessDefinition(definition.processDefinitionKey)).toMatchObject({ processDefinitionId: 'a' });
    expect(await client.getProcessDefinitionXML(definition.processDefinitionKey)).toBe(oneJob('a'));
    expect((await client.searchProcessInstances({ filter: { processInstanceKey: started.processInstanceKey }, sort: [{ field: 'startDate', order: 'ASC' }] })).items).toHaveLength(1);
    const { items } = await client.searchElementInstances({ filter: { processInstanceKey: started.processInstanceKey, type: 'SERVICE_TASK' } });
    expect(await client.getElementInstance(items[0].elementInstanceKey)).toMatchObject({ elementId: 'work' });
    await client.updateElementInstanceVariables({ elementInstanceKey: items[0].elementInstanceKey, variables: { x: 2 }, local: false });
    const { items: [variable] } = await client.searchVariables({ filter: { processInstanceKey: started.processInstanceKey, name: 'x' } });
    expect(await client.getVariable({ variableKey: variable.variableKey })).toMatchObject({ name: 'x' });
    await client.cancelProcessInstance({ processInstanceKey: started.processInstanceKey });
    await client.deleteResource({ resourceKey: definition.processDefinitionKey });
  });

  it('stores documents, with and without file names, and hands them out', async () => {
    const stored = await client.uploadDocument({ file: Buffer.from('a note'), metadata: { contentType: 'text/plain', fileName: 'note.txt', customProperties: { a: 1 } } });
    expect(stored).toMatchObject({ documentId: expect.any(String), metadata: { fileName: 'note.txt', contentType: 'text/plain' } });
    const { documentId, contentHash } = stored;
    expect(Buffer.from(await client.downloadDocument({ documentId, contentHash })).toString()).toBe('a note');
    const bytes = Buffer.from([0xff, 0xfe, 0, 1]);
    const named = await client.uploadDocument({ file: bytes, metadata: { fileName: 'bytes' } });
    expect(Buffer.from(await client.downloadDocument({ documentId: named.documentId, contentHash: named.contentHash }))).toEqual(bytes);
    expect((await client.uploadDocument({ file: Buffer.from('text') })).metadata).toMatchObject({ fileName: 'file' });
    expect(await statusOf(client.uploadDocument({ file: bytes })), 'without a file name bytes come as text and would be damaged').toBe(400);
    const many = await client.uploadDocuments({ files: [createReadStream(import.meta.filename), createReadStream(import.meta.filename)] });
    expect(many.createdDocuments).toHaveLength(2);
    expect(await statusOf(client.createDocumentLink({ documentId, contentHash, timeToLive: 1000 })), 'a path that Camunda 8.8 does not have either').toBe(404);
    await client.deleteDocument({ documentId });
    expect(await statusOf(client.deleteDocument({ documentId }))).toBe(404);
  });

  it('modifies and migrates instances', async () => {
    await client.deployResources([{ name: 'two.bpmn', content: oneJob('two') }]);
    const { items: [two] } = await client.searchProcessDefinitions({ filter: { processDefinitionId: 'two' } });
    const { processInstanceKey } = await client.createProcessInstance({ processDefinitionId: 'a', variables: {} });
    await client.migrateProcessInstance({ processInstanceKey, targetProcessDefinitionKey: two.processDefinitionKey, mappingInstructions: [{ sourceElementId: 'work', targetElementId: 'work' }] });
    const { items: [work] } = await client.searchElementInstances({ filter: { processInstanceKey, type: 'SERVICE_TASK' } });
    await client.modifyProcessInstance({ processInstanceKey, activateInstructions: [{ elementId: 'work' }], terminateInstructions: [{ elementInstanceKey: work.elementInstanceKey }] });
    expect((await client.searchProcessInstances({ filter: { processInstanceKey } })).items).toMatchObject([{ processDefinitionId: 'two', state: 'ACTIVE' }]);
  });

  it('deploys files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'legacy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'file.bpmn'), oneJob('file'));
    expect((await client.deployResourcesFromFiles([join(folder, 'file.bpmn')])).processes).toMatchObject([{ processDefinitionId: 'file', resourceName: 'file.bpmn' }]);
  });

  it('is told that there is no identity here', async () => {
    for (const call of [() => client.createUser({ username: 'u', password: 'p', name: 'n', email: 'e@x' }), () => client.searchUsers({}), () => client.searchUsersForTenant('t', {})]) expect(await statusOf(call())).toBe(501);
    expect(await statusOf(client.modifyAuthorization({ authorizationKey: '1' })), 'Camunda 8.8 has PUT there').toBe(405);
  });

  it('moves the clock', async () => {
    await client.pinInternalClock(5000);
    expect(test.clock.now()).toBe(5000);
    await client.resetClock();
    expect(lastRequest()).toMatchObject({ body: '' });
    expect(test.clock.now()).toBeGreaterThan(5000);
  });

  it('lets commands through beside 40 idle workers of its own', async () => {
    const workers = Array.from({ length: 40 }, (_, n) =>
      client.createJobWorker({ type: `idle-${n}`, worker: 'w', maxJobsToActivate: 5, timeout: 60_000, pollIntervalMs: 1, jobHandler: (job: Untyped) => job.complete() }));
    while (test.engine.metrics().waitingActivations < 40) await new Promise(setImmediate);
    const begun = performance.now();
    for (let n = 0; n < 20; n++) await client.createProcessInstance({ processDefinitionId: 'a', variables: {} });
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(test.engine.metrics().waitingActivations).toBe(40);
    for (const worker of workers) worker.stop();
    while (test.engine.metrics().waitingActivations > 0) await new Promise(setImmediate);
  });

  it('leaves no job locked when a worker stops in the middle of a poll', async () => {
    const worker = client.createJobWorker({ type: 'a', worker: 'w', maxJobsToActivate: 5, timeout: 60_000, pollIntervalMs: 1, jobHandler: (job: Untyped) => job.complete() });
    while (test.engine.metrics().waitingActivations === 0) await new Promise(setImmediate);
    worker.stop();
    while (test.engine.metrics().waitingActivations > 0) await new Promise(setImmediate);
    await client.createProcessInstance({ processDefinitionId: 'a', variables: {} });
    expect(await client.activateJobs({ type: 'a', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 })).toHaveLength(1);
  });
});
