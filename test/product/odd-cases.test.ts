/** Requests with missing, extra and absurd values: the right 4xx with a sentence that helps, and nothing half done. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditInput } from '../api/open-api.ts';
import { startTestCase } from '../api/product.ts';
import { countEverything, digit, startProductWithModels, type ProductWithModels } from './product-with-models.ts';

let product: ProductWithModels;
let before: Record<string, number>;
beforeAll(async () => {
  product = await startProductWithModels();
  before = await countEverything(product);
}, 60_000);
afterAll(() => product.close());

let keys = 0;
/** A header that is not sent at all. */
const absent = '(absent)';
type Problem = { type: string; title: string; status: number; detail: string; errors?: { pointer: string; message: string }[] };

async function send(body: string | Uint8Array<ArrayBuffer> | undefined, headers: Record<string, string> = {}, path = '/api/decision-services/credit-risk/cases'): Promise<{ status: number; problem: Problem; contentType: string }> {
  const all = { ...product.application.headers, 'content-type': 'application/json', 'idempotency-key': `odd-${++keys}`, ...headers };
  const answer = await fetch(product.stellwerk.url + path, {
    method: 'POST',
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== absent)),
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, problem: (await answer.json()) as Problem, contentType: answer.headers.get('content-type') ?? '' };
}

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
/** Text of a body whose input holds one raw value: JSON can say more than JSON.stringify writes. */
const withAmount = (raw: string) => JSON.stringify({ input: { ...creditInput, amount: '@' } }).replace('"@"', raw);
const withPixels = (pixels: unknown) => JSON.stringify({ input: { pixels } });
const { pixels } = digit as { pixels: number[] };
const { amount: _, ...withoutAmount } = creditInput;

describe('a case that cannot be one', () => {
  it.each<[string, number, string, RegExp, string]>([
    ['without a field', 422, 'input-invalid', /\/input\/amount is missing/, JSON.stringify({ input: withoutAmount })],
    ['with a field too many', 422, 'input-invalid', /\/input\/age is not a field of this service; leave it out/, JSON.stringify({ input: { ...creditInput, age: 44 } })],
    ['with another field too many', 400, 'request-invalid', /prio/, JSON.stringify({ input: creditInput, prio: 1 })],
    ['with a huge number', 422, 'input-invalid', /\/input\/amount must be/, withAmount('1e308')],
    ['with a number beyond all numbers', 422, 'input-invalid', /\/input\/amount must be/, withAmount('1e400')],
    ['with a number of 10,000 digits', 422, 'input-invalid', /\/input\/amount must be/, withAmount('9'.repeat(10_000))],
    ['with NaN as a text', 422, 'input-invalid', /\/input\/amount must be of type/, withAmount('"NaN"')],
    ['with NaN itself, which is not JSON', 400, 'body-not-json', /could not be read as JSON/, withAmount('NaN')],
    ['with a negative number', 422, 'input-invalid', /\/input\/amount must be/, withAmount('-4526')],
    ['with a fraction where a whole number belongs', 422, 'input-invalid', /\/input\/amount must be of type integer/, withAmount('0.5')],
    ['with null', 422, 'input-invalid', /\/input\/amount must be of type/, withAmount('null')],
    ['with a list', 422, 'input-invalid', /\/input\/amount must be of type/, withAmount('[1]')],
    ['with a code that does not exist', 422, 'input-invalid', /must be one of "car-new"/, JSON.stringify({ input: { ...creditInput, purpose: 'yacht' } })],
    ['with a prototype', 400, 'body-not-json', /could not be read as JSON/, withAmount('{"__proto__": {"isAdmin": true}}')],
    ['nested 100 deep', 422, 'input-invalid', /is missing/, `{"input":${nested(100)}}`],
    ['nested 100,000 deep', 400, 'request-invalid', /nested too deep/, `{"input":${nested(100_000)}}`],
    ['without an input', 400, 'request-invalid', /\/input/, '{}'],
    ['with a text as input', 400, 'request-invalid', /\/input/, '{"input":"all"}'],
    ['that is a list', 400, 'request-invalid', /body/i, '[]'],
    ['that is null', 400, 'request-invalid', /body/i, 'null'],
    ['that is a number', 400, 'request-invalid', /body/i, '7'],
    ['that is cut off', 400, 'body-not-json', /could not be read as JSON. Check its syntax/, '{"input": {"amount"'],
    ['that is XML', 400, 'body-not-json', /could not be read as JSON/, '<case/>'],
    ['over 1 MiB', 413, 'body-too-large', /larger than 1 MiB/, JSON.stringify({ input: { text: 'x'.repeat(1024 * 1024) } })],
    ['with an empty subject', 400, 'request-invalid', /\/subject/, JSON.stringify({ input: creditInput, subject: '' })],
    ['with a business id of 10,000 letters', 400, 'request-invalid', /\/businessId/, JSON.stringify({ input: creditInput, businessId: 'x'.repeat(10_000) })],
    ['with a call-back address that is a file', 400, 'request-invalid', /\/callbackUrl/, JSON.stringify({ input: creditInput, callbackUrl: 'file:///etc/passwd' })],
    ['with "yes" for true', 400, 'request-invalid', /\/objection/, JSON.stringify({ input: creditInput, objection: 'yes' })],
  ])('%s', async (_name, status, name, detail, body) => {
    expectProblem(await send(body), status, name, detail);
  });

  it.each<[string, RegExp, unknown]>([
    ['one too few', /\/input\/pixels must have 64 entries or more/, pixels.slice(1)],
    ['one too many', /\/input\/pixels must have 64 entries or fewer/, [...pixels, 0]],
    ['a value that is too bright', /\/input\/pixels\/0 must be 16 or less/, [1e9, ...pixels.slice(1)]],
    ['a text', /\/input\/pixels\/0 must be of type integer/, ['16', ...pixels.slice(1)]],
    ['none', /\/input\/pixels must be of type array/, null],
  ])('with pixels of which there is %s', async (_name, detail, wrong) => {
    expectProblem(await send(withPixels(wrong), {}, '/api/decision-services/digits/cases'), 422, 'input-invalid', detail);
  });
});

