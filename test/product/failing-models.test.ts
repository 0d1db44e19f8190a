/** A model server that is down, slow or wrong: every case reaches people for the right reason, is answered at once, and when the server is well again the model decides again. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../ledger/index.ts';
import { taskOf } from '../api/product.ts';
import type { Call, Reply } from '../workers/serving/fake-model-server.ts';
import { answering, healthy, modelOf, probabilities, sendDigit, startProductWithModels, whenAsked, type ProductWithModels } from './product-with-models.ts';

let product: ProductWithModels;
beforeAll(async () => { product = await startProductWithModels({ serving: { breaker: { failures: 1000, openMs: 1 } } }); }, 60_000);
afterAll(() => product.close());

const inferences = (model: string) => product.models.calls.filter(({ path }) => path.endsWith('/infer') && modelOf(path) === model).length;

/** A model that answers this: what its case is told, how often it was asked, and that the next case is automatic once it is well. */
async function expectPeople(model: string, answer: (call: Call) => Reply, reason: ReasonCode): Promise<number> {
  product.models.answer = answer;
  await product.release(model);
  const { view, reasons } = await sendDigit(product);
  expect(view).toMatchObject({ status: 'in-review', decision: null, decidedBy: null, reasons: null, release: null, confidence: null });
  expect(reasons).toEqual([reason]);
  const asked = inferences(model);
  product.models.answer = healthy;
  expect((await sendDigit(product)).view).toMatchObject({ status: 'decided', decidedBy: 'model', decision: '3', reasons: [] });
  return asked;
}

describe('a model server that may be well again later', () => {
  it.each<[string, Reply]>([
    ['breaks the connection off', { cut: true }],
    ['is slower than the time limit', { never: true }],
    ['answers 503', { status: 503, body: { error: 'Model with name m is not ready.' } }],
    ['answers 504 with a page of its gateway', { status: 504, text: '<html>gateway</html>' }],
    ['answers 429', { status: 429, headers: { 'retry-after': '60' }, body: { error: 'busy' } }],
  ])('that %s: the case goes to people as MODEL_UNAVAILABLE, after a second try', async (name, reply) => {
    expect(await expectPeople(`later-${name.replaceAll(/\W+/g, '-')}`, whenAsked(reply), 'MODEL_UNAVAILABLE')).toBe(2);
  });

  it('that fails before it was asked about its model, too', async () => {
    expect(await expectPeople('later-metadata', () => ({ cut: true }), 'MODEL_UNAVAILABLE')).toBe(0);
  });
});

