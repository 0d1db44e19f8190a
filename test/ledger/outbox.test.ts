// The outbox: owed effects are handed out once at a time, and survive a crash.
import { describe, expect, test } from 'vitest';
import { claimOutbox, countOutbox, deferOutbox, nextOutboxAt, onOutboxChange, openLedger, requestWebhook, settleOutbox, storeBlindVerdict, takeEffects, webhookSecret, type OutboxRow } from '../../ledger/index.ts';
import { blind, inReview, openBench, receive, startOfTest, tempFolder } from './fixture.ts';

const all = { limit: 10, leaseMs: 30_000 };

describe('a start that somebody in this process takes', () => {
  const keepsAll = (): { rows: OutboxRow[]; hasRoom: () => boolean; take: (row: OutboxRow) => void } => {
    const rows: OutboxRow[] = [];
    return { rows, hasRoom: () => true, take: (row) => void rows.push(row) };
  };

  test('is given once its case is stored, just as it would have been claimed, and woken is nobody', async () => {
    const { ledger, clock } = await openBench();
    const taker = keepsAll();
    const takeNoMore = takeEffects(ledger, taker);
    let woken = 0;
    onOutboxChange(ledger, () => (woken += 1));
    const { caseId } = await receive(ledger, { traceparent: '00-1-2-01' });
    expect(taker.rows).toHaveLength(1);
    expect(woken).toBe(0);
    expect(await claimOutbox(ledger, all)).toEqual([]);
    clock.move(60_000);
    expect(await claimOutbox(ledger, all)).toEqual(taker.rows);
    await settleOutbox(ledger, `start/${caseId}`);
    expect(await countOutbox(ledger)).toMatchObject({ 'start-case': 0 });
    takeNoMore();
    await receive(ledger);
    expect({ taken: taker.rows.length, woken }).toEqual({ taken: 1, woken: 1 });
  });

  test('is left in the outbox while that one has no room, or the case was there already', async () => {
    const { ledger } = await openBench();
    const taker = keepsAll();
    takeEffects(ledger, { ...taker, hasRoom: () => false });
    const { caseId } = await receive(ledger, { idempotencyKey: 'same' });
    expect(await claimOutbox(ledger, all)).toMatchObject([{ caseId }]);
    takeEffects(ledger, taker);
    await receive(ledger, { idempotencyKey: 'same' });
    expect(taker.rows).toEqual([]);
  });
});

describe('the outbox', () => {
  test('hands out a row once until its lease runs out', async () => {
    const { ledger, clock } = await openBench();
    const { caseId } = await receive(ledger);
    expect(await claimOutbox(ledger, all)).toMatchObject([{ outboxId: `start/${caseId}`, caseId, attempts: 0, lastError: null }]);
    expect(await claimOutbox(ledger, all)).toEqual([]);
    clock.move(30_000);
    expect(await claimOutbox(ledger, all)).toHaveLength(1);
  });

  test('hands out the oldest first, at most as many as asked for, and no row twice to two at once', async () => {
    const { ledger, clock } = await openBench();
    for (let index = 0; index < 6; index += 1) {
      await receive(ledger);
      clock.move(1);
    }
    const [first, second] = await Promise.all([claimOutbox(ledger, { limit: 3 }), claimOutbox(ledger, { limit: 10 })]);
    expect([first.length, second.length]).toEqual([3, 3]);
    expect([...first, ...second].map(({ createdAt }) => createdAt - startOfTest)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('hands out only the kinds asked for', async () => {
    const { ledger } = await openBench();
    await receive(ledger);
    expect(await claimOutbox(ledger, { limit: 10, kinds: ['webhook'] })).toEqual([]);
    expect(await claimOutbox(ledger, { limit: 10, kinds: [] })).toEqual([]);
    expect(await countOutbox(ledger)).toEqual({ 'start-case': 1, 'complete-user-task': 0, webhook: 0, 'publish-message': 0 });
  });

  test('forgets a settled row', async () => {
    const { ledger, clock } = await openBench();
    await receive(ledger);
    for (const { outboxId } of await claimOutbox(ledger, all)) await settleOutbox(ledger, outboxId);
    clock.move(3_600_000);
    expect(await claimOutbox(ledger, all)).toEqual([]);
    expect(await nextOutboxAt(ledger)).toBeNull();
  });

  test('puts a failed row off, longer each time up to five minutes, and remembers the error', async () => {
    const { ledger, clock } = await openBench();
    const { caseId } = await receive(ledger);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const [row] = await claimOutbox(ledger, all);
      expect(row?.attempts).toBe(attempt);
      await deferOutbox(ledger, `start/${caseId}`, { error: `try ${attempt}` });
      const due = (await nextOutboxAt(ledger)) ?? 0;
      waits.push((due - clock.now()) / 1000);
      clock.move(due - clock.now());
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    expect((await claimOutbox(ledger, all))[0]?.lastError).toBe('try 10');
  });

  test('puts a row off until a given time where that is known', async () => {
    const { ledger, clock } = await openBench();
    const { caseId } = await receive(ledger);
    await deferOutbox(ledger, `start/${caseId}`, { error: '429', retryAt: clock.now() + 77_000 });
    expect(await nextOutboxAt(ledger)).toBe(clock.now() + 77_000);
  });

  test('wakes its dispatcher after a commit that owes something, until it unsubscribes', async () => {
    const { ledger } = await openBench();
    let woken = 0;
    const stop = onOutboxChange(ledger, () => (woken += 1));
    await receive(ledger);
    expect(woken).toBe(1);
    stop();
    await receive(ledger);
    expect(woken).toBe(1);
  });

  test('owes a webhook once per case, also after it was sent', async () => {
    const { ledger } = await openBench();
    const { caseId } = await receive(ledger, { callbackUrl: 'https://bank.example/hook' });
    expect(await requestWebhook(ledger, caseId)).toEqual({ kind: 'requested' });
    const [row] = await claimOutbox(ledger, { limit: 1, kinds: ['webhook'] });
    expect(row?.effect).toEqual({ kind: 'webhook', caseId: expect.any(String), url: 'https://bank.example/hook', application: 'bank' });
    await settleOutbox(ledger, row?.outboxId ?? '');
    expect(await requestWebhook(ledger, caseId)).toEqual({ kind: 'already' });
    expect(await claimOutbox(ledger, { limit: 1, kinds: ['webhook'] })).toEqual([]);
    expect(await requestWebhook(ledger, (await receive(ledger)).caseId)).toEqual({ kind: 'no-callback' });
    expect(await requestWebhook(ledger, 'nobody')).toEqual({ kind: 'case-unknown' });
  });

  test('signs the webhooks of each application with its own secret, the same after a restart', async () => {
    const dataDir = tempFolder();
    const { ledger, clock } = await openBench({ dataDir });
    const secret = await webhookSecret(ledger, 'bank');
    expect(await webhookSecret(ledger, 'shop')).not.toBe(secret);
    await ledger.close();
    const again = await openLedger({ clock, dataDir });
    expect(await webhookSecret(again, 'bank')).toBe(secret);
    await again.close();
  });

  test('frees all leases at the next start: who held them is gone', async () => {
    const dataDir = tempFolder();
    const bench = await openBench({ dataDir });
    const caseId = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    bench.clock.move(5000);
    await claimOutbox(bench.ledger, all);
    await bench.ledger.close();
    const again = await openLedger({ clock: bench.clock, dataDir });
    expect((await claimOutbox(again, { ...all, kinds: ['start-case', 'complete-user-task'] })).map(({ effect }) => effect.kind)).toEqual(['start-case', 'complete-user-task']);
    await again.close();
  });
});
