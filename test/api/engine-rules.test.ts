/** What a key with the scope `engine` must not be able to do: lose a case that was accepted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCase } from '../../ledger/index.ts';
import { workers } from '../../workers/index.ts';
import { createEngineRules } from '../../api/engine-rules.ts';
import { ownResources } from '../../api/run/own-resources.ts';
import { operations } from '../../engine/rest/operations/index.ts';
import { creditInput } from './open-api.ts';
import { startProduct, startTestCase, type CaseView, type Product } from './product.ts';

let product: Product;
let started: CaseView;
let instance: string;
beforeAll(async () => {
  product = await startProduct();
  started = await startTestCase(product, 'credit-risk', creditInput);
  instance = (await getCase(product.stellwerk.ledger, started.caseId))?.binding?.processInstanceKey ?? '';
}, 60_000);
afterAll(() => product.close());

const refusal = (why: RegExp) => ({ status: 403, type: 'urn:stellwerk:problem:engine-call-refused', detail: expect.stringMatching(why) });
const post = async (path: string, body?: unknown) => (await product.engineClient.call('POST', path, body)).body;

const diagram = (type: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t"><bpmn:process id="with-${type}" isExecutable="true"><bpmn:startEvent id="s"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/>
<bpmn:serviceTask id="t"><bpmn:extensionElements><zeebe:taskDefinition type="${type}"/></bpmn:extensionElements><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:serviceTask>
<bpmn:sequenceFlow id="b" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent></bpmn:process></bpmn:definitions>`;

describe('the instance of a case', () => {
  it.each(['cancellation', 'modification', 'migration', 'deletion'])('cannot be ended or bent by %s, and the case goes on', async (action) => {
    expect(await post(`/v2/process-instances/${instance}/${action}`, {})).toMatchObject(refusal(/case that was accepted/));
    expect(await post(`/v2/process%2Dinstances//${instance}/${action}/?x`, {})).toMatchObject(refusal(/case that was accepted/));
    expect(await post(`/v2/process-instances/${action}`, { filter: {} })).toMatchObject(refusal(/Name each instance/));
    expect(await product.engineClient.get(`/v2/process-instances/${instance}`)).toMatchObject({ state: 'ACTIVE' });
  });

  it('is told apart from an instance of somebody else, which may be cancelled', async () => {
    await product.stellwerk.engineClient.createDeployment({ resources: [new File([diagram('foreign')], 'foreign.bpmn')] });
    const { processInstanceKey } = await product.engineClient.post<{ processInstanceKey: string }>('/v2/process-instances', { processDefinitionId: 'with-foreign' });
    expect((await product.engineClient.call('POST', `/v2/process-instances/${processInstanceKey}/cancellation`, {})).status).toBe(204);
  });
});

describe("the product's own processes", () => {
  const definitionKey = async (processDefinitionId: string) => {
    const { items } = await product.engineClient.post<{ items: { processDefinitionKey: string }[] }>('/v2/process-definitions/search', { filter: { processDefinitionId } });
    return items[0]?.processDefinitionKey ?? '';
  };

  it.each(['model-promotion', 'anomaly-routing', 'serve-candidate'])('%s cannot be started over HTTP, neither at its start nor in its middle', async (processDefinitionId) => {
    const processDefinitionKey = await definitionKey(processDefinitionId);
    expect(processDefinitionKey).toMatch(/^[0-9]+$/);
    for (const which of [{ processDefinitionId }, { processDefinitionKey }, { processDefinitionKey: Number(processDefinitionKey) }, { processDefinitionId: null, processDefinitionKey }])
      for (const more of [{}, { startInstructions: [{ elementId: 'go-live' }], variables: { releaseId: 'forged' } }]) expect(await post('/v2/process-instances', { ...which, ...more })).toMatchObject(refusal(/starts its own processes by itself/));
    const { items } = await product.engineClient.post<{ items: unknown[] }>('/v2/process-instances/search', { filter: { processDefinitionId: 'model-promotion' } });
    expect(items).toEqual([]);
  });

  it('cannot be reached by migrating another instance into them', async () => {
    await product.stellwerk.engineClient.createDeployment({ resources: [new File([diagram('stranger')], 'stranger.bpmn')] });
    const { processInstanceKey } = await product.engineClient.post<{ processInstanceKey: string }>('/v2/process-instances', { processDefinitionId: 'with-stranger' });
    const to = { targetProcessDefinitionKey: await definitionKey('model-promotion'), mappingInstructions: [{ sourceElementId: 't', targetElementId: 'go-live' }] };
    expect(await post(`/v2/process-instances/${processInstanceKey}/migration`, to)).toMatchObject(refusal(/another process can become/));
  });

  it.each(['publication', 'correlation'])('are woken by no message from outside: %s under their names is refused, under another it is not', async (action) => {
    for (const name of ['case-received', 'release-proposed', 'rollback-asked', 'go-live-decided', 'step-now']) expect(await post(`/v2/messages/${action}`, { name, correlationKey: 'k' })).toMatchObject(refusal(/sent by the product itself/));
    expect((await product.engineClient.call('POST', `/v2/messages/${action}`, { name: 'theirs', correlationKey: 'k' })).status).not.toBe(403);
  });

  it('are not reached by a body behind a byte order mark', async () => {
    const answer = await fetch(`${product.stellwerk.url}/v2/process-instances`, {
      method: 'POST',
      headers: { ...product.engineClient.headers, 'content-type': 'application/json' },
      body: `\uFEFF${JSON.stringify({ processDefinitionId: 'serve-candidate' })}`,
    });
    expect(await answer.json()).toMatchObject(refusal(/starts its own processes by itself/));
  });
});

describe('jobs', () => {
  it.each(workers.map(({ type }) => type))('of the type %s are not handed out', async (type) => {
    expect(await post('/v2/jobs/activation', { type, timeout: 1000, maxJobsToActivate: 1 })).toMatchObject(refusal(/own workers/));
  });

  it('of the product cannot be completed, failed, ended with an error or changed', async () => {
    const { items } = await product.engineClient.post<{ items: { jobKey: string }[] }>('/v2/jobs/search', { filter: { processInstanceKey: instance } });
    const key = items[0]?.jobKey ?? '';
    for (const [action, body] of [['completion', {}], ['failure', { retries: 0 }], ['error', { errorCode: 'X' }]] as const) expect(await post(`/v2/jobs/${key}/${action}`, body)).toMatchObject(refusal(/own workers/));
    expect((await product.engineClient.call('PATCH', `/v2/jobs/${key}`, { changeset: { retries: 0 } })).body).toMatchObject(refusal(/own workers/));
  });

  it("of another type are handed out and completed, as any worker does", async () => {
    await product.stellwerk.engineClient.createDeployment({ resources: [new File([diagram('theirs')], 'theirs.bpmn')] });
    await product.engineClient.post('/v2/process-instances', { processDefinitionId: 'with-theirs' });
    const { jobs } = await product.engineClient.post<{ jobs: { jobKey: string }[] }>('/v2/jobs/activation', { type: 'theirs', timeout: 10_000, maxJobsToActivate: 1, requestTimeout: 5_000 });
    expect((await product.engineClient.call('POST', `/v2/jobs/${jobs[0]?.jobKey}/completion`, {})).status).toBe(204);
  });
});

describe('deployed resources', () => {
  it('of the product are known by their ids', async () => {
    expect([...(await ownResources())]).toEqual(expect.arrayContaining(['anomaly-routing', 'anomaly-routing-table', 'review-credit-risk', 'review-digits']));
  });

  it('of the product cannot be deleted, others can', async () => {
    const process = await product.engineClient.post<{ items: { processDefinitionKey: string; processDefinitionId: string }[] }>('/v2/process-definitions/search', {});
    const table = await product.engineClient.post<{ items: { decisionRequirementsKey: string }[] }>('/v2/decision-requirements/search', {});
    const own = process.items.find(({ processDefinitionId }) => processDefinitionId === 'anomaly-routing')?.processDefinitionKey ?? '';
    for (const key of [own, table.items[0]?.decisionRequirementsKey ?? '']) expect(await post(`/v2/resources/${key}/deletion`, {})).toMatchObject(refusal(/Deploy a new version/));
    const deployed = await product.stellwerk.engineClient.createDeployment({ resources: [new File([diagram('gone')], 'gone.bpmn')] });
    expect((await product.engineClient.call('POST', `/v2/resources/${deployed.processes[0]?.processDefinitionKey}/deletion`, {})).status).toBeLessThan(300);
  });
});

describe('an operation of the engine that changes something', () => {
  const key = '2251799813685249';
  /** What an application, a worker or an operator may do; the rest is refused. */
  const open = [
    'createDeployment', 'createProcessInstance', 'publishMessage', 'correlateMessage', 'broadcastSignal', 'evaluateDecision', 'resolveIncident', 'resolveIncidentsBatchOperation',
    'cancelBatchOperation', 'suspendBatchOperation', 'resumeBatchOperation',
  ];
  /** Open where no case is touched: there is none behind this key. */
  const looked = ['activateJobs', 'completeJob', 'failJob', 'throwJobError', 'updateJob', 'cancelProcessInstance', 'modifyProcessInstance', 'migrateProcessInstance', 'deleteResource', 'activateAdHocSubProcessActivities'];
  const changing = operations.filter(({ method, path, missing }) => missing === undefined && method !== 'GET' && !/\/(search|element-instances)$/.test(path));

  it.each(changing.map((operation) => [operation.operationId, operation] as const))('%s is open only where it is known to be harmless', async (operationId, { method, path }) => {
    const { status, body } = await product.engineClient.call(method, `/v2${path.replace(/\{\w+\}/, key)}`, method === 'DELETE' ? undefined : {});
    if (open.includes(operationId) || looked.includes(operationId)) expect(status, JSON.stringify(body)).not.toBe(403);
    else expect(body).toMatchObject(refusal(/./));
  });

  it('and that nobody has thought of is refused, while unknown ones stay unknown', async () => {
    const rules = createEngineRules({ engine: { ...product.stellwerk.engine!, offers: () => true }, ledger: product.stellwerk.ledger, ownResources: new Set() });
    expect(await rules({ method: 'POST', path: '/tomorrow', body: {} })).toMatch(/nobody has opened/);
    expect(await rules({ method: 'GET', path: '/tomorrow', body: undefined })).toBeNull();
    expect((await product.engineClient.call('POST', '/v2/tomorrow', {})).status).toBe(404);
    expect((await product.engineClient.call('POST', '/v2/users', {})).status).toBe(501);
  });

  it('in an ad-hoc sub-process of a case is refused like the instance', async () => {
    const { items } = await product.engineClient.post<{ items: { elementInstanceKey: string }[] }>('/v2/element-instances/search', { filter: { processInstanceKey: instance, state: 'ACTIVE' } });
    expect(await post(`/v2/element-instances/ad-hoc-activities/${items[0]?.elementInstanceKey}/activation`, { elements: [] })).toMatchObject(refusal(/case that was accepted/));
  });

  it('stores no document beside the vault', async () => {
    for (const [method, path] of [['POST', '/v2/documents'], ['POST', '/v2/documents/batch'], ['GET', '/v2/documents/a'], ['DELETE', '/v2/documents/a'], ['POST', '/v2/documents/a/links']] as const) {
      expect((await product.engineClient.call(method, path, method === 'POST' ? {} : undefined)).body).toMatchObject(refusal(/beside the vault/));
    }
  });
});
