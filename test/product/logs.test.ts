/** The log as operations read it: JSON lines that name case, instance or job, and never a word of a case, also where everything fails. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditInput } from '../api/open-api.ts';
import { startTestCase, taskOf } from '../api/product.ts';
import { digit, sendDigit, startProductWithModels, type ProductWithModels } from './product-with-models.ts';

const lines: string[] = [];
const sink = new Writable({ write(chunk: Buffer, _encoding, done) { lines.push(chunk.toString('utf8').trim()); done(); } });
/** Everything, down to the least important entry. */
const log = pino({ level: 'debug', base: null, serializers: { error: pino.stdSerializers.err } }, sink);

const marks = ['MARKED-BUSINESS', 'MARKED-SUBJECT', 'MARKED-NOTE', 'MARKED-ECHO', 'marked-callback', 'MARKED-KEY', '73119'];

let product: ProductWithModels;
beforeAll(async () => { product = await startProductWithModels({ log }); }, 60_000);
afterAll(() => product.close());

const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('is JSON lines with a level, a time and a sentence', async () => {
    await product.release('digits-v1');
    await sendDigit(product);
    for (const entry of entries()) expect(entry).toMatchObject({ level: expect.any(Number) as number, time: expect.anything() as unknown, msg: expect.any(String) as string });
    expect(entries().length).toBeGreaterThan(0);
  });

  it('names the case or the job where a model fails, and repeats nothing that the model server said', async () => {
    await product.release('digits-broken');
    product.models.answer = () => ({ status: 500, body: { error: 'ValueError : MARKED-ECHO of the input' } });
    const { view } = await sendDigit(product);
    expect(view.status).toBe('in-review');
    expect(entries().find((entry) => entry['model'] === 'digits-broken')).toMatchObject({ caseId: view.caseId, jobType: 'score-case', jobKey: expect.any(String) as string, processInstanceKey: expect.any(String) as string, status: 500 });
  });

  it('holds no word of a case, whatever becomes of it', async () => {
    const before = lines.length;
    const view = await startTestCase(product, 'credit-risk', { ...creditInput, amount: 7311 }, { businessId: 'MARKED-BUSINESS', subject: 'MARKED-SUBJECT', callbackUrl: 'http://127.0.0.1:1/marked-callback' }).catch(() => null);
    const plain = view ?? (await startTestCase(product, 'credit-risk', { ...creditInput, amount: 7311 }, { businessId: 'MARKED-BUSINESS', subject: 'MARKED-SUBJECT' }));
    const expert = await product.as('expert');
    const { userTaskKey } = await taskOf(expert, plain.caseId);
    await expert.post(`/api/inbox/tasks/${userTaskKey}/need-information`, { note: 'MARKED-NOTE' }).catch(() => undefined);
    await expert.post(`/api/inbox/tasks/${userTaskKey}/verdict`, { class: 'grant', durationMs: 900 });
    await product.application.get(`/api/cases/${plain.caseId}?wait=20`);
    // Refused ones too.
    for (const body of [{ input: { ...creditInput, amount: 731_190_000 } }, { input: { ...creditInput, purpose: 'MARKED-NOTE' } }, { input: digit, businessId: 'MARKED-BUSINESS' }]) {
      const refused = await product.application.call('POST', '/api/decision-services/credit-risk/cases', body, { 'idempotency-key': 'MARKED-KEY' });
      expect(refused.status).toBe(422);
    }
    await product.application.call('GET', '/api/cases?businessId=MARKED-BUSINESS');
    expect(lines.length).toBeGreaterThanOrEqual(before);
    const all = lines.join('\n');
    expect(marks.filter((mark) => all.includes(mark))).toEqual([]);
  });
});
