// The client of model servers against every kind of answer that the reference lists.
import { afterEach, describe, expect, it } from 'vitest';
import { createInferenceClient } from '../../../workers/serving/inference-client.ts';
import { ServingError } from '../../../workers/serving/serving-error.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';
import { startFakeModelServer, type Call, type FakeModelServer, type Reply } from './fake-model-server.ts';

const opened: FakeModelServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const classes = ['grant', 'decline'];
const metadata = { name: 'm', parameters: { classes: ['grant', 'decline'], sha256: 'abc' } };

async function withServer(answer: (call: Call, nth: number) => Reply, limits: { timeLimitMs?: number; attempts?: number; failures?: number } = {}) {
  const server = await startFakeModelServer((call, nth) => (call.path === '/v2/models/m' ? { body: metadata } : answer(call, nth)));
  opened.push(server);
  const clock = { time: 0, now: () => clock.time };
  const { serving } = defaultWorkerSettings({ servingAddress: () => server.url });
  const client = createInferenceClient(
    { ...serving, firstPauseMs: 1, maxPauseMs: 5, timeLimitMs: limits.timeLimitMs ?? 2_000, attempts: limits.attempts ?? 3, breaker: { failures: limits.failures ?? 5, openMs: 1_000 } },
    clock,
  );
  const call = (protocol: 'v1' | 'v2' = 'v1', signal = new AbortController().signal) =>
    client.predict({ model: 'm', protocol, row: [1, 2], classes, requestId: 'case-1', signal });
  const inferences = () => server.calls.filter(({ method }) => method === 'POST');
  return { server, client, call, clock, inferences };
}

