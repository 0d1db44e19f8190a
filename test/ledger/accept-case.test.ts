// Accepting a case.
import { describe, expect, test } from 'vitest';
import { acceptCase, bindInstance, claimOutbox, countCases, eraseSubject, getCase, listCases, listCasesOfInstances, readInput, type AcceptCaseRequest } from '../../ledger/index.ts';
import { inReview, openBench, receive } from './fixture.ts';

const request: AcceptCaseRequest = {
  service: 'loans',
  serviceVersion: 1,
  application: 'bank',
  idempotencyKey: 'order-1',
  input: { amount: 1000, region: 'north' },
  objection: false,
  businessId: 'A-17',
  callbackUrl: 'https://bank.example/hook',
};

describe('accepting a case', () => {
  test('stores the case with its input, and owes the start of its process', async () => {
    const { ledger } = await openBench();
    const result = await acceptCase(ledger, request);
    if (result.kind !== 'accepted') throw new Error(result.kind);
    expect(result.case).toMatchObject({ status: 'received', businessId: 'A-17', callbackUrl: 'https://bank.example/hook', decision: null });
    expect(await getCase(ledger, result.case.caseId)).toEqual(result.case);
    expect(await readInput(ledger, result.case.caseId)).toEqual({ kind: 'readable', input: request.input });
    const [row] = await claimOutbox(ledger, { limit: 10 });
    expect(row?.effect).toEqual({
      kind: 'start-case',
      messageName: 'case-received',
      messageId: result.case.caseId,
      correlationKey: result.case.caseId,
      variables: { caseId: result.case.caseId, service: 'loans', serviceVersion: 1, objection: false, routing: { region: 'north' } },
    });
  });

  test('answers a repetition with the same case in its current state', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench, { idempotencyKey: 'order-2', input: request.input });
    const again = await acceptCase(bench.ledger, { ...request, idempotencyKey: 'order-2', businessId: undefined, callbackUrl: undefined });
    expect(again).toMatchObject({ kind: 'repeated', case: { caseId, status: 'in-review' } });
  });

  test('takes the same members in another order for the same body', async () => {
    const { ledger } = await openBench();
    await acceptCase(ledger, request);
    expect((await acceptCase(ledger, { ...request, input: { region: 'north', amount: 1000 } })).kind).toBe('repeated');
  });

  test.each([
    ['input', { input: { amount: 1001, region: 'north' } }],
    ['subject', { subject: 'someone' }],
    ['objection', { objection: true }],
    ['business id', { businessId: 'A-18' }],
    ['call-back address', { callbackUrl: 'https://bank.example/other' }],
  ])('calls the same key with another %s a conflict', async (_what, change) => {
    const { ledger } = await openBench();
    await acceptCase(ledger, request);
    expect(await acceptCase(ledger, { ...request, ...change })).toEqual({ kind: 'conflict' });
    expect(await countCases(ledger)).toMatchObject({ received: 1 });
  });

  test('keeps the keys of applications and of services apart', async () => {
    const { ledger } = await openBench();
    await acceptCase(ledger, request);
    expect((await acceptCase(ledger, { ...request, application: 'shop' })).kind).toBe('accepted');
    expect((await acceptCase(ledger, { ...request, service: 'other' })).kind).toBe('accepted');
  });

  test('makes one case of fifty concurrent requests with one key', async () => {
    const { ledger } = await openBench();
    const results = await Promise.all(Array.from({ length: 50 }, () => acceptCase(ledger, { ...request, subject: 'person-1' })));
    expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'repeated')).toHaveLength(49);
    expect(await countCases(ledger)).toEqual({ received: 1, 'in-review': 0, decided: 0 });
    expect(await claimOutbox(ledger, { limit: 100 })).toHaveLength(1);
  });

  test('gives concurrent first cases of one person one key', async () => {
    const { ledger } = await openBench();
    await Promise.all(Array.from({ length: 20 }, () => receive(ledger, { subject: 'person-1' })));
    expect(await eraseSubject(ledger, { subject: 'person-1', by: 'officer' })).toEqual({ kind: 'erased', cases: 20 });
  });

  test('accepts a case of a person whose erasure runs at the same time, under a new key', async () => {
    const { ledger } = await openBench();
    await receive(ledger, { subject: 'person-1' });
    const [, later] = await Promise.all([eraseSubject(ledger, { subject: 'person-1', by: 'officer' }), receive(ledger, { subject: 'person-1' })]);
    const input = await readInput(ledger, later.caseId);
    const key = await ledger.db.selectFrom('cases').select('key_id').where('case_id', '=', later.caseId).executeTakeFirstOrThrow();
    const erased = await ledger.db.selectFrom('key_erasures').selectAll().where('key_id', '=', key.key_id).execute();
    expect(input.kind).toBe(erased.length === 0 ? 'readable' : 'erased');
  });
});