describe('a request that is wrong around the case', () => {
  const body = JSON.stringify({ input: creditInput });
  it.each<[string, number, string, RegExp, string | Uint8Array<ArrayBuffer> | undefined, Record<string, string>, string?]>([
    ['text/plain', 415, 'media-type-unsupported', /application\/json/, body, { 'content-type': 'text/plain' }],
    ['a form', 415, 'media-type-unsupported', /application\/json/, 'input=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a content type that is none', 415, 'media-type-unsupported', /application\/json/, body, { 'content-type': 'json' }],
    ['bytes that are no text', 400, 'body-not-json', /could not be read as JSON/, new Uint8Array([0xff, 0xfe, 0x00, 0x80]), {}],
    ['no body', 400, 'request-invalid', /body/i, undefined, {}],
    ['no idempotency key', 400, 'idempotency-key-missing', /Idempotency-Key/, body, { 'idempotency-key': absent }],
    ['an idempotency key of 201 letters', 400, 'request-invalid', /idempotency-key/i, body, { 'idempotency-key': 'x'.repeat(201) }],
    ['a service that does not exist', 404, 'service-unknown', /no-such/, body, {}, '/api/decision-services/no-such/cases'],
    ['a service with an absurd name', 404, 'service-unknown', /./, body, {}, `/api/decision-services/${encodeURIComponent("'; DROP TABLE cases; --")}/cases`],
    ['no key', 401, 'not-signed-in', /./, body, { authorization: absent }],
    ['a wrong key', 401, 'not-signed-in', /./, body, { authorization: 'Bearer nope' }],
  ])('%s', async (_name, status, name, detail, sent, headers, path) => {
    expectProblem(await send(sent, headers, path), status, name, detail);
  });
});

describe('starting a process with absurd variables', () => {
  it.each<[string, string]>([
    ['nested 100,000 deep', `{"variables":{"deep":${nested(100_000)}}}`],
    ['lists nested 100,000 deep', `{"variables":{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ['a list', '{"variables":[1]}'],
    ['a variable whose name is no name', '{"variables":{"":1}}'],
  ])('%s: a 4xx with a sentence, or it runs; never a defect', async (_name, body) => {
    const { status, problem } = await send(body, {}, '/api/processes/anomaly-routing/instances');
    expect(status, JSON.stringify(problem).slice(0, 300)).toBeGreaterThanOrEqual(400);
    expect(status, JSON.stringify(problem).slice(0, 300)).toBeLessThan(500);
    expect(problem.detail.length).toBeGreaterThan(20);
  });
});

describe("absurd bodies on the engine's own API", () => {
  it.each(['/v2/process-instances', '/v2/messages/publication', '/v2/jobs/activation', '/v2/process-instances/search'])('%s answers a 400 with a sentence', async (path) => {
    for (const body of [nested(100_000), '['.repeat(500_000), '{"variables":', '[]', '7']) {
      const { status, problem } = await send(body, product.engineClient.headers, path);
      expect(status, `${body.slice(0, 20)}: ${JSON.stringify(problem)}`).toBe(400);
      expect(problem.detail.length).toBeGreaterThan(15);
    }
  });
});

describe('after all of this', () => {
  it('nothing was half done: no case, no record, no vault entry, no key, no instance', async () => {
    expect(await countEverything(product)).toEqual(before);
  });

  it('a right case goes its way', async () => {
    expect(await startTestCase(product, 'credit-risk', creditInput)).toMatchObject({ status: 'in-review' });
  });
});

function expectProblem({ status, problem, contentType }: Awaited<ReturnType<typeof send>>, expected: number, name: string, detail: RegExp): void {
  expect({ status, type: problem.type, contentType }, JSON.stringify(problem).slice(0, 300)).toEqual({ status: expected, type: `urn:stellwerk:problem:${name}`, contentType: expect.stringContaining('application/problem+json') });
  expect(problem.detail).toMatch(detail);
  expect(problem.detail.length, problem.detail).toBeLessThan(600);
}
