/** Parts of the API that need no server: preferences, titles, problems from errors, pages and deployment from folders. */
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClaims } from '../../api/inbox/claims.ts';
import { fillText } from '../../api/inbox/case-title.ts';
import { preferredWait } from '../../api/prefer.ts';
import { asProblem, Problem } from '../../api/problem.ts';
import { prepareFirstRun } from '../../api/run/first-run.ts';
import { deployProcesses } from '../../api/run/deploy-processes.ts';
import { createUser } from '../../ledger/index.ts';
import { StorageError } from '../../ledger/store/storage-error.ts';
import { openEngine, createClock } from '../../engine/index.ts';
import { createEngineClient, silentLog } from '../../workers/index.ts';
import type { Log } from '../../api/log.ts';
import { creditInput, openTestApi, readDefinition, signInAs } from './open-api.ts';

describe('the preference wait', () => {
  it.each([
    ['wait=5', 5],
    ['respond-async, wait = 10', 10],
    ['WAIT="7"; x=1', 7],
    ['wait=600', 60],
    ['wait=0', 0],
    ['wait=soon', null],
    ['wait=99999999999999999999', 60],
    ['return=minimal', null],
    ['', null],
    [undefined, null],
  ])('of "%s" is %s', (header, seconds) => { expect(preferredWait(header)).toBe(seconds); });
});

describe('the title of a case', () => {
  it('has codes in words and numbers as each language writes them', async () => {
    const { presentation } = await readDefinition('credit-risk');
    const title = fillText(presentation.title, presentation, creditInput, { de: '-', en: '-' });
    expect(title.de).toMatch(/^4\.526\u00a0DM · Möbel/);
    expect(title.en).toMatch(/^4,526\u00a0DM · Furniture/);
  });

  it('is the fall-back where the input was erased', async () => {
    const { presentation } = await readDefinition('credit-risk');
    expect(fillText(presentation.title, presentation, null, { de: 'F-1', en: 'F-1' })).toEqual({ de: 'F-1', en: 'F-1' });
  });
});

describe('an error that no handler foresaw', () => {
  it('becomes 507 where the disk is full, 503 where the engine is away, else 500 without its text', () => {
    expect(asProblem(new StorageError('disk-full', 'full', null)).problem).toBe('storage-full');
    expect(asProblem(Object.assign(new Error('x'), { code: 'ENOSPC' })).problem).toBe('storage-full');
    expect(asProblem(new TypeError('fetch failed')).problem).toBe('engine-unavailable');
    expect(asProblem(Object.assign(new Error('x'), { status: 503 })).problem).toBe('engine-unavailable');
    const defect = asProblem(new Error('password=hunter2'));
    expect(defect.problem).toBe('internal');
    expect(defect.message).not.toContain('hunter2');
    const own = new Problem('case-unknown', 'no');
    expect(asProblem(own)).toBe(own);
  });
});

describe('a claim', () => {
  it('is laid over what a search finds for ten seconds', () => {
    let now = 0;
    const claims = createClaims({ now: () => now });
    claims.remember('1', 'anna');
    expect([claims.assigneeOf('1', null), claims.assigneeOf('2', 'otto')]).toEqual(['anna', 'otto']);
    claims.remember('1', null);
    expect(claims.assigneeOf('1', 'anna')).toBeNull();
    now = 10_000;
    expect(claims.assigneeOf('1', 'anna')).toBe('anna');
  });
});