describe('a model server whose answer cannot be used', () => {
  it.each<[string, Reply]>([
    ['500', { status: 500, body: { error: 'RuntimeError : boom' } }],
    ['500 as plain text', { status: 500, text: 'Internal Server Error' }],
    ['422', { status: 422, body: { detail: [{ type: 'missing', loc: ['body', 'inputs'], msg: 'Field required' }] } }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['no JSON', { text: '<html>welcome</html>' }],
    ['nothing', { text: '' }],
    ['another shape', { body: { result: 'three' } }],
    ['no output', { body: { outputs: [] } }],
    ['too few probabilities', answering(probabilities.slice(1))],
    ['too many probabilities', answering([...probabilities, 0])],
    ['texts as probabilities', answering(probabilities.map(String))],
    ['NaN, written as null', answering(probabilities.map((p, index) => (index === 3 ? null : p)))],
    ['probabilities over 1', answering(probabilities.map((p) => p * 10))],
    ['negative probabilities', answering(probabilities.map((p, index) => (index === 0 ? -0.5 : p)))],
    ['probabilities that do not add up', answering(probabilities.map((p) => p / 2))],
  ])('%s: the case goes to people as MODEL_ERROR, and the model is not asked twice', async (name, reply) => {
    expect(await expectPeople(`error-${name.replaceAll(/\W+/g, '-')}`, whenAsked(reply), 'MODEL_ERROR')).toBe(1);
  });
});

describe('a model server that serves something else than was released', () => {
  it('an unknown model: MODEL_ERROR', async () => {
    product.models.answer = () => ({ status: 404, body: { error: 'Model with name nope does not exist.' } });
    await product.release('unknown-model');
    expect((await sendDigit(product)).reasons).toEqual(['MODEL_ERROR']);
  });

  it('another file of the model: MODEL_ERROR, and it is not even asked', async () => {
    product.models.answer = healthy;
    await product.release('swapped', { digest: 'f'.repeat(64) });
    const { view, reasons } = await sendDigit(product);
    expect(view.status).toBe('in-review');
    expect(reasons).toEqual(['MODEL_ERROR']);
    expect(inferences('swapped')).toBe(0);
  });

  it.each<[string, Reply]>([
    ['answers 500', { status: 500, body: { error: 'boom' } }],
    ['is nonsense', { text: 'Bonjour' }],
    ['has another shape', { body: { model: 7 } }],
  ])('metadata that %s: what is served cannot be compared, so nothing is automatic', async (name, reply) => {
    const model = `metadata-${name.replaceAll(/\W+/g, '-')}`;
    expect(await expectPeople(model, (call) => (call.path.endsWith('/infer') ? healthy(call) : reply), 'MODEL_ERROR')).toBe(0);
  });

  it('a class that the service does not know: MODEL_ERROR', async () => {
    const cats = { outputs: [{ name: 'probabilities', shape: [1, 2], datatype: 'FP32', data: [0.9, 0.1], parameters: { classes: ['cat', 'dog'] } }] };
    await expectPeople('cats', whenAsked({ body: cats }), 'MODEL_ERROR');
  });
});

describe('a case that came while the model was away', () => {
  it('is reviewed like any other', async () => {
    product.models.answer = whenAsked({ cut: true });
    await product.release('away');
    const { view } = await sendDigit(product);
    const expert = await product.as('expert');
    const { userTaskKey } = await taskOf(expert, view.caseId);
    const answer = await expert.call('POST', `/api/inbox/tasks/${userTaskKey}/verdict`, { class: '7', durationMs: 900 });
    expect(answer).toMatchObject({ status: 200, body: { task: { step: 'stored' } } });
    expect(await product.application.get(`/api/cases/${view.caseId}?wait=20`)).toMatchObject({ status: 'decided', decision: '7', decidedBy: 'expert', reasons: ['MODEL_UNAVAILABLE'] });
  });
});

describe('the circuit breaker', () => {
  it('stops asking a model that does not answer, tries it again later, and then the model decides again', async () => {
    const one = await startProductWithModels({ serving: { attempts: 1, breaker: { failures: 3, openMs: 60_000 } } });
    try {
      const { clock } = one.stellwerk;
      await one.release('breaks');
      expect((await sendDigit(one)).view.status).toBe('decided');
      one.models.answer = whenAsked({ cut: true });
      for (let nth = 0; nth < 5; nth += 1) expect((await sendDigit(one)).reasons).toEqual(['MODEL_UNAVAILABLE']);
      const asked = () => one.models.calls.filter(({ path }) => path.endsWith('/infer')).length;
      expect(asked()).toBe(1 + 3);

      one.models.answer = healthy;
      expect((await sendDigit(one)).reasons, 'the circuit is still open').toEqual(['MODEL_UNAVAILABLE']);
      expect(asked()).toBe(1 + 3);

      clock.pin(clock.now() + 60_001);
      expect((await sendDigit(one)).view).toMatchObject({ status: 'decided', decidedBy: 'model' });
      clock.reset();
    } finally {
      await one.close();
    }
  }, 30_000);
});

describe('a model server that nobody started', () => {
  it('lets the product start, take cases and send them to people', async () => {
    const unused = createServer();
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
    const { port } = unused.address() as AddressInfo;
    await new Promise((resolve) => unused.close(resolve));
    const one = await startProductWithModels({ env: { STELLWERK_MODEL_SERVER_URL: `http://127.0.0.1:${port}` } });
    try {
      await one.release('nobody');
      const { view, reasons } = await sendDigit(one);
      expect(view.status).toBe('in-review');
      expect(reasons).toEqual(['MODEL_UNAVAILABLE']);
    } finally {
      await one.close();
    }
  }, 30_000);
});
