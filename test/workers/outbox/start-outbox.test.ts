// The outbox dispatcher: every row is carried out at least once, answers that mean "done already" settle it, failures wait.
import { describe, expect, it, vi } from 'vitest';
import { claimOutbox, countOutbox, deferOutbox, requestWebhook, storeBlindVerdict, storePrediction, recordDecision, type Ledger } from '../../../ledger/index.ts';
import { drawAuditSample } from '../../../workers/draw-audit-sample.ts';
import { openReview } from '../../../workers/open-review.ts';
import { startOutbox } from '../../../workers/outbox/start-outbox.ts';
import { model, newCase, openTestLedger, toolsFor } from '../ledger-fixture.ts';

type Sent = { path: string; body: Record<string, unknown> };

/** An engine behind `fetch` whose answers a test writes. */
function fakeEngine(answer: (sent: Sent, nth: number) => { status: number; body?: unknown } | 'unreachable') {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const one = { path: new URL(request.url).pathname, body: (await request.json()) as Record<string, unknown> };
    sent.push(one);
    const reply = answer(one, sent.length);
    if (reply === 'unreachable') throw new TypeError('fetch failed');
    const text = reply.body === undefined ? null : JSON.stringify(reply.body);
    return new Response(text, { status: reply.status, headers: { 'content-type': reply.status < 400 ? 'application/json' : 'application/problem+json' } });
  };
  return { sent, fetch };
}

const webhooks = { allowPrivateAddresses: false, timeLimitMs: 1_000, attempts: 2 };
const published = { status: 200, body: { tenantId: '<default>', messageKey: '1' } };

async function isEmpty(ledger: Ledger): Promise<void> {
  await vi.waitFor(async () => expect(Object.values(await countOutbox(ledger)).reduce((sum, n) => sum + n, 0)).toBe(0), { interval: 5 });
}

describe('startOutbox', () => {
  it('starts an accepted case by a message whose id and key are the case', async () => {
    const { ledger } = await openTestLedger();
    const engine = fakeEngine(() => published);
    const outbox = startOutbox({ engine, ledger, webhooks });
    const { caseId } = await newCase(ledger);
    await isEmpty(ledger);
    await outbox.stop();
    // The release of the test ledger wakes its watch by a message of its own.
    const starts = engine.sent.filter(({ body }) => body['name'] === 'case-received');
    expect(starts).toHaveLength(1);
    expect(starts[0]).toMatchObject({
      path: '/v2/messages/publication',
      body: { name: 'case-received', messageId: caseId, correlationKey: caseId, variables: { caseId, service: 'risk', serviceVersion: 1, objection: false, routing: { amount: 1_234 } } },
    });
    expect(Object.keys(starts[0]?.body['variables'] as object).sort()).toEqual(['caseId', 'objection', 'routing', 'service', 'serviceVersion']);
  });

  it('takes a conflict for an earlier dispatch that got through', async () => {
    const { ledger } = await openTestLedger();
    const engine = fakeEngine(() => ({ status: 409, body: { status: 409, title: 'ALREADY_EXISTS', detail: 'x' } }));
    const outbox = startOutbox({ engine, ledger, webhooks });
    await newCase(ledger);
    await isEmpty(ledger);
    await outbox.stop();
  });

  it('keeps a row that could not be carried out, and tries again when its time has come', async () => {
    const { ledger, clock } = await openTestLedger();
    let broken = true;
    const engine = fakeEngine(() => (broken ? { status: 400, body: { status: 400, title: 'INVALID_ARGUMENT', detail: 'quotes 1234' } } : published));
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5 });
    await newCase(ledger);
    await vi.waitFor(() => expect(engine.sent.length).toBeGreaterThan(0), { interval: 5 });
    await vi.waitFor(async () => expect((await claimOutbox(ledger, { limit: 1 })).length).toBe(0));
    expect((await countOutbox(ledger))['start-case']).toBe(1);
    broken = false;
    clock.time += 60_000;
    outbox.wake();
    await isEmpty(ledger);
    await outbox.stop();
  });

  it.each([204, 404, 409])('completes a user task after the undo window; %i means done', async (status) => {
    const { ledger, clock } = await openTestLedger();
    const engine = fakeEngine(({ path }) => (path.includes('user-tasks') ? (status === 204 ? { status } : { status, body: { status, title: 'x' } }) : published));
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5 });
    const { caseId } = await newCase(ledger);
    await openReview.handle({ caseId, service: 'risk', serviceVersion: 1, prediction: null, route: null, refusal: null }, toolsFor(ledger));
    await storeBlindVerdict(ledger, { caseId, userTaskKey: '50', reviewer: 'expert', answer: { kind: 'class', class: 'grant' } });
    await vi.waitFor(async () => expect((await countOutbox(ledger))['start-case']).toBe(0), { interval: 5 });
    expect(engine.sent.filter(({ path }) => path.includes('user-tasks'))).toEqual([]);
    clock.time += 5_000;
    await isEmpty(ledger);
    expect(engine.sent.at(-1)).toEqual({ path: '/v2/user-tasks/50/completion', body: { variables: { reviewAnswer: 'class', finalClass: 'grant' } } });
    await outbox.stop();
  });

  it('gives a webhook up after its tries, without holding cases up', async () => {
    const { ledger, clock } = await openTestLedger();
    const engine = fakeEngine(() => published);
    const { caseId } = await newCase(ledger, { callbackUrl: 'http://127.0.0.1:1/hook' });
    const named = { caseId, service: 'risk', serviceVersion: 1 };
    const { release } = await drawAuditSample.handle(named, toolsFor(ledger));
    await storePrediction(ledger, { caseId, role: 'decider', releaseId: release.id, model, class: 'grant', confidence: 0.9, probabilities: { grant: 0.9, decline: 0.1 } });
    expect((await recordDecision(ledger, { caseId, proposed: { by: 'model' } })).kind).toBe('recorded');
    await requestWebhook(ledger, caseId);
    const errors: string[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (_: object, message: string) => void errors.push(message) };
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5, log });
    await vi.waitFor(async () => expect((await countOutbox(ledger))['start-case']).toBe(0), { interval: 5 });
    await vi.waitFor(async () => expect(await claimOutbox(ledger, { limit: 1 })).toEqual([]));
    clock.time += 6 * 3_600_000;
    await isEmpty(ledger);
    expect(errors).toEqual(['A webhook is given up; the caller can still read the case.']);
    await outbox.stop();
  });

  it('goes on when the engine could not be reached for a moment', async () => {
    const { ledger } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    const [row] = await claimOutbox(ledger, { limit: 1, kinds: ['start-case'] });
    await deferOutbox(ledger, row!.outboxId, { error: 'x', retryAt: ledger.clock.now() });
    const engine = fakeEngine((_, nth) => (nth === 1 ? 'unreachable' : published));
    const outbox = startOutbox({ engine, ledger, webhooks, pollMs: 5 });
    await isEmpty(ledger);
    await outbox.stop();
    expect(engine.sent.filter(({ body }) => body['messageId'] === caseId).length).toBeGreaterThan(0);
  });
});
