/** The caller's webhook: signed, sent again until it was taken, and never to private addresses unless the setting allows them. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTurn, startTestCase } from '../api/product.ts';
import { digit, startProductWithModels, type ProductWithModels } from './product-with-models.ts';

type Delivery = { headers: IncomingHttpHeaders; body: string };

// Each test opens a product of its own.
vi.setConfig({ testTimeout: 60_000 });

let receiver: Server;
let received: Delivery[];
let statuses: number[];
let address: string;
const opened: ProductWithModels[] = [];

beforeEach(async () => {
  received = [];
  statuses = [];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/decided`;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((product) => product.close()));
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function open(env: Record<string, string>): Promise<ProductWithModels> {
  const product = await startProductWithModels({ env });
  opened.push(product);
  await product.release('digits-v1');
  return product;
}

const allowed = { STELLWERK_WEBHOOKS_TO_PRIVATE_ADDRESSES: 'yes' };

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await nextTurn();
}

describe('a webhook', () => {
  it('tells of the decision, signed with the secret of the application', async () => {
    const product = await open(allowed);
    const decided = await startTestCase(product, 'digits', digit, { callbackUrl: address });
    await until(() => received.length > 0);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(JSON.parse(body)).toMatchObject({ type: 'case.decided', case: { caseId: decided.caseId, status: 'decided', decision: '3' } });
    const secret = product.stellwerk.firstRun?.webhookSecret ?? '';
    expect(headers['stellwerk-signature']).toBe(`v1=${createHmac('sha256', secret).update(`${String(headers['stellwerk-timestamp'])}.${body}`).digest('hex')}`);
  });

  it('is sent again, later each time, under the same delivery id, until the receiver takes it', async () => {
    const product = await open(allowed);
    const { clock } = product.stellwerk;
    statuses = [500, 302];
    const { caseId } = await startTestCase(product, 'digits', digit, { callbackUrl: address });
    await until(() => received.length === 1);
    // Before its time it is not sent again; the clock is moved past each pause.
    for (const tries of [2, 3]) {
      await until(async () => (await owed(product, caseId)) === 'deferred');
      clock.pin(clock.now() + 60_000);
      await until(() => received.length === tries);
    }
    await until(async () => (await owed(product, caseId)) === 'settled');
    expect(new Set(received.map(({ headers }) => headers['stellwerk-delivery'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(received).toHaveLength(3);
  });

  it('is refused at the start for a private address without the setting, however it is spelt', async () => {
    const product = await open({});
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])
      await expect(startTestCase(product, 'digits', digit, { callbackUrl: address.replace('127.0.0.1', host) }), host).rejects.toThrow('callback-refused');
    expect(received).toEqual([]);
  });
});

/** Where the webhook of a case stands. */
async function owed({ stellwerk }: ProductWithModels, caseId: string): Promise<'settled' | 'deferred' | 'due'> {
  const row = await stellwerk.ledger.db.selectFrom('outbox').selectAll().where('kind', '=', 'webhook').where('case_id', '=', caseId).executeTakeFirst();
  if (row === undefined || row.settled_at !== null) return row === undefined ? 'due' : 'settled';
  return row.attempts > 0 && row.not_before > stellwerk.clock.now() && Number(row.claimed_until) === 0 ? 'deferred' : 'due';
}
