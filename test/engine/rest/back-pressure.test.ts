// Too many at once are turned away with words on which the SDK's clients try again, and nothing is lost or doubled.
import { Camunda8 } from '@camunda8/sdk';
import { expect, it, onTestFinished } from 'vitest';
import { createClock, openEngine } from '../../../engine/index.ts';
import { Overloaded } from '../../../engine/processing/overloaded.ts';
import { buildProcess } from '../build-process.ts';
import { oneJob } from './diagrams.ts';
import { createClient, file } from './engine.ts';
import { serve } from './http.ts';
import type { Untyped } from './rows.ts';

async function smallEngine() {
  const engine = openEngine({ file: ':memory:', clock: createClock(), mostWaiting: 5 });
  onTestFinished(() => engine.close());
  const client: Untyped = createClient(engine.fetch);
  await client.createDeployment({ resources: [file('a.bpmn', oneJob('a')), file('s.bpmn', buildProcess('s', (p) => p.start().end()))] });
  const raw = async (path: string, body: object) => {
    const { status, body: text } = await engine.handle({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)), signal: new AbortController().signal });
    return { status, problem: text === undefined ? undefined : JSON.parse(String(text)) };
  };
  const count = async (filter: object) => Number((await client.searchProcessInstances({ filter }, { consistency: { waitUpToMs: 0 } })).page.totalItems);
  return { engine, client, raw, count };
}

it('commands beyond the limit are answered with 503 RESOURCE_EXHAUSTED, and have not happened', async () => {
  const { engine, raw, count } = await smallEngine();
  const answers = await Promise.all(Array.from({ length: 20 }, () => raw('/process-instances', { processDefinitionId: 'a' })));
  const away = answers.filter(({ status }) => status === 503);
  expect(away).toHaveLength(15);
  expect(away[0]?.problem).toMatchObject({ status: 503, title: 'RESOURCE_EXHAUSTED', detail: 'Expected to handle REST API request, but 5 commands wait already; try again later.' });
  expect(await count({})).toBe(5);
  expect(engine.metrics()).toMatchObject({ overloads: 15, defects: 0 });
});

it('what takes load away is let in all the same', async () => {
  const { client, raw } = await smallEngine();
  const keys: string[] = [];
  for (let n = 0; n < 12; n++) await client.createProcessInstance({ processDefinitionId: 'a' });
  const { jobs } = await client.activateJobs({ type: 'a', timeout: 60_000, maxJobsToActivate: 20, requestTimeout: -1 });
  for (const { jobKey } of jobs) keys.push(jobKey);
  const answers = await Promise.all(keys.map((key) => raw(`/jobs/${key}/completion`, {})));
  expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 204));
});

it('job requests beyond the limit are turned away instead of answered with nothing, which would make clients ask at once', async () => {
  const { raw, engine } = await smallEngine();
  const poll = (n: number) => raw('/jobs/activation', { type: `idle-${n}`, timeout: 1000, maxJobsToActivate: 1, requestTimeout: 60_000 });
  const held = Array.from({ length: 5 }, (_, n) => poll(n));
  while (engine.metrics().waitingActivations < 5) await new Promise(setImmediate);
  expect(await poll(6)).toMatchObject({ status: 503, problem: { title: 'RESOURCE_EXHAUSTED' } });
  await engine.close();
  await Promise.all(held);
});

it('both clients of the SDK bring all of it through in the end, once', async () => {
  const { engine, client, count } = await smallEngine();
  await Promise.all(Array.from({ length: 30 }, () => client.createProcessInstance({ processDefinitionId: 's' })));
  expect(engine.metrics().overloads).toBeGreaterThan(0);
  expect(await count({ processDefinitionId: 's' })).toBe(30);

  const served = await serve(engine);
  onTestFinished(() => served.close());
  const camunda = new Camunda8({ ZEEBE_REST_ADDRESS: served.address, CAMUNDA_OAUTH_DISABLED: true, CAMUNDA_LOG_LEVEL: 'none' });
  onTestFinished(() => camunda.closeAllClients());
  const legacy: Untyped = camunda.getCamundaRestClient();
  // The engine is kept busy from inside until each request of the client has come once.
  const crowd = (async () => {
    while (served.requests.length < 10) await Promise.all(Array.from({ length: 40 }, () => engine.fetch('http://e/v2/process-instances', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"processDefinitionId":"s"}' })));
  })();
  const created = await Promise.all(Array.from({ length: 10 }, () => legacy.createProcessInstance({ processDefinitionId: 'a', variables: {} })));
  await crowd;
  expect(served.requests.length, 'requests of the client, those that it repeated included').toBeGreaterThan(10);
  expect(new Set(created.map(({ processInstanceKey }: Untyped) => processInstanceKey)).size).toBe(10);
  expect(await count({ processDefinitionId: 'a' })).toBe(10);
});

it('says how many wait', () => {
  expect(new Overloaded(7, 'commands').message).toBe('7 commands wait already; try again later.');
});
