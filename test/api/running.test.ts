/** The running product as a whole: first start, restart, one server per folder, the model server's death, processes, the engine's own API. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstRun } from '../../api/run/first-run.ts';
import { readSettings } from '../../api/settings.ts';
import { startStellwerk } from '../../api/start.ts';
import { getCase } from '../../ledger/index.ts';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { creditInput } from './open-api.ts';
import { openTestRelease, startProduct, startTestCase, taskOf, type CaseView, type Product, type TaskDetail, type VerdictResult } from './product.ts';

let product: Product;
beforeAll(async () => { product = await startProduct(); }, 60_000);
afterAll(() => product.close());

const settingsOf = ({ env }: Product) => {
  const read = readSettings(env);
  if (!read.ok) throw new Error(read.problems.join());
  return read.settings;
};

describe('the first start', () => {
  it('writes one account per role and the keys, for the owner of the folder only', async () => {
    const file = join(product.dataDir, 'first-run.json');
    const written = FirstRun.parse(JSON.parse(await readFile(file, 'utf8')));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(written.url).toBe(product.stellwerk.url);
    expect(new Set(written.users.map(({ role }) => role))).toEqual(new Set(['expert', 'approver', 'process-owner', 'ml-engineer', 'auditor', 'administrator']));
    for (const { name } of written.users) expect(await (await product.as(name)).get('/api/session')).toMatchObject({ user: { name } });
    expect(await product.application.get('/api/decision-services')).toMatchObject({ items: [{ service: 'credit-risk' }, { service: 'digits' }] });
  });

  it('listens on loopback', () => { expect(new URL(product.stellwerk.url).hostname).toBe('127.0.0.1'); });

  it('is ready, and says which parts run', async () => {
    const nobody = await fetch(`${product.stellwerk.url}/api/health/ready`);
    expect(await nobody.json()).toEqual({ status: 'ready', parts: { ledger: 'up', engine: 'up', workers: 'up', 'model-server': 'up' } });
    expect(await (await fetch(`${product.stellwerk.url}/api/health/live`)).json()).toEqual({ status: 'live' });
  });
});

describe('a second server on the same folder', () => {
  it('refuses with a sentence and leaves the first alone', async () => {
    await expect(startStellwerk(settingsOf(product))).rejects.toThrow(/Another Stellwerk process is using the data folder .* STELLWERK_DATA/);
    expect((await fetch(`${product.stellwerk.url}/api/health/ready`)).status).toBe(200);
  });
});

describe('a restart', () => {
  it('finds everything still there, and the first run is not repeated', async () => {
    const one = await startProduct();
    const waiting = await startTestCase(one, 'credit-risk', creditInput);
    expect(waiting.status).toBe('in-review');
    const expert = await one.as('expert');
    const { userTaskKey } = await taskOf(expert, waiting.caseId);
    await expert.post(`/api/inbox/tasks/${userTaskKey}/claim`);
    const before = await readFile(join(one.dataDir, 'first-run.json'), 'utf8');
    await one.stellwerk.close();

    let repeated = false;
    const again = await startStellwerk(settingsOf(one), { onFirstRun: async () => { repeated = true; } });
    await again.firstRunDone;
    const headers = { cookie: expert.headers['cookie'] ?? '' };
    const task = (await (await fetch(`${again.url}/api/inbox/tasks/${userTaskKey}`, { headers })).json()) as TaskDetail;
    expect(task).toMatchObject({ caseId: waiting.caseId, assignee: { name: 'expert' }, step: 'blind' });
    expect(repeated).toBe(false);
    expect({ ...JSON.parse(before), url: '' }).toEqual({ ...JSON.parse(await readFile(join(one.dataDir, 'first-run.json'), 'utf8')), url: '' });
    expect((await getCase(again.ledger, waiting.caseId))?.binding?.processDefinitionVersion).toBe(1);
    await again.close();
  }, 60_000);

  it('repeats a first run that did not come to its end', async () => {
    const runs: string[] = [];
    const one = await startProduct({ onFirstRun: async () => { runs.push('first'); throw new Error('killed'); } });
    await expect(one.stellwerk.firstRunDone).rejects.toThrow('killed');
    await one.stellwerk.close();
    const again = await startStellwerk(settingsOf(one), { onFirstRun: async () => { runs.push('second'); } });
    await again.firstRunDone;
    await again.close();
    const third = await startStellwerk(settingsOf(one), { onFirstRun: async () => { runs.push('third'); } });
    await third.firstRunDone;
    await third.close();
    expect(runs).toEqual(['first', 'second']);
  }, 60_000);
});

describe('an automatic case', () => {
  it('is decided while the caller waits, and says by what', async () => {
    const release = await openTestRelease(product, { service: 'digits', model: 'digits-v1', threshold: 0.82, auditShare: 0.01 });
    const decided: CaseView[] = [];
    for (const { input } of (await readDemoCases('digits', 'held-out')).slice(0, 8)) decided.push(await startTestCase(product, 'digits', input));
    const automatic = decided.filter(({ status }) => status === 'decided');
    expect(automatic.length).toBeGreaterThan(3);
    for (const one of automatic) expect(one).toMatchObject({ decidedBy: 'model', release, reasons: [], decision: expect.stringMatching(/^\d$/), confidence: expect.any(Number) });
    expect(await product.application.get(`/api/cases/${automatic[0]?.caseId}/record`)).toMatchObject({ sealed: false, decision: { decidedBy: 'model', provenance: 'automatic-unverified' }, predictions: [{ role: 'decider' }] });
  });
});

describe('with a search that lags by two seconds', () => {
  it('a review goes its way from claim to decision', async () => {
    const slow = await startProduct({ searchDelayMs: 2000 });
    try {
      const expert = await slow.as('expert');
      const waiting = await startTestCase(slow, 'credit-risk', creditInput);
      const { userTaskKey } = await taskOf(expert, waiting.caseId);
      expect(await expert.post(`/api/inbox/tasks/${userTaskKey}/claim`)).toMatchObject({ assignee: { name: 'expert' } });
      expect(await expert.get(`/api/inbox/tasks/${userTaskKey}`)).toMatchObject({ assignee: { name: 'expert' }, may: { unclaim: true } });
      const second = await slow.as('adjudicator');
      expect((await second.call('POST', `/api/inbox/tasks/${userTaskKey}/verdict`, { class: 'grant' })).body).toMatchObject({ status: expect.any(Number) });
      const { task } = await expert.post<VerdictResult>(`/api/inbox/tasks/${userTaskKey}/verdict`, { class: 'grant' });
      expect(task.step).toBe('stored');
      expect(await slow.application.get(`/api/cases/${waiting.caseId}?wait=30`)).toMatchObject({ status: 'decided', decision: 'grant', decidedBy: 'expert', reasons: ['NO_RELEASE'] });
    } finally {
      await slow.close();
    }
  }, 60_000);
});

describe('starting a process', () => {
  const diagram = (id: string, body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t"><bpmn:process id="${id}" isExecutable="true">${body}</bpmn:process></bpmn:definitions>`;
  const straight = diagram('doubling', `<bpmn:startEvent id="s"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/>
<bpmn:scriptTask id="t"><bpmn:extensionElements><zeebe:script expression="=n * 2" resultVariable="doubled"/></bpmn:extensionElements><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:scriptTask>
<bpmn:sequenceFlow id="b" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>`);
  const waiting = diagram('waiting', `<bpmn:startEvent id="s"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/>
<bpmn:intermediateCatchEvent id="t"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing><bpmn:timerEventDefinition id="td"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
<bpmn:sequenceFlow id="b" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>`);
  beforeAll(async () => {
    for (const [name, xml] of Object.entries({ doubling: straight, waiting })) await product.stellwerk.engineClient.createDeployment({ resources: [new File([xml], `${name}.bpmn`)] });
  });

  it('answers 200 with its variables where it ends in time, else 202 with the address', async () => {
    const ended = await product.application.call('POST', '/api/processes/doubling/instances', { variables: { n: 21 } }, { prefer: 'wait=20' });
    expect(ended).toMatchObject({ status: 200, body: { status: 'completed', processDefinitionId: 'doubling', variables: { n: 21, doubled: 42 } } });
    const parked = await product.application.call('POST', '/api/processes/waiting/instances', {});
    expect(parked).toMatchObject({ status: 202, body: { status: 'active', variables: null } });
    const location = parked.headers.get('location') ?? '';
    expect(await product.application.get(`${location}?wait=1`)).toMatchObject({ status: 'active', hasIncident: false });
  });

  it('answers 404 for a process or instance that does not exist, and 400 for unknown fields', async () => {
    expect((await product.application.call('POST', '/api/processes/no-such/instances', {})).body).toMatchObject({ status: 404, type: 'urn:stellwerk:problem:process-unknown' });
    expect((await product.application.call('GET', '/api/processes/doubling/instances/42')).body).toMatchObject({ status: 404, type: 'urn:stellwerk:problem:process-instance-unknown' });
    expect((await product.application.call('POST', '/api/processes/doubling/instances', { variable: {} })).status).toBe(400);
  });
});

describe("the engine's own API under /v2", () => {
  const refused = [
    ['POST', '/v2/user-tasks/1/completion'], ['POST', '/v2/user-tasks/1/assignment'], ['DELETE', '/v2/user-tasks/1/assignee'], ['PATCH', '/v2/user-tasks/1'], ['PATCH', '/v2/user-tasks/1/update'],
    ['PUT', '/v2/element-instances/1/variables'], ['PUT', '/v2/clock'], ['POST', '/v2/clock/reset'],
    ['POST', '/v2//user-tasks//1/completion'], ['POST', '/v2/user%2Dtasks/1/completion'], ['POST', '/v2/user-tasks/1/completion?x=1'], ['POST', '/v2/./user-tasks/1/completion/'],
  ] as const;

  it('is open to a key with the scope engine, as Basic and as bearer', async () => {
    expect(await product.engineClient.get('/v2/topology')).toMatchObject({ clusterSize: 1 });
    expect((await product.engineClient.call('POST', '/v2/process-definitions/search', {})).status).toBe(200);
    const { secret } = product.stellwerk.firstRun?.engineKey ?? { secret: '' };
    expect((await fetch(`${product.stellwerk.url}/v2/topology`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
  });

  it('is closed to nobody, to people and to other keys', async () => {
    expect((await fetch(`${product.stellwerk.url}/v2/topology`)).status).toBe(401);
    const administrator = await product.as('administrator');
    expect((await administrator.call('GET', '/v2/topology')).status).toBe(401);
    expect((await product.application.call('GET', '/v2/topology')).body).toMatchObject({ status: 403, type: 'urn:stellwerk:problem:scope-missing' });
  });

  it.each(refused)('refuses %s %s, which would go round the rules of the product', async (method, path) => {
    const answer = await product.engineClient.call(method, path, method === 'DELETE' ? undefined : {});
    expect(answer.body).toMatchObject({ status: 403, type: 'urn:stellwerk:problem:engine-call-refused' });
  });

  it('takes a deployment of a diagram as Camunda clients send it, and says what is wrong with a broken one', async () => {
    const form = new FormData();
    form.append('resources', new File(['<bpmn:definitions'], 'broken.bpmn'));
    const answer = await fetch(`${product.stellwerk.url}/v2/deployments`, { method: 'POST', headers: product.engineClient.headers, body: form });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('broken.bpmn') });
  });
});

describe('pages and documents', () => {
  it('serves the API description and its page from this server only', async () => {
    const { url } = product.stellwerk;
    const page = await fetch(`${url}/api/docs/`);
    expect(page.status).toBe(200);
    const html = await page.text();
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(address).not.toMatch(/^(https?:)?\/\//);
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect((await (await fetch(`${url}/api/docs/js/scalar.js`)).text()).length).toBeGreaterThan(1_000_000);
    expect((await fetch(`${url}/api/openapi.json`)).status).toBe(200);
  });

  it('answers 404 as a problem for what it does not know under /api, with safe headers', async () => {
    const answer = await fetch(`${product.stellwerk.url}/api/no-such?x=secret`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as { instance: string; type: string };
    expect(problem.type).toBe('urn:stellwerk:problem:route-unknown');
    expect(problem.instance).not.toContain('secret');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('closing', () => {
  it('answers held requests at once and does not wait for clients that do not read', async () => {
    const one = await startProduct();
    const expert = await one.as('expert');
    const waiting = await startTestCase(one, 'credit-risk', creditInput);
    const held = one.application.get<CaseView>(`/api/cases/${waiting.caseId}?wait=60`);
    const stream = await fetch(`${one.stellwerk.url}/api/inbox/events`, { headers: expert.headers });
    const unread = await fetch(`${one.stellwerk.url}/api/docs/js/scalar.js`);
    const started = performance.now();
    await one.close();
    expect(performance.now() - started).toBeLessThan(9_000);
    expect(await held).toMatchObject({ status: 'in-review' });
    await stream.text();
    expect(unread.status).toBe(200);
  }, 60_000);
});

describe('a dead model server', () => {
  it('sends cases to people and comes back by itself', async () => {
    const one = await startProduct({ workerSettings: (settings) => ({ ...settings, serving: { ...settings.serving, attempts: 1, breaker: { failures: 1000, openMs: 1 } } }) });
    try {
      await openTestRelease(one, { service: 'digits', model: 'digits-v1', threshold: 0.5, auditShare: 0.01 });
      const [first] = await readDemoCases('digits', 'held-out');
      const pid = one.stellwerk.modelServer?.pid();
      if (pid === undefined) throw new Error('no model server runs');
      process.kill(pid, 'SIGKILL');
      const started = await startTestCase(one, 'digits', first?.input);
      expect(started).toMatchObject({ status: 'in-review' });
      expect((await getCase(one.stellwerk.ledger, started.caseId))?.review?.reasons).toContain('MODEL_UNAVAILABLE');
      const back = async (): Promise<boolean> => ((await (await fetch(`${one.stellwerk.url}/api/health/ready`)).json()) as { parts: Record<string, string> }).parts['model-server'] === 'up';
      while (!(await back())) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await startTestCase(one, 'digits', first?.input)).toMatchObject({ status: 'decided', decidedBy: 'model' });
    } finally {
      await one.close();
    }
  }, 60_000);
});