async function failureOf(work: Promise<unknown>): Promise<ServingError> {
  const error: unknown = await work.then(
    () => expect.unreachable('it should have failed'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServingError);
  return error as ServingError;
}

describe('predictions', () => {
  it('reads V1 answers with label and probabilities', async () => {
    const { call, inferences } = await withServer(() => ({ body: { predictions: [{ label: 'grant', probabilities: { grant: 0.78, decline: 0.22 } }] } }));
    expect(await call()).toEqual({ class: 'grant', confidence: 0.78, probabilities: { grant: 0.78, decline: 0.22 } });
    expect(inferences()[0]).toMatchObject({ path: '/v1/models/m:predict', body: { instances: [[1, 2]] } });
  });

  it('reads V1 answers that are plain lists in the order of the service', async () => {
    const { call } = await withServer(() => ({ body: { predictions: [[0.1, 0.9]] } }));
    expect(await call()).toMatchObject({ class: 'decline', confidence: 0.9 });
  });

  it.each<[string, unknown]>([
    ['a number', 1],
    ['a name', 'decline'],
  ])('reads V1 answers as scikit-learn models on KServe give them: %s, the probabilities beside it', async (_, label) => {
    const { call } = await withServer(() => ({ body: { predictions: [label], probabilities: [[0.1, 0.9]] } }));
    expect(await call()).toMatchObject({ class: 'decline', confidence: 0.9 });
  });

  it('reads V2 answers, flat, with class names from the metadata', async () => {
    const { call, inferences } = await withServer(() => ({
      body: { model_name: 'm', outputs: [{ name: 'label', shape: [1], datatype: 'INT64', data: [1] }, { name: 'probabilities', shape: [1, 2], datatype: 'FP32', parameters: null, data: [0.25, 0.75] }] },
    }));
    expect(await call('v2')).toMatchObject({ class: 'decline', confidence: 0.75 });
    expect(inferences()[0]).toMatchObject({ path: '/v2/models/m/infer', body: { id: 'case-1', inputs: [{ shape: [1, 2], data: [1, 2] }] } });
  });

  it('reads V2 answers as MLServer gives them: nested, predict and predict_proba', async () => {
    const { call } = await withServer(() => ({
      body: { outputs: [{ name: 'predict', shape: [1, 1], datatype: 'INT64', parameters: { content_type: 'np' }, data: [0] }, { name: 'predict_proba', shape: [1, 2], datatype: 'FP64', data: [[0.6, 0.4]] }] },
    }));
    expect(await call('v2')).toMatchObject({ class: 'grant', confidence: 0.6 });
  });
});

describe('nonsense', () => {
  it.each<[string, unknown]>([
    ['a label alone', { predictions: [0] }],
    ['a label that contradicts the probabilities beside it', { predictions: ['grant'], probabilities: [[0.1, 0.9]] }],
    ['no predictions', { predictions: [] }],
    ['another shape', { result: 1 }],
    ['NaN as null', { predictions: [{ label: 'grant', probabilities: { grant: null, decline: 1 } }] }],
    ['probabilities over 1', { predictions: [{ label: 'grant', probabilities: { grant: 1.4, decline: -0.4 } }] }],
    ['probabilities that do not add up', { predictions: [{ label: 'grant', probabilities: { grant: 0.4, decline: 0.4 } }] }],
    ['too few classes', { predictions: [{ label: 'grant', probabilities: { grant: 1 } }] }],
    ['unknown classes', { predictions: [{ label: 'cat', probabilities: { cat: 0.9, dog: 0.1 } }] }],
    ['a label that contradicts its probabilities', { predictions: [{ label: 'decline', probabilities: { grant: 0.9, decline: 0.1 } }] }],
    ['too many probabilities', { predictions: [[0.2, 0.3, 0.5]] }],
  ])('is an error and is not asked again: %s', async (_, body) => {
    const { call, inferences } = await withServer(() => ({ body }));
    expect(await failureOf(call())).toMatchObject({ kind: 'error' });
    expect(inferences()).toHaveLength(1);
  });

  it('is an error when the answer is not JSON', async () => {
    const { call } = await withServer(() => ({ text: '<html>proxy</html>' }));
    expect(await failureOf(call())).toMatchObject({ kind: 'error' });
  });
});

describe('errors of the server', () => {
  it.each<[string, Reply, string]>([
    ['`error`', { status: 400, body: { error: 'expected [n,4], got [1, 2]' } }, 'expected [n,4], got [1, 2]'],
    ['`detail` as a list', { status: 422, body: { detail: [{ type: 'missing', loc: ['body', 'inputs'], msg: 'Field required' }] } }, 'body.inputs: Field required'],
    ['`detail` as a text', { status: 404, body: { detail: 'Not Found' } }, 'Not Found'],
    ['plain text', { status: 500, text: 'Internal Server Error' }, 'Internal Server Error'],
    ['a Python class before the text', { status: 500, body: { error: "KeyError : 'instances'" } }, "KeyError : 'instances'"],
    ['nothing', { status: 501, text: '' }, 'no text'],
  ])('are read from %s and are not asked again', async (_, reply, detail) => {
    const { call, inferences } = await withServer(() => reply);
    expect(await failureOf(call())).toMatchObject({ kind: 'error', detail });
    expect(inferences()).toHaveLength(1);
  });

  it.each([429, 502, 503, 504])('are asked again for %i', async (status) => {
    const { call, inferences } = await withServer((_call, nth) => (nth < 3 ? { status, body: { error: 'busy' } } : { body: { predictions: [[0.9, 0.1]] } }));
    expect(await call()).toMatchObject({ class: 'grant' });
    expect(inferences()).toHaveLength(3);
  });

  it('never carry the words of the server in their message, which may reach the engine', async () => {
    const { call } = await withServer(() => ({ status: 400, body: { error: 'got 4526 for amount' } }));
    expect((await failureOf(call())).message).not.toContain('4526');
  });
});

describe('a model that does not answer', () => {
  it('is unavailable after all tries when the connection is cut', async () => {
    const { call, inferences } = await withServer(() => ({ cut: true }));
    expect(await failureOf(call())).toMatchObject({ kind: 'unavailable' });
    expect(inferences()).toHaveLength(3);
  });

  it('is unavailable when it is slower than the time limit', async () => {
    const { call, inferences } = await withServer(() => ({ never: true }), { timeLimitMs: 20, attempts: 2 });
    expect(await failureOf(call())).toMatchObject({ kind: 'unavailable', message: 'The model server did not answer within 20 ms after 2 tries' });
    expect(inferences()).toHaveLength(2);
  });

  it('is unavailable when nothing listens', async () => {
    const { call, server } = await withServer(() => ({}));
    await server.close();
    expect(await failureOf(call())).toMatchObject({ kind: 'unavailable' });
  });

  it('is left alone while the circuit is open, and tried once after it', async () => {
    const { call, clock, inferences, server } = await withServer(() => ({ status: 503, body: { error: 'busy' } }), { attempts: 1, failures: 2 });
    await failureOf(call());
    await failureOf(call());
    expect(await failureOf(call())).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('not asked again yet') });
    expect(inferences()).toHaveLength(2);
    clock.time = 1_000;
    server.answer = () => ({ body: { predictions: [[0.9, 0.1]] } });
    await call();
    await call();
    expect(inferences()).toHaveLength(4);
  });

  it('stops at once when the caller cancels, with the reason given', async () => {
    const cancel = new AbortController();
    const { call, server } = await withServer(() => ({ never: true }));
    server.answer = () => {
      cancel.abort(new Error('enough'));
      return { never: true };
    };
    await expect(call('v1', cancel.signal)).rejects.toThrow('enough');
  });
});

describe('metadata', () => {
  it('tells digest, classes and is asked once a minute', async () => {
    const { client, server, clock } = await withServer(() => ({}));
    const { signal } = new AbortController();
    expect(await client.metadata('m', signal)).toMatchObject({ digest: 'abc', classes: ['grant', 'decline'] });
    await client.metadata('m', signal);
    expect(server.calls).toHaveLength(1);
    clock.time = 60_000;
    await client.metadata('m', signal);
    expect(server.calls).toHaveLength(2);
  });

  it('is null for a server that has none', async () => {
    const { client } = await withServer(() => ({ status: 404, body: { detail: 'Not Found' } }));
    expect(await client.metadata('other', new AbortController().signal)).toBeNull();
  });
});
