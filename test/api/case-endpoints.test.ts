/** Starting, waiting for and finding cases over HTTP, without an engine: the ledger alone answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onCaseChange, openReview } from '../../ledger/index.ts';
import { creditInput, openTestApi, type TestApi } from './open-api.ts';

describe('starting a case', () => {
  let api: TestApi;
  let secret: string;
  beforeAll(async () => { api = await openTestApi(); ({ secret } = await api.key()); });
  afterAll(() => api.close());

  const start = (body: unknown, headers: Record<string, string> = {}, service = 'credit-risk') =>
    api.app.inject({ method: 'POST', url: `/api/decision-services/${service}/cases`, headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers }, payload: typeof body === 'string' ? body : JSON.stringify(body) });
  const problem = (answer: { json: () => { type: string; status: number; detail: string; errors?: { pointer: string; message: string; in: string }[] } }) => answer.json();

  it('answers 202 with the address of the case and says nothing of the model', async () => {
    const answer = await start({ input: creditInput, businessId: 'K-1' }, { 'idempotency-key': 'a-1' });
    expect(answer.statusCode).toBe(202);
    const body = answer.json();
    expect(body).toMatchObject({ service: 'credit-risk', status: 'received', decision: null, decidedBy: null, release: null, reasons: null, businessId: 'K-1' });
    expect(answer.headers.location).toBe(`/api/cases/${body.caseId}`);
    expect(answer.headers['ratelimit-limit']).toBe('1000');
  });

  it('gives the same case for the same key and body, and refuses another body with 422', async () => {
    const first = await start({ input: creditInput }, { 'idempotency-key': 'a-2' });
    const again = await start({ input: creditInput }, { 'idempotency-key': 'a-2' });
    expect(again.json().caseId).toBe(first.json().caseId);
    const other = await start({ input: { ...creditInput, amount: 1 + creditInput.amount } }, { 'idempotency-key': 'a-2' });
    expect(other.statusCode).toBe(422);
    expect(problem(other).type).toBe('urn:stellwerk:problem:idempotency-key-reused');
  });

  it('asks for an idempotency key', async () => {
    const answer = await start({ input: creditInput });
    expect(answer.statusCode).toBe(400);
    expect(problem(answer).type).toBe('urn:stellwerk:problem:idempotency-key-missing');
  });

  it('names each field of the input that is wrong, with a pointer and what would be right', async () => {
    const { amount: _, ...rest } = creditInput;
    const answer = await start({ input: { ...rest, purpose: 'yacht', termMonths: 1e9, dependents: 'two', age: 44 } }, { 'idempotency-key': 'a-3' });
    expect(answer.statusCode).toBe(422);
    const { errors = [] } = problem(answer);
    expect(Object.fromEntries(errors.map(({ pointer, message }) => [pointer, message]))).toEqual({
      '/input/amount': 'is missing',
      '/input/age': 'is not a field of this service; leave it out',
      '/input/purpose': expect.stringContaining('must be one of "car-new"'),
      '/input/termMonths': 'must be 84 or less',
      '/input/dependents': 'must be of type integer',
    });
  });

  it('names unknown fields and wrong types of the body', async () => {
    const answer = await start({ input: creditInput, objection: 'yes', prio: 1, callbackUrl: 'file:///etc/passwd' }, { 'idempotency-key': 'a-4' });
    expect(answer.statusCode).toBe(400);
    expect(problem(answer).errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/callbackUrl', '/objection', '/prio']);
  });

  it('refuses a body that is no JSON, of another type, or over 1 MiB', async () => {
    expect((await start('{"input": ', { 'idempotency-key': 'b' })).json()).toMatchObject({ status: 400, type: 'urn:stellwerk:problem:body-not-json' });
    expect((await start('input=1', { 'idempotency-key': 'b', 'content-type': 'text/plain' })).json()).toMatchObject({ status: 415 });
    expect((await start({ input: { text: 'x'.repeat(1024 * 1024) } }, { 'idempotency-key': 'b' })).json()).toMatchObject({ status: 413, type: 'urn:stellwerk:problem:body-too-large' });
  });

  it('answers 404 for an unknown service and 403 for one out of the scope of the key', async () => {
    expect((await start({ input: {} }, { 'idempotency-key': 'c' }, 'no-such-service')).json()).toMatchObject({ status: 404, type: 'urn:stellwerk:problem:service-unknown' });
    const { secret: narrow } = await api.key({ services: ['digits'] });
    expect((await start({ input: {} }, { 'idempotency-key': 'c', authorization: `Bearer ${narrow}` })).json()).toMatchObject({ status: 403, type: 'urn:stellwerk:problem:scope-missing' });
  });

  it('does not store anything of a refused request', async () => {
    const before = (await api.app.inject({ url: '/api/cases?limit=200', headers: { authorization: `Bearer ${secret}` } })).json().items.length;
    await start({ input: {} }, { 'idempotency-key': 'd' });
    await start({ input: creditInput, more: 1 }, { 'idempotency-key': 'd' });
    const after = (await api.app.inject({ url: '/api/cases?limit=200', headers: { authorization: `Bearer ${secret}` } })).json().items.length;
    expect(after).toBe(before);
  });

  it('holds the answer with Prefer: wait until the case is with people', async () => {
    const received = new Promise<string>((resolve) => { onCaseChange(api.ledger, (change) => { if (change.what === 'received') resolve(change.caseId); }); });
    const answer = start({ input: creditInput }, { 'idempotency-key': 'e', prefer: 'respond-async, wait=60' });
    const caseId = await received;
    await openReview(api.ledger, { caseId, reasons: ['NO_RELEASE'], reviewGroup: 'credit-experts' });
    const held = await answer;
    expect(held.statusCode).toBe(202);
    expect(held.headers['preference-applied']).toBe('wait=60');
    expect(held.json()).toMatchObject({ caseId, status: 'in-review', reasons: null });
  });

  it('never met a defect', () => { expect(api.errors).toEqual([]); });
});

describe('finding cases', () => {
  let api: TestApi;
  beforeAll(async () => { api = await openTestApi(); });
  afterAll(() => api.close());

  const startMany = async (secret: string, count: number) => {
    for (let index = 0; index < count; index += 1)
      await api.app.inject({ method: 'POST', url: '/api/decision-services/credit-risk/cases', headers: { authorization: `Bearer ${secret}`, 'idempotency-key': `k-${index}` }, payload: { input: creditInput, businessId: `B-${index}` } });
  };

  it('pages through the cases of the own application only, and hides those of others', async () => {
    const mine = await api.key();
    const other = await api.key();
    await startMany(mine.secret, 5);
    await startMany(other.secret, 2);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const url: string = `/api/cases?limit=2${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { items: { businessId: string }[]; nextCursor: string | null } = (await api.app.inject({ url, headers: { authorization: `Bearer ${mine.secret}` } })).json();
      seen.push(...page.items.map(({ businessId }) => businessId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.toSorted()).toEqual(['B-0', 'B-1', 'B-2', 'B-3', 'B-4']);

    const caseId = await newestCase(api, mine.secret);
    for (const path of [`/api/cases/${caseId}`, `/api/cases/${caseId}/record`]) {
      expect((await api.app.inject({ url: path, headers: { authorization: `Bearer ${mine.secret}` } })).statusCode).toBe(200);
      expect((await api.app.inject({ url: path, headers: { authorization: `Bearer ${other.secret}` } })).json()).toMatchObject({ status: 404, type: 'urn:stellwerk:problem:case-unknown' });
    }
  });

  it('filters, and refuses unknown filters and foreign cursors', async () => {
    const { secret } = await api.key();
    await startMany(secret, 3);
    const get = (query: string) => api.app.inject({ url: `/api/cases?${query}`, headers: { authorization: `Bearer ${secret}` } });
    expect((await get('businessId=B-1')).json().items).toHaveLength(1);
    expect((await get('status=decided')).json().items).toHaveLength(0);
    expect((await get('service=no-such')).statusCode).toBe(404);
    expect((await get('state=decided')).json()).toMatchObject({ status: 400, errors: [{ in: 'query', pointer: 'state' }] });
    expect((await get('limit=1000')).json()).toMatchObject({ status: 400, errors: [{ pointer: 'limit' }] });
    expect((await get('cursor=bm9wZQ')).json()).toMatchObject({ status: 400, type: 'urn:stellwerk:problem:cursor-invalid' });
  });

  it('lets auditors read every case and its sealed record', async () => {
    const { secret } = await api.key();
    await startMany(secret, 1);
    const auditor = await api.signIn('auditor');
    const caseId = await newestCase(api, secret);
    const record = (await api.app.inject({ url: `/api/cases/${caseId}/record`, headers: { cookie: auditor.cookie } })).json();
    expect(record).toMatchObject({ sealed: true, predictions: [], verdicts: [], release: null, decision: null, audit: null });
    expect(record.records.map(({ kind }: { kind: string }) => kind)).toEqual(['case-received']);
  });

  it('answers 404 for a case that does not exist', async () => {
    const { secret } = await api.key();
    expect((await api.app.inject({ url: '/api/cases/no-such-case?wait=1', headers: { authorization: `Bearer ${secret}` } })).statusCode).toBe(404);
  });

  it('never met a defect', () => { expect(api.errors).toEqual([]); });
});

async function newestCase(api: TestApi, secret: string): Promise<string> {
  const read = async () => (await api.app.inject({ url: '/api/cases?status=received&limit=1', headers: { authorization: `Bearer ${secret}` } })).json<{ items: { caseId: string }[] }>().items[0]?.caseId;
  const found = await read();
  if (found === undefined) throw new Error('no case was received');
  return found;
}
