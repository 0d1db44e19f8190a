// Webhooks: signed, sent once per try, never followed elsewhere, never to private addresses unless allowed.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deliverWebhook, signWebhook } from '../../../workers/outbox/deliver-webhook.ts';

type Received = { headers: IncomingHttpHeaders; body: string };
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function receiver(status: number, headers: Record<string, string> = {}) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { received, port: (server.address() as AddressInfo).port };
}

const settings = { allowPrivateAddresses: true, timeLimitMs: 2_000, attempts: 3 };
const delivery = (url: string) => ({ url, deliveryId: 'd-1', body: '{"a":1}', secret: 'key', sentAt: 1_700_000_000_999 });
const signal = () => new AbortController().signal;

describe('deliverWebhook', () => {
  it('sends a body whose signature the receiver can recompute', async () => {
    const { received, port } = await receiver(204);
    await deliverWebhook(delivery(`http://127.0.0.1:${port}/hook`), settings, signal());
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(headers).toMatchObject({ 'stellwerk-delivery': 'd-1', 'stellwerk-timestamp': '1700000000', 'content-type': 'application/json' });
    expect(headers['stellwerk-signature']).toBe(`v1=${createHmac('sha256', 'key').update(`1700000000.${body}`).digest('hex')}`);
  });

  it.each([302, 400, 500])('fails when the receiver answers %i, and follows nobody', async (status) => {
    const { received, port } = await receiver(status, { location: 'http://127.0.0.1:1/' });
    await expect(deliverWebhook(delivery(`http://127.0.0.1:${port}/`), settings, signal())).rejects.toThrow(`The receiver answered ${status}`);
    expect(received).toHaveLength(1);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('does not connect to %s unless private addresses are allowed', async (host) => {
    const { received, port } = await receiver(204);
    await expect(deliverWebhook(delivery(`http://${host}:${port}/`), { ...settings, allowPrivateAddresses: false }, signal())).rejects.toThrow(/private/);
    expect(received).toHaveLength(0);
  });

  it('says what failed, without the address', async () => {
    const { port } = await receiver(204);
    await Promise.all(closers.splice(0).map((close) => close()));
    await expect(deliverWebhook(delivery(`http://127.0.0.1:${port}/`), settings, signal())).rejects.toThrow('Nobody listens at the call-back address (ECONNREFUSED)');
    await expect(deliverWebhook(delivery('https://nobody.invalid/'), settings, signal())).rejects.toThrow(/^The name of the call-back address .* \((ENOTFOUND|EAI_AGAIN)\)$/);
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => { silent.close(() => resolve()); silent.closeAllConnections(); }));
    await expect(deliverWebhook(delivery(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`), { ...settings, timeLimitMs: 50 }, signal())).rejects.toThrow('The receiver did not answer within 50 ms (TimeoutError)');
  });

  it('refuses other protocols', async () => {
    await expect(deliverWebhook(delivery('file:///etc/passwd'), settings, signal())).rejects.toThrow(/https/);
  });
});

describe('signWebhook', () => {
  it('covers the time, so that an old delivery cannot be replayed with a new one', () => {
    expect(signWebhook('x', 'k', 1_000).signature).not.toBe(signWebhook('x', 'k', 2_000).signature);
  });
});