describe('the pages', () => {
  it('are served with index.html for every address of a page, and never outside their folder', async () => {
    const { app, close } = await openTestApi();
    const get = (url: string) => app.inject({ url });
    for (const url of ['/', '/inbox', '/inbox/task/1?list=mine']) expect((await get(url)).body).toContain('pages of a test');
    expect((await get('/')).headers['content-security-policy']).toContain("default-src 'self'");
    expect((await get('/')).headers['cache-control']).toBe('no-cache');
    expect((await get('/assets/app-1a2b3c.js')).headers['cache-control']).toContain('immutable');
    for (const url of ['/assets/app-old.js', '/api/nope', '/v2/topology', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json']) expect((await get(url)).body).not.toMatch(/stellwerk"|pages of a test(?=.*package)/);
    expect((await get('/assets/app-old.js')).statusCode).toBe(404);
    expect((await get('/%')).statusCode).toBe(400);
    await close();
  });

  it('answer odd addresses with a problem, never with a defect', async () => {
    const { app, errors, close } = await openTestApi();
    const odd = ['/%00.js', '/a%00', `/${'a'.repeat(300)}.js`, `/${'a'.repeat(3000)}`, `/${'a/'.repeat(2000)}b.js`, '/%.js', '/%', '/%ff.js', '/index.html/x.js', '/missing.js', '/assets', '/assets/', '/.js', '/..', '/%5c..%5c.js', '//x.js'];
    for (const url of odd) {
      const answer = await app.inject({ url });
      expect({ url, defect: answer.statusCode >= 500 }).toEqual({ url, defect: false });
      if (answer.statusCode !== 200) expect({ url, type: answer.headers['content-type'] }).toEqual({ url, type: expect.stringContaining('application/problem+json') });
    }
    for (const url of ['/%00.js', '/missing.js', '/index.html/x.js', `/${'a'.repeat(300)}.js`]) expect({ url, status: (await app.inject({ url })).statusCode }).toEqual({ url, status: 404 });
    expect((await app.inject({ url: '/%.js' })).json()).toMatchObject({ status: 400, type: 'urn:stellwerk:problem:request-invalid', detail: expect.stringContaining('%') });
    expect(errors).toEqual([]);
    await close();
  });

  it('answer HEAD as GET, without the body; so does the API, with the same rules', async () => {
    const { app, close } = await openTestApi();
    for (const url of ['/', '/inbox', '/assets/app-1a2b3c.js', '/missing.js', '/api/health/live', '/api/session', '/api/openapi.json']) {
      const [head, get] = [await app.inject({ method: 'HEAD', url }), await app.inject({ url })];
      expect({ url, status: head.statusCode, body: head.body }).toEqual({ url, status: get.statusCode, body: '' });
    }
    await close();
  });
});

describe('the first run', () => {
  it.each(['{"url": ', '{"url": "http://127.0.0.1:1"}'])('names its file and what to do where it holds only %s', async (content) => {
    const { ledger, close } = await openTestApi();
    const dataDir = await mkdtemp(join(tmpdir(), 'stellwerk-first-run-'));
    const file = join(dataDir, 'first-run.json');
    await writeFile(file, content);
    await expect(prepareFirstRun(ledger, dataDir)).rejects.toThrow(`The file ${file} is damaged: it does not hold the accounts and keys of the first start. Restore it, or remove it`);
    await close();
  });

  it('that was killed among its accounts goes on with the passwords it wrote', async () => {
    const { ledger, close } = await openTestApi();
    const dataDir = await mkdtemp(join(tmpdir(), 'stellwerk-first-run-'));
    const whole = await (await prepareFirstRun(ledger, dataDir)).publish('http://127.0.0.1:1');
    const killed = await openTestApi();
    const expert = whole?.users[0];
    await createUser(killed.ledger, { name: 'expert', displayName: 'x', password: expert?.password ?? '', roles: ['expert'], groups: [] });
    await writeFile(join(dataDir, 'first-run.json'), JSON.stringify({ ...whole, apiKey: '' }));
    const state = await prepareFirstRun(killed.ledger, dataDir);
    const again = await state.publish('http://127.0.0.1:2');
    expect(state.pending).toBe(true);
    expect(again?.users).toEqual(whole?.users);
    expect(again?.apiKey).not.toBe(whole?.apiKey);
    for (const { name, password } of again?.users ?? []) expect(await signInAs(killed.app, name, password)).toMatchObject({ cookie: expect.any(String) });
    await state.done();
    expect((await prepareFirstRun(killed.ledger, dataDir)).pending).toBe(false);
    await close();
    await killed.close();
  });
});

describe('deploying folders', () => {
  const deploy = async (files: Record<string, string>) => {
    const folder = await mkdtemp(join(tmpdir(), 'stellwerk-processes-'));
    await mkdir(join(folder, 'mine/services'), { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, 'mine', name), content);
    const engine = openEngine({ file: ':memory:', clock: createClock() });
    const { ledger, close } = await openTestApi();
    try {
      await deployProcesses({ client: createEngineClient({ fetch: engine.fetch }), ledger, log: { ...silentLog } as unknown as Log, folder });
    } finally {
      await engine.close();
      await close();
    }
  };
  const diagram = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/></bpmn:process></bpmn:definitions>';

  it('names the folder and the reason where a diagram is broken', async () => {
    await expect(deploy({ 'p.bpmn': diagram.replace('</bpmn:process>', '') })).rejects.toThrow(/processes\/mine could not be deployed: .*p\.bpmn/s);
  });

  it('names the file and the place where a decision service is wrong', async () => {
    const definition = await readDefinition('digits');
    await expect(deploy({ 'p.bpmn': diagram, 'services/digits.json': JSON.stringify({ ...definition, auditShare: 2 }) })).rejects.toThrow(/digits\.json is wrong at "auditShare"/);
    await expect(deploy({ 'p.bpmn': diagram, 'services/digits.json': JSON.stringify({ ...definition, inputSchema: { type: 'objekt' } }) })).rejects.toThrow(/input schema of the decision service in .*digits\.json cannot be used/);
  });
});