describe('binding a case to its process instance', () => {
  const binding = { processDefinitionId: 'anomaly-routing', processDefinitionVersion: 3 };

  test('keeps the first instance and tells a second one that it is not the one', async () => {
    const { ledger } = await openBench();
    const { caseId } = await receive(ledger);
    expect(await bindInstance(ledger, { caseId, processInstanceKey: '2251799813685249', ...binding })).toEqual({ kind: 'bound' });
    expect(await bindInstance(ledger, { caseId, processInstanceKey: '2251799813685249', ...binding })).toEqual({ kind: 'already' });
    expect(await bindInstance(ledger, { caseId, processInstanceKey: '2251799813685999', ...binding })).toEqual({ kind: 'other' });
    expect((await getCase(ledger, caseId))?.binding).toMatchObject({ processInstanceKey: '2251799813685249', processDefinitionVersion: 3 });
    const cases = await listCasesOfInstances(ledger, ['2251799813685249', '2251799813685999']);
    expect([...cases].map(([key, theCase]) => [key, theCase.caseId])).toEqual([['2251799813685249', caseId]]);
  });

  test('lets no instance work on two cases, and knows no unknown case', async () => {
    const { ledger } = await openBench();
    const first = await receive(ledger);
    const second = await receive(ledger);
    await bindInstance(ledger, { caseId: first.caseId, processInstanceKey: '1', ...binding });
    expect(await bindInstance(ledger, { caseId: second.caseId, processInstanceKey: '1', ...binding })).toEqual({ kind: 'other' });
    expect(await bindInstance(ledger, { caseId: 'nobody', processInstanceKey: '2', ...binding })).toEqual({ kind: 'case-unknown' });
  });
});

describe('listing cases', () => {
  test('pages through all of them once, newest first, also where many came at one time', async () => {
    const { ledger, clock } = await openBench();
    for (let index = 0; index < 25; index += 1) {
      if (index % 5 === 0) clock.move(1000);
      await receive(ledger);
    }
    const seen: { receivedAt: number; caseId: string }[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCases(ledger, { limit: 7, ...(cursor !== undefined && { cursor }) });
      if (page.kind !== 'page') throw new Error(page.kind);
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen.map(({ caseId }) => caseId)).size).toBe(25);
    expect(seen.map(({ receivedAt }) => receivedAt)).toEqual(seen.map(({ receivedAt }) => receivedAt).toSorted((a, b) => b - a));
  });

  test('filters by service, status, application, business id and time', async () => {
    const bench = await openBench();
    const { ledger, clock } = bench;
    const first = await receive(ledger, { businessId: 'A-1', application: 'shop' });
    clock.move(1000);
    const second = await inReview(bench);
    const ids = async (filter: Parameters<typeof listCases>[1]) => {
      const page = await listCases(ledger, filter);
      return page.kind === 'page' ? page.items.map(({ caseId }) => caseId) : [];
    };
    expect(await ids({ status: 'in-review' })).toEqual([second]);
    expect(await ids({ application: 'shop' })).toEqual([first.caseId]);
    expect(await ids({ businessId: 'A-1' })).toEqual([first.caseId]);
    expect(await ids({ receivedFrom: clock.now() })).toEqual([second]);
    expect(await ids({ receivedBefore: clock.now() })).toEqual([first.caseId]);
    expect(await ids({ services: ['loans'] })).toEqual([second, first.caseId]);
    expect(await ids({ services: [] })).toEqual([]);
    expect(await ids({ decidedBy: 'model' })).toEqual([]);
  });

  test('says that a forged cursor is bad', async () => {
    const { ledger } = await openBench();
    for (const cursor of ['nonsense', '', Buffer.from('{"a":1}').toString('base64url')]) expect(await listCases(ledger, { cursor })).toEqual({ kind: 'bad-cursor' });
  });
});
