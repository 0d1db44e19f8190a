// Access: passwords, sessions and API keys.
import { describe, expect, test } from 'vitest';
import { checkPassword, createApiKey, createSession, createUser, endSession, findApiKey, findSession, findUser, getUser, listApiKeys, listUsers, revokeApiKey } from '../../ledger/index.ts';
import { openBench } from './fixture.ts';

const erika = { name: 'erika', displayName: 'Erika Muster', password: 'correct horse', roles: ['expert' as const], groups: ['experts'] };

describe('accounts', () => {
  test('sign in with their password only', async () => {
    const { ledger } = await openBench();
    const created = await createUser(ledger, erika);
    if (created.kind !== 'created') throw new Error(created.kind);
    expect(await checkPassword(ledger, 'erika', 'correct horse')).toEqual(created.user);
    expect(await checkPassword(ledger, 'erika', 'wrong horse')).toBeNull();
    expect(await checkPassword(ledger, 'nobody', '')).toBeNull();
    expect(await findUser(ledger, 'erika')).toEqual(created.user);
    expect(await getUser(ledger, created.user.userId)).toEqual(created.user);
    expect(await listUsers(ledger)).toEqual([created.user]);
  });

  test('have one name each', async () => {
    const { ledger } = await openBench();
    const results = await Promise.all([createUser(ledger, erika), createUser(ledger, erika)]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['created', 'name-taken']);
  });

  test('are stored with a salted scrypt hash, never with the password', async () => {
    const { ledger } = await openBench();
    await createUser(ledger, erika);
    await createUser(ledger, { ...erika, name: 'otto' });
    const hashes = (await ledger.db.selectFrom('users').select('password_hash').execute()).map((row) => row.password_hash);
    for (const hash of hashes) expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(new Set(hashes).size).toBe(2);
  });
});

describe('sessions', () => {
  test('are found by their token until they end or are over', async () => {
    const { ledger, clock } = await openBench();
    const created = await createUser(ledger, erika);
    if (created.kind !== 'created') throw new Error(created.kind);
    const session = await createSession(ledger, { userId: created.user.userId, lifetimeMs: 1000 });
    expect(await findSession(ledger, session.token)).toEqual({ user: created.user, csrfToken: session.csrfToken, expiresAt: session.expiresAt });
    expect(await findSession(ledger, 'other')).toBeNull();
    clock.move(1000);
    expect(await findSession(ledger, session.token)).toBeNull();
    const second = await createSession(ledger, { userId: created.user.userId });
    expect(second.csrfToken).not.toBe(session.csrfToken);
    expect(await ledger.db.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
    await endSession(ledger, second.token);
    expect(await findSession(ledger, second.token)).toBeNull();
  });

  test('are stored without their token', async () => {
    const { ledger } = await openBench();
    const created = await createUser(ledger, erika);
    if (created.kind !== 'created') throw new Error(created.kind);
    const { token, csrfToken } = await createSession(ledger, { userId: created.user.userId });
    const stored = JSON.stringify(await ledger.db.selectFrom('sessions').selectAll().execute());
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(csrfToken);
  });
});

describe('API keys', () => {
  const scopes = { services: ['loans'], engine: true, processes: ['*'] };

  test('are found by their secret, with Basic only under their id, until revoked', async () => {
    const { ledger } = await openBench();
    const { apiKey, secret } = await createApiKey(ledger, { name: 'bank', scopes, createdBy: 'admin' });
    expect(secret).toMatch(/^sw_[\w-]{43}$/);
    expect(await findApiKey(ledger, secret)).toEqual(apiKey);
    expect(await findApiKey(ledger, secret, apiKey.apiKeyId)).toEqual(apiKey);
    expect(await findApiKey(ledger, secret, 'other')).toBeNull();
    expect(await findApiKey(ledger, `${secret}x`)).toBeNull();
    expect(await listApiKeys(ledger)).toEqual([apiKey]);
    expect(await revokeApiKey(ledger, apiKey.apiKeyId, 'admin')).toEqual({ kind: 'revoked' });
    expect(await revokeApiKey(ledger, apiKey.apiKeyId, 'admin')).toEqual({ kind: 'unknown' });
    expect(await findApiKey(ledger, secret)).toBeNull();
  });

  test('are stored without their secret', async () => {
    const { ledger } = await openBench();
    const { secret } = await createApiKey(ledger, { name: 'bank', scopes, createdBy: 'admin' });
    const stored = JSON.stringify([await ledger.db.selectFrom('api_keys').selectAll().execute(), await ledger.db.selectFrom('records').selectAll().execute()]);
    expect(stored).not.toContain(secret);
  });
});
