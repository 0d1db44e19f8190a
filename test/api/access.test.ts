/** Who may call what: nothing is open, each route by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations, operationPath, type Operation, personRoles } from '../../api/contract/index.ts';
import { openTestApi, type TestApi } from './open-api.ts';

const all: Operation[] = Object.values(operations);
const restricted = all.filter(({ access }) => access.kind === 'restricted');
const address = ({ path }: Operation) => operationPath(path, { service: 'credit-risk', caseId: 'c', processDefinitionId: 'p', processInstanceKey: '1', userTaskKey: 'A'.repeat(22) });

describe('access', () => {
  let api: TestApi;
  beforeAll(async () => { api = await openTestApi(); });
  afterAll(() => api.close());

  const call = (operation: Operation, headers: Record<string, string>) =>
    api.app.inject({ method: operation.method, url: address(operation), headers: { ...headers, ...(operation.body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(operation.body === undefined ? {} : { payload: '{"unknown":1}' }) });

  it('only signing in and health are open', () => {
    expect(all.filter(({ access }) => access.kind === 'public').map(({ id }) => id)).toEqual(['signIn', 'readLive', 'readReady']);
  });

  it.each(restricted.map((operation) => [operation.id, operation] as const))('%s answers 401 to nobody, to a wrong key and to a wrong cookie', async (_, operation) => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic d3Jvbmc6d3Jvbmc=' }, { authorization: 'Negotiate x' }, { cookie: 'stellwerk_session=wrong' }]) {
      const answer = await call(operation, headers);
      expect(answer.json()).toMatchObject({ status: 401, type: 'urn:stellwerk:problem:not-signed-in' });
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
  });

  it.each(personRoles)('lets a person with the role %s reach what names the role, and nothing else', async (role) => {
    const person = await api.signIn(role);
    for (const operation of restricted) {
      if (operation.access.kind !== 'restricted' || operation.id === 'signOut' || operation.id === 'streamInboxEvents') continue;
      const answer = await call(operation, { cookie: person.cookie, 'x-csrf-token': person['x-csrf-token'] });
      const type = answer.statusCode === 403 ? answer.json<{ type: string }>().type : null;
      expect({ operation: operation.id, refused: type === 'urn:stellwerk:problem:role-missing' }).toEqual({ operation: operation.id, refused: !operation.access.people.includes(role) });
    }
  });

  it('lets no API key into calls for people', async () => {
    const { secret } = await api.key();
    for (const operation of restricted) {
      if (operation.access.kind !== 'restricted' || operation.access.keys !== 'none') continue;
      expect((await call(operation, { authorization: `Bearer ${secret}` })).json()).toMatchObject({ status: 403, type: 'urn:stellwerk:problem:scope-missing' });
    }
  });

  it('gives figures only to keys with the scope engine', async () => {
    const open = await api.key({ engine: true });
    const closed = await api.key({ engine: false });
    const figures = await api.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${open.secret}` } });
    expect(figures.headers['content-type']).toContain('text/plain');
    expect(figures.body).toContain('stellwerk_engine{figure="commands"} 7');
    expect((await api.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${closed.secret}` } })).statusCode).toBe(403);
  });

  it('takes a key as Basic with its id, and not with another id', async () => {
    const key = await api.key();
    const basic = (id: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${key.secret}`).toString('base64')}` });
    expect((await api.app.inject({ url: '/api/cases', headers: basic(key.id) })).statusCode).toBe(200);
    expect((await api.app.inject({ url: '/api/cases', headers: basic('other') })).statusCode).toBe(401);
  });

  it('shows a key only the services of its scope', async () => {
    const { secret } = await api.key({ services: ['digits'] });
    const headers = { authorization: `Bearer ${secret}` };
    expect((await api.app.inject({ url: '/api/decision-services', headers })).json().items.map(({ service }: { service: string }) => service)).toEqual(['digits']);
    expect((await api.app.inject({ url: '/api/decision-services/credit-risk', headers })).statusCode).toBe(403);
    expect((await api.app.inject({ url: '/api/decision-services/digits/state', headers })).json()).toMatchObject({ state: 'none', release: null, policyInForce: false });
  });

  it('starts only processes of the key\'s scope', async () => {
    const { secret } = await api.key({ processes: ['invoice'] });
    const answer = await api.app.inject({ method: 'POST', url: '/api/processes/other/instances', headers: { authorization: `Bearer ${secret}` }, payload: {} });
    expect(answer.json()).toMatchObject({ status: 403, type: 'urn:stellwerk:problem:scope-missing' });
  });
});

describe('a session', () => {
  let api: TestApi;
  beforeAll(async () => { api = await openTestApi({ signInsPerMinute: 3 }); });
  afterAll(() => api.close());

  it('sets a cookie out of reach for scripts and other sites, and ends at sign-out', async () => {
    const person = await api.signIn('auditor');
    const answer = await api.app.inject({ method: 'POST', url: '/api/session', payload: { name: person.name, password: 'right password 1' } });
    expect(answer.headers['set-cookie']).toMatch(/^stellwerk_session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    const read = () => api.app.inject({ url: '/api/session', headers: { cookie: person.cookie } });
    expect((await read()).json()).toMatchObject({ user: { name: person.name, roles: ['auditor'], groups: [] }, csrfToken: person['x-csrf-token'] });
    const out = await api.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie: person.cookie, 'x-csrf-token': person['x-csrf-token'] } });
    expect(out.statusCode).toBe(204);
    expect((await read()).statusCode).toBe(401);
  });

  it('ends by itself', async () => {
    const person = await api.signIn('auditor');
    api.clock.move(13 * 3_600_000);
    expect((await api.app.inject({ url: '/api/session', headers: { cookie: person.cookie } })).statusCode).toBe(401);
  });

  it('changes nothing without its CSRF token', async () => {
    const person = await api.signIn('auditor');
    for (const token of [undefined, '', 'wrong', `${person['x-csrf-token']}x`]) {
      const answer = await api.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie: person.cookie, ...(token === undefined ? {} : { 'x-csrf-token': token }) } });
      expect(answer.json()).toMatchObject({ status: 403, type: 'urn:stellwerk:problem:csrf-token-missing' });
    }
    expect((await api.app.inject({ url: '/api/session', headers: { cookie: person.cookie } })).statusCode).toBe(200);
  });

  it('is not given for a wrong password or name, and attempts are limited', async () => {
    const attempt = () => api.app.inject({ method: 'POST', url: '/api/session', payload: { name: 'mallory', password: 'guess' } });
    for (let count = 0; count < 3; count += 1) expect((await attempt()).json()).toMatchObject({ status: 401, type: 'urn:stellwerk:problem:sign-in-failed' });
    const limited = await attempt();
    expect(limited.json()).toMatchObject({ status: 429, type: 'urn:stellwerk:problem:too-many-requests' });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    api.clock.move(61_000);
    expect((await attempt()).statusCode).toBe(401);
  });
});

describe('starting cases', () => {
  it('is limited per key and says how much is left', async () => {
    const api = await openTestApi({ startsPerMinute: 2 });
    const { secret } = await api.key();
    const start = () => api.app.inject({ method: 'POST', url: '/api/decision-services/digits/cases', headers: { authorization: `Bearer ${secret}`, 'idempotency-key': 'x' }, payload: { input: {} } });
    expect((await start()).statusCode).toBe(422);
    expect((await start()).statusCode).toBe(422);
    const limited = await start();
    expect(limited.statusCode).toBe(429);
    expect(limited.headers).toMatchObject({ 'ratelimit-remaining': '0', 'retry-after': '60' });
    const { secret: other } = await api.key();
    expect((await api.app.inject({ method: 'POST', url: '/api/decision-services/digits/cases', headers: { authorization: `Bearer ${other}`, 'idempotency-key': 'x' }, payload: { input: {} } })).statusCode).toBe(422);
    await api.close();
  });
});
