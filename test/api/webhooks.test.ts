/** What an application hears of its webhooks: its secret, and at once where its call-back address is of no use. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webhookSecret } from '../../ledger/index.ts';
import { signWebhook } from '../../workers/outbox/deliver-webhook.ts';
import { creditInput, openTestApi, type TestApi } from './open-api.ts';

let api: TestApi;
beforeEach(async () => { api = await openTestApi(); });
afterEach(() => api.close());

describe('the secret of webhooks', () => {
  it('is told to the application whose key asks, and checks what is signed for it', async () => {
    const [one, other] = [await api.key(), await api.key()];
    const ask = async (secret: string) => api.app.inject({ url: '/api/webhook-secret', headers: { authorization: `Bearer ${secret}` } });
    const told = await ask(one.secret);
    expect(told.json()).toEqual({ secret: await webhookSecret(api.ledger, one.id), algorithm: 'hmac-sha256', signatureHeader: 'stellwerk-signature', timestampHeader: 'stellwerk-timestamp' });
    expect(told.headers['cache-control']).toBe('no-store');
    expect((await ask(other.secret)).json<{ secret: string }>().secret).not.toBe(told.json<{ secret: string }>().secret);
    const { timestamp, signature } = signWebhook('{}', await webhookSecret(api.ledger, one.id), 1_700_000_000_000);
    expect(createHmac('sha256', told.json<{ secret: string }>().secret).update(`${timestamp}.{}`).digest('hex')).toBe(signature);
  });

  it('is told to nobody else', async () => {
    expect((await api.app.inject({ url: '/api/webhook-secret' })).statusCode).toBe(401);
    const { cookie } = await api.signIn('administrator');
    expect((await api.app.inject({ url: '/api/webhook-secret', headers: { cookie } })).statusCode).toBe(403);
  });
});

describe('a call-back address', () => {
  const start = async (server: TestApi, callbackUrl: string) => {
    const { secret } = await server.key();
    return server.app.inject({ method: 'POST', url: '/api/decision-services/credit-risk/cases', headers: { authorization: `Bearer ${secret}`, 'idempotency-key': 'one' }, payload: { input: creditInput, callbackUrl } });
  };

  it.each(['http://127.0.0.1/', 'http://2130706433/', 'https://localhost:8080/x', 'https://a.localhost/', 'http://[::1]/', 'http://[::127.0.0.1]/', 'http://[::ffff:0:10.0.0.1]/', 'http://192.168.0.9/', 'https://user:word@example.com/'])(
    '%s is refused at the start of a case, and nothing is started', async (address) => {
      const answer = await start(api, address);
      expect(answer.json()).toMatchObject({ status: 422, type: 'urn:stellwerk:problem:callback-refused' });
      expect(answer.body).not.toContain('word@');
    },
  );

  it('is taken where it is a name or a public address, and a private one where that is allowed', async () => {
    expect((await start(api, 'https://hooks.example.com/stellwerk')).statusCode).toBe(202);
    expect((await start(api, 'https://1.1.1.1/')).statusCode).toBe(202);
    const open = await openTestApi({ privateCallbacks: true });
    expect((await start(open, 'http://127.0.0.1:1/')).statusCode).toBe(202);
    await open.close();
  });
});
