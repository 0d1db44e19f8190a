// Webhooks run side by side: a slow receiver delays nobody but itself, and nobody gets more than its places.
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { claimOutbox, countOutbox, requestWebhook, storeBlindVerdict, type Ledger } from '../../../ledger/index.ts';
import { openReview } from '../../../workers/open-review.ts';
import { startOutbox } from '../../../workers/outbox/start-outbox.ts';
import { webhookPlaces } from '../../../workers/outbox/webhook-lane.ts';
import { newCase, openTestLedger, toolsFor } from '../ledger-fixture.ts';

const closers: (() => void)[] = [];
afterEach(() => { for (const close of closers.splice(0)) close(); });

/** Answers nobody until told to; counts who waits. */
async function receiver(answers: 'at once' | 'never'): Promise<{ url: string; held: ServerResponse[]; most: () => number; got: () => number }> {
  const held: ServerResponse[] = [];
  const seen = { most: 0, got: 0 };
  const server: Server = createServer((request, response) => {
    request.resume();
    seen.got += 1;
    if (answers === 'at once') return void response.writeHead(204).end();
    held.push(response);
    response.once('close', () => void held.splice(held.indexOf(response), 1));
    seen.most = Math.max(seen.most, held.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => { server.close(); server.closeAllConnections(); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/hook`, held, most: () => seen.most, got: () => seen.got };
}

const published = { status: 200, body: { tenantId: '<default>', messageKey: '1' } };
const engine = {
  sent: [] as string[],
  fetch: (async (input: RequestInfo | URL) => {
    const { pathname } = new URL(new Request(input).url);
    engine.sent.push(pathname);
    return pathname.includes('user-tasks') ? new Response(null, { status: 204 }) : Response.json(published.body);
  }) as typeof globalThis.fetch,
};
const webhooks = { allowPrivateAddresses: true, timeLimitMs: 60_000, attempts: 2 };

async function owe(ledger: Ledger, url: string, count: number, name: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const { caseId } = await newCase(ledger, { key: `${name}-${index}`, callbackUrl: url });
    await requestWebhook(ledger, caseId);
  }
}

describe('the lane of webhooks', () => {
  it('delivers to a fast receiver while a slow one has far more owed than there are places', async () => {
    const { ledger, clock } = await openTestLedger();
    const [slow, fast] = [await receiver('never'), await receiver('at once')];
    await owe(ledger, slow.url, 2 * webhookPlaces.inAll, 'slow');
    await owe(ledger, fast.url, 20, 'fast');
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5 });
    await vi.waitFor(() => {
      clock.time += 20;
      expect(fast.got()).toBe(20);
    }, { interval: 5, timeout: 5_000 });
    expect(slow.most()).toBe(webhookPlaces.perHost);
    await outbox.stop(0);
  });

  it('lets starts and completions through while every place is taken', async () => {
    const { ledger, clock } = await openTestLedger();
    const slow = await Promise.all(Array.from({ length: webhookPlaces.inAll / webhookPlaces.perHost }, () => receiver('never')));
    for (const [index, { url }] of slow.entries()) await owe(ledger, url, webhookPlaces.perHost + 1, `slow-${index}`);
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5 });
    await vi.waitFor(() => expect(slow.every(({ held }) => held.length === webhookPlaces.perHost)).toBe(true), { interval: 5, timeout: 5_000 });
    await vi.waitFor(async () => expect((await countOutbox(ledger))['start-case']).toBe(0), { interval: 5 });
    const { caseId } = await newCase(ledger, { key: 'late' });
    await openReview.handle({ caseId, service: 'risk', serviceVersion: 1, prediction: null, route: null, refusal: null }, toolsFor(ledger));
    await storeBlindVerdict(ledger, { caseId, userTaskKey: '50', reviewer: 'expert', answer: { kind: 'class', class: 'grant' } });
    clock.time += 5_000;
    await vi.waitFor(async () => expect(await countOutbox(ledger)).toMatchObject({ 'start-case': 0, 'complete-user-task': 0 }), { interval: 5 });
    await outbox.stop(0);
  });

  it('carries everything out that one host is owed, its places one after the other, and counts no try for waiting', async () => {
    const { ledger, clock } = await openTestLedger();
    const fast = await receiver('at once');
    await owe(ledger, fast.url, 40, 'many');
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5 });
    await vi.waitFor(async () => {
      clock.time += 200;
      expect((await countOutbox(ledger)).webhook).toBe(0);
    }, { interval: 5, timeout: 5_000 });
    expect(fast.got()).toBe(40);
    await outbox.stop();
  });

  it('leaves what had no place owed when it is stopped', async () => {
    const { ledger, clock } = await openTestLedger();
    const slow = await receiver('never');
    await owe(ledger, slow.url, 6, 'slow');
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5 });
    await vi.waitFor(() => expect(slow.held).toHaveLength(webhookPlaces.perHost), { interval: 5, timeout: 5_000 });
    await outbox.stop(0);
    expect(slow.got()).toBe(webhookPlaces.perHost);
    clock.time += 3_600_000;
    expect((await claimOutbox(ledger, { limit: 10, kinds: ['webhook'] })).map(({ attempts }) => attempts).toSorted()).toEqual([0, 0, 0, 0, 1, 1]);
  });
});
