// The local model server answers as a KServe server does: paths, bodies, error shapes.
import { spawn } from 'node:child_process';
import { mkdtemp, cp, writeFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer, type ModelServer } from '../../models/server/index.ts';
import { readLines } from './data-lines.ts';

const folder = path.join(import.meta.dirname, '../../models');
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ port: 0, folder });
});
afterAll(() => server.close());

type Answer = { status: number; body: ReturnType<typeof JSON.parse> };

async function get(url: string): Promise<Answer> {
  const response = await fetch(server.url + url);
  return { status: response.status, body: await response.json() };
}

async function post(url: string, body: unknown): Promise<Answer> {
  const response = await fetch(server.url + url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

/** amount, termMonths, purpose, savings, employmentSince, housing */
const application = [4526, 27, 2, 4, 1, 0];
const tensor = (data: unknown, shape: number[]) => ({ inputs: [{ name: 'input', shape, datatype: 'FP32', data }] });

describe('health and metadata', () => {
  it.each([
    ['/', { status: 'alive' }],
    ['/v1/models', { models: ['credit-risk-v1', 'credit-risk-v2', 'digits-v1', 'digits-v2'] }],
    ['/v1/models/digits-v1', { name: 'digits-v1', ready: true }],
    ['/v2', { name: 'stellwerk-model-server', version: '0.1.0', extensions: ['model_repository_extension'] }],
    ['/v2/health/live', { live: true }],
    ['/v2/health/ready', { ready: true }],
    ['/v2/models', { models: ['credit-risk-v1', 'credit-risk-v2', 'digits-v1', 'digits-v2'] }],
    ['/v2/models/digits-v1/ready', { name: 'digits-v1', ready: true }],
  ])('GET %s', async (url, body) => {
    expect(await get(url)).toEqual({ status: 200, body });
  });

  it('describes a model with the row it wants, its classes and its digest', async () => {
    const { status, body } = await get('/v2/models/credit-risk-v1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'credit-risk-v1',
      versions: null,
      inputs: [{ name: 'input', datatype: 'FP32', shape: [-1, 6] }],
      outputs: [
        { name: 'label', datatype: 'INT64', shape: [-1] },
        { name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
      ],
      parameters: { version: '1', family: 'credit-risk', classes: ['grant', 'decline'] },
    });
    expect(body.parameters.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(body.parameters.features.map(({ field }: { field: string }) => field)).toEqual(['amount', 'termMonths', 'purpose', 'savings', 'employmentSince', 'housing']);
  });

  it('counts predictions in Prometheus text', async () => {
    await post('/v1/models/credit-risk-v1:predict', { instances: [application] });
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toMatch(/request_predict_seconds_bucket\{le="0.1",model_name="credit-risk-v1"\} [1-9]/);
  });
});

describe('prediction', () => {
  it('V1 gives label and probabilities by class for each row', async () => {
    const { status, body } = await post('/v1/models/credit-risk-v1:predict', { instances: [application, [18_000, 60, 8, 1, 0, 1]] });
    expect(status).toBe(200);
    expect(body.predictions).toHaveLength(2);
    for (const { label, probabilities } of body.predictions) {
      expect(probabilities.grant + probabilities.decline).toBeCloseTo(1, 5);
      expect(label).toBe(probabilities.grant >= probabilities.decline ? 'grant' : 'decline');
    }
  });

  it('V2 gives flat tensors, the same numbers as V1, and the request\'s id', async () => {
    const [line] = await readLines('digits', 'held-out');
    const pixels = line!.input['pixels'] as number[];
    const v1 = await post('/v1/models/digits-v1:predict', { instances: [pixels, pixels] });
    for (const data of [[...pixels, ...pixels], [pixels, pixels]]) {
      const v2 = await post('/v2/models/digits-v1/infer', { id: 'req-1', ...tensor(data, [2, 64]) });
      expect(v2.status).toBe(200);
      expect(v2.body).toMatchObject({ model_name: 'digits-v1', model_version: '1', id: 'req-1', parameters: null });
      const [label, probabilities] = v2.body.outputs;
      expect(label).toMatchObject({ name: 'label', shape: [2], datatype: 'INT64' });
      expect(String(label.data[0])).toBe(v1.body.predictions[0].label);
      expect(probabilities).toMatchObject({ name: 'probabilities', shape: [2, 10], datatype: 'FP32' });
      expect(probabilities.data.slice(0, 10)).toEqual(Object.values(v1.body.predictions[0].probabilities));
    }
  });

  it('makes an id where the request has none, and answers all outputs whatever was asked for', async () => {
    const { body } = await post('/v2/models/credit-risk-v1/infer', { ...tensor([application], [1, 6]), outputs: [{ name: 'label' }] });
    expect(body.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(body.outputs.map(({ name }: { name: string }) => name)).toEqual(['label', 'probabilities']);
  });

  it('answers two hundred requests at once, each with its own numbers', async () => {
    const amounts = Array.from({ length: 200 }, (_, index) => 500 + 50 * index);
    const answers = await Promise.all(amounts.map((amount) => post('/v1/models/credit-risk-v1:predict', { instances: [[amount, 24, 3, 1, 2, 0]] })));
    const together = await post('/v1/models/credit-risk-v1:predict', { instances: amounts.map((amount) => [amount, 24, 3, 1, 2, 0]) });
    answers.forEach(({ body }, index) =>
      expect(body.predictions[0].probabilities.grant).toBeCloseTo(together.body.predictions[index].probabilities.grant, 5),
    );
  });
});

describe('errors have the shapes of KServe', () => {
  const predict = '/v1/models/credit-risk-v1:predict';
  const infer = '/v2/models/credit-risk-v1/infer';
  const missing = (...loc: (string | number)[]) => ({ type: 'missing', msg: 'Field required', loc: ['body', 'InferenceRequest', ...loc] });

  it.each([
    ['an unknown model of V1', '/v1/models/nope:predict', { instances: [[1]] }, 404, { error: 'Model with name nope does not exist.' }],
    ['an unknown model of V2', '/v2/models/nope/infer', { inputs: [] }, 404, { error: 'Model with name nope does not exist.' }],
    ['a wrong width', predict, { instances: [[1, 2]] }, 400, { error: 'expected [n,6], got [1, 2]' }],
    ['rows of different widths', predict, { instances: [application, [1]] }, 400, { error: 'expected [n,6], got [2, 1]' }],
    ['a row that is not in a list', predict, { instances: application }, 400, { error: 'expected [n,6], got [6]' }],
    ['instances that are no list', predict, { instances: 5 }, 400, { error: 'Expected "instances" to be a list' }],
    ['a V1 body that is a list', predict, [1], 500, { error: 'TypeError : list indices must be integers or slices, not str' }],
    ['a V2 body that breaks the schema, before the model is looked for', '/v2/models/nope/infer', {}, 422, { detail: [missing('inputs')] }],
    ['V2 without any tensor', infer, { inputs: [] }, 400, { error: 'expected one input tensor, got 0' }],
    ['no rows', predict, { instances: [] }, 400, { error: 'expected [n,6], got [0]' }],
    ['a body without instances', predict, {}, 500, { error: "KeyError : 'instances'" }],
    ['a text for a number', predict, { instances: [['x', 27, 2, 4, 1, 0]] }, 400, { error: 'expected a number for amount in row 0, got "x"' }],
    ['a missing value', predict, { instances: [[null, 27, 2, 4, 1, 0]] }, 400, { error: 'expected a number for amount in row 0, got null' }],
    ['a number too large for the model', predict, { instances: [[1e300, 27, 2, 4, 1, 0]] }, 400, { error: 'expected a number for amount in row 0, got 1e+300' }],
    ['a code that does not exist', predict, { instances: [[4526, 27, 10, 4, 1, 0]] }, 400, { error: 'expected a code from 0 to 9 for purpose in row 0, got 10' }],
    ['V2 data that do not fill the shape', infer, tensor([1, 2], [1, 6]), 500, { error: 'ValueError : cannot reshape array of size 2 into shape (1,6)' }],
    ['a wrong width of V2', infer, tensor([1, 2], [1, 2]), 400, { error: 'expected [n,6], got [1, 2]' }],
    ['V2 without inputs', infer, {}, 422, { detail: [missing('inputs')] }],
    ['V2 without shape, datatype and data', infer, { inputs: [{ name: 'input' }] }, 422, { detail: [missing('inputs', 0, 'shape'), missing('inputs', 0, 'datatype'), missing('inputs', 0, 'data')] }],
    ['V2 text tensors', infer, { inputs: [{ name: 'input', shape: [1, 6], datatype: 'BYTES', data: ['a'] }] }, 400, { error: 'expected a numeric datatype such as FP32, got BYTES' }],
    ['a path with versions', '/v2/models/credit-risk-v1/versions/1/infer', {}, 501, { error: 'Model versioning not supported yet.' }],
    ['an unknown path', '/v3', {}, 404, { detail: 'Not Found' }],
    ['the wrong method', '/v2/health/live', {}, 405, { detail: 'Method Not Allowed' }],
  ])('for %s', async (_, url, body, status, expected) => {
    expect(await post(url, body)).toEqual({ status, body: expected });
  });

  it('for broken JSON', async () => {
    const { status, body } = await post(predict, '{"instances": [[1,');
    expect(status).toBe(400);
    expect(body.error).toMatch(/^Unrecognized request format: /);
    expect(await post(infer, '{"inputs": [[1')).toMatchObject({ status: 422, body: { detail: [{ type: 'json_invalid', loc: ['body', 0] }] } });
  });

  it('for a wrong type in a V2 body', async () => {
    const { status, body } = await post(infer, { inputs: [{ name: 'input', shape: 'six', datatype: 'FP32', data: [] }] });
    expect(status).toBe(422);
    expect(body.detail).toMatchObject([{ type: 'list_type', msg: 'Input should be a valid list', loc: ['body', 'InferenceRequest', 'inputs', 0, 'shape'] }]);
  });

  it('for GET of an unknown model', async () => {
    for (const url of ['/v1/models/nope', '/v2/models/nope', '/v2/models/nope/ready'])
      expect(await get(url)).toEqual({ status: 404, body: { error: 'Model with name nope does not exist.' } });
  });

  it('for a body over 4 MiB, before it is read to its end', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => socket.destroy());
    socket.write(`POST ${predict} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\n`);
    socket.write('x'.repeat(5 * 1024 * 1024));
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1.1 413 /);
    socket.destroy();
  });

  it('for more rows than one request may have', async () => {
    const { status, body } = await post(predict, { instances: Array.from({ length: 4097 }, () => application) });
    expect([status, body.error]).toEqual([400, 'expected at most 4096 rows, got 4097']);
  });
});

describe('the server itself', () => {
  it('goes on serving when a caller leaves in the middle', async () => {
    const leaving = new AbortController();
    const body = JSON.stringify({ instances: Array.from({ length: 4000 }, () => application) });
    const left = fetch(`${server.url}/v1/models/credit-risk-v1:predict`, { method: 'POST', body, signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toThrow(/abort/i);
    expect((await post('/v1/models/credit-risk-v1:predict', { instances: [application] })).status).toBe(200);
  });

  it('refuses a folder without models, with a sentence', async () => {
    const empty = await mkdtemp(path.join(tmpdir(), 'models-'));
    await expect(startModelServer({ port: 0, folder: empty })).rejects.toThrow(/found no model under .* expected <family>/);
    await rm(empty, { recursive: true });
  });

  it('refuses an ONNX file that is not the one its manifest names', async () => {
    const copy = await mkdtemp(path.join(tmpdir(), 'models-'));
    const target = path.join(copy, 'credit-risk/artefacts/credit-risk-v1');
    await cp(path.join(folder, 'credit-risk/artefacts/credit-risk-v1'), target, { recursive: true });
    await writeFile(path.join(target, 'model.onnx'), 'something else');
    await expect(startModelServer({ port: 0, folder: copy })).rejects.toThrow(/has the digest .*, but model.json says/);
    await rm(copy, { recursive: true });
  });

  it('prints one line of JSON when ready and ends with its standard input', async () => {
    const child = spawn(process.execPath, [path.join(folder, 'server/main.ts'), '--port', '0', '--exit-with-stdin'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says what is wrong with its command line', async () => {
    const child = spawn(process.execPath, [path.join(folder, 'server/main.ts'), '--port', 'x'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [line] = (await once(child.stderr, 'data')) as [Buffer];
    expect(line.toString()).toContain('--port must be a number from 0 to 65535, found x');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
